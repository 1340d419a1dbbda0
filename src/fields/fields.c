#include "fields.h"

#include <stdlib.h>

#include "escape.h"
#include "finder.h"

struct fields {
    eg_scanner *scanner;
    eg_style style;
    struct finder finder;
    struct buffer decoded;
};

/* A string on its way: its text, and how far it has been written. */
struct value {
    struct view raw, text;
    struct escape_place written;
};

struct fields *fields_new(const eg_glossary *glossary, const char *names) {
    struct fields *fields = calloc(1, sizeof *fields);
    if (!fields) return NULL;
    fields->scanner = eg_scanner_new(glossary);
    if (fields->scanner && finder_name(&fields->finder, view_string(names))) return fields;
    fields_free(fields);
    return NULL;
}

void fields_free(struct fields *fields) {
    if (!fields) return;
    eg_scanner_free(fields->scanner);
    finder_free(&fields->finder);
    buffer_free(&fields->decoded);
    free(fields);
}

void fields_interpret(struct fields *fields, bool interpret) {
    eg_scanner_interpret(fields->scanner, interpret);
}

void fields_set_style(struct fields *fields, const eg_style *style) {
    fields->style = *style;
}

void fields_begin(struct fields *fields) {
    eg_scanner_begin(fields->scanner);
}

/* Write the string up to an offset of its text, and what follows there. */
static void write_up_to(struct value *value, size_t to, eg_text gloss, struct buffer *out) {
    size_t from = value->written.raw;
    escape_move(value->raw, &value->written, to);
    buffer_append(out, view_part(value->raw, from, value->written.raw));
    escape_encode(view_of(gloss.at, gloss.size), out);
}

/* The line of the value's text that begins at `from`, without its end. */
static struct view line_at(const struct value *value, size_t from) {
    struct view line = view_part(value->text, from, view_find(value->text, from, '\n'));
    bool ends = from + line.size < value->text.size;
    if (ends && view_ends(line, VIEW("\r"))) line.size--;
    return line;
}

static bool write_line(struct fields *fields, struct value *value, struct view line,
                       struct buffer *out) {
    const eg_hit *hits;
    eg_text gloss;
    size_t from = (size_t)(line.at - value->text.at);
    size_t count = eg_scanner_line(fields->scanner, line.at, line.size, &hits);
    if (count == SIZE_MAX) return false;
    for (size_t i = 0; i < count; i++) {
        size_t to = from + hits[i].gloss_at;
        if (!hits[i].glossed || to < value->written.decoded) continue;
        if (!eg_scanner_gloss(fields->scanner, i, &fields->style, &gloss)) return false;
        write_up_to(value, to, gloss, out);
    }
    return true;
}

static bool write_value(struct fields *fields, struct view raw, struct buffer *out) {
    struct value value = {.raw = raw, .text = raw};
    if (view_find(raw, 0, '\\') < raw.size) {
        buffer_clear(&fields->decoded);
        escape_decode(raw, &fields->decoded);
        if (fields->decoded.failed) return false;
        value.text = buffer_view(&fields->decoded);
    }
    for (size_t from = 0; from < value.text.size; from = view_find(value.text, from, '\n') + 1)
        if (!write_line(fields, &value, line_at(&value, from), out)) return false;
    buffer_append(out, view_part(raw, value.written.raw, raw.size));
    return true;
}

static struct view without_mark(struct view line) {
    struct view mark = VIEW("\xef\xbb\xbf");
    return view_part(line, view_starts(line, mark) ? mark.size : 0, line.size);
}

bool fields_line(struct fields *fields, struct view line, struct buffer *out) {
    struct finder *finder = &fields->finder;
    enum finder_state state = finder_find(finder, without_mark(line));
    size_t written = 0;
    if (state == FINDER_NO_MEMORY) return false;
    for (size_t i = 0; state == FINDER_FOUND && i < finder->count; i++) {
        struct view raw = finder->found[i].string;
        size_t at = (size_t)(raw.at - line.at);
        buffer_append(out, view_part(line, written, at));
        if (!write_value(fields, raw, out)) return false;
        written = at + raw.size;
    }
    buffer_append(out, view_part(line, written, line.size));
    return !out->failed;
}
