#include "header.h"

#include "elements.h"

static bool starts_with_digits(struct view text, size_t count) {
    if (text.size < count) return false;
    for (size_t i = 0; i < count; i++)
        if (!is_digit(text.at[i])) return false;
    return true;
}

/* `<34>`: how long it is; 0 where none stands. */
static size_t priority_size(struct view raw) {
    size_t at = 1;
    if (!view_starts(raw, VIEW("<"))) return 0;
    while (at < raw.size && at <= 3 && is_digit(raw.at[at])) at++;
    return at > 1 && at < raw.size && raw.at[at] == '>' ? at + 1 : 0;
}

/* Take the word at `*at`, which one blank divides from the next. */
static struct view take_word(struct view raw, size_t *at) {
    size_t end = view_find(raw, *at, ' ');
    struct view word = view_part(raw, *at, end);
    *at = end < raw.size ? end + 1 : end;
    return word;
}

/* Structured data is `-`, or elements without a blank between them; what is broken may be anything
 * from its bracket on. False where none begins. */
static bool take_elements(struct view raw, size_t *at, struct view *ret) {
    struct view rest = view_part(raw, *at, raw.size);
    bool nil = view_starts(rest, VIEW("-"));
    size_t end = *at + (nil ? 1 : elements_size(rest));
    if (end == *at || (end < raw.size && raw.at[end] != ' ')) {
        *ret = rest;
        return view_starts(rest, VIEW("["));
    }
    *ret = view_part(raw, *at, end);
    *at = end < raw.size ? end + 1 : end;
    return true;
}

/* A time of RFC 3339, or at least its year. */
static bool is_date(struct view word) {
    return word.size > 4 && starts_with_digits(word, 4) && word.at[4] == '-';
}

/* RFC 5424, section 6; a byte order mark may begin the text. */
static bool read_structured(struct view raw, size_t at, struct header *ret) {
    struct view mark = VIEW("\xef\xbb\xbf"), id;
    struct view *const words[] = {&ret->time, &ret->host, &ret->program, &ret->process, &id};
    if (!view_equal(take_word(raw, &at), VIEW("1"))) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *words[i] = take_word(raw, &at);
        if (words[i]->size == 0) return false;
    }
    if (!is_date(ret->time) && !view_equal(ret->time, VIEW("-"))) return false;
    if (!take_elements(raw, &at, &ret->elements)) return false;
    if (view_starts(view_part(raw, at, raw.size), mark)) at += mark.size;
    ret->structured = true;
    ret->size = at;
    return true;
}

/* `Oct 11 22:14:15 `, or a time of RFC 3339 and a blank: how long it is; 0 where none stands. */
static size_t time_size(struct view text) {
    static const char form[] = "Aaa dD dd:dd:dd ";
    if (is_date(text)) {
        size_t end = view_find(text, 0, ' ');
        return end < text.size && end > sizeof "2003-10-11T" ? end + 1 : 0;
    }
    if (text.size < sizeof form - 1) return 0;
    for (size_t i = 0; i < sizeof form - 1; i++) {
        char c = text.at[i];
        bool fits = form[i] == 'd'                     ? is_digit(c) || (i == 4 && c == ' ')
                    : form[i] == 'D'                   ? is_digit(c)
                    : form[i] == 'A' || form[i] == 'a' ? is_letter(c)
                                                       : c == form[i];
        if (!fits) return 0;
    }
    return sizeof form - 1;
}

/* A tag ends with a colon, or has a process in brackets; a host is neither. With a brace begins
 * what may be JSON, or look like a gloss: it is text, and not to be divided. */
static size_t tag_size(struct view text) {
    size_t end = 0;
    while (end < text.size && !is_one_of(text.at[end], VIEW(" :{"))) end++;
    return end < text.size && text.at[end] == ':' ? end + 1 : end;
}

static bool is_tag(struct view word) {
    return view_ends(word, VIEW(":")) || view_ends(word, VIEW("]"));
}

static bool is_number(struct view word) {
    size_t digits = 0;
    while (digits < word.size && is_digit(word.at[digits])) digits++;
    return digits == word.size;
}

/* The name and the process of `app[77]:`. Routers number their messages there. */
static void read_tag(struct view tag, struct header *ret) {
    if (view_ends(tag, VIEW(":"))) tag.size--;
    size_t open = view_find(tag, 0, '['), from = open + 1;
    struct view name = view_part(tag, 0, open);
    if (!is_number(name)) ret->program = name;
    if (view_ends(tag, VIEW("]")) && open < tag.size)
        ret->process = view_part(tag, from, tag.size - 1);
}

/* RFC 3164, section 4.1. The blank behind a tag belongs to the text. */
static void read_traditional(struct view raw, size_t at, struct header *ret) {
    size_t time = time_size(view_part(raw, at, raw.size));
    if (time) ret->time = view_part(raw, at, at + time - 1);
    at += time;
    size_t size = tag_size(view_part(raw, at, raw.size));
    struct view word = view_part(raw, at, at + size);
    size_t next = at + size;
    if (time && !is_tag(word) && next < raw.size && raw.at[next] == ' ') {
        ret->host = word;
        at = next + 1;
        size = tag_size(view_part(raw, at, raw.size));
        word = view_part(raw, at, at + size);
    }
    if (!time && !is_tag(word)) return;
    read_tag(word, ret);
    ret->tag = at;
    ret->size = at + size;
}

void header_read(struct view raw, struct header *ret) {
    *ret = (struct header){.priority = priority_size(raw)};
    ret->size = ret->priority;
    if (ret->priority && read_structured(raw, ret->priority, ret)) return;
    *ret = (struct header){.priority = ret->priority, .tag = ret->priority, .size = ret->priority};
    read_traditional(raw, ret->priority, ret);
}
