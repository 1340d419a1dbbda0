#include "mmexternal.h"

#include "elements.h"
#include "escape.h"
#include "utf8.h"

/* How much is said: all, then less. */
enum form { FORM_WHOLE, FORM_BEGIN, FORM_SHORT, FORM_BRIEF, FORMS };
enum { SUMMARY_SHORT = 40, MESSAGE_BEGIN = 256 };

bool mmexternal_init(struct mmexternal *plugin, const struct mmexternal_ways *ways) {
    *plugin = (struct mmexternal){.ways = *ways};
    return message_reader_init(&plugin->reader);
}

void mmexternal_free(struct mmexternal *plugin) {
    message_reader_free(&plugin->reader);
    buffer_free(&plugin->elements);
    buffer_free(&plugin->text);
}

static eg_style style_of(const struct mmexternal *plugin, enum form form) {
    size_t most = plugin->ways.summary_most;
    if (form >= FORM_SHORT && (most == 0 || most > SUMMARY_SHORT)) most = SUMMARY_SHORT;
    return (eg_style){.summary_most = most, .brief = form == FORM_BRIEF};
}

/* A message on its way to a reply. */
struct answer {
    const struct message *message;
    eg_scanner *scanner;
    const eg_hit *hits;
    size_t count;
    enum form form;
    eg_style style;
};

static struct view view_text(eg_text text) {
    return view_of(text.at, text.size);
}

/* The next hit that has a gloss, from `*at` on, of those in the text. */
static const eg_hit *next_hit(const struct answer *answer, size_t *at, struct view *ret_gloss) {
    eg_text gloss;
    while (*at < answer->count) {
        const eg_hit *hit = &answer->hits[(*at)++];
        if (!hit->glossed || hit->start < answer->message->from) continue;
        if (!eg_scanner_gloss(answer->scanner, *at - 1, &answer->style, &gloss)) return NULL;
        *ret_gloss = view_text(gloss);
        return hit;
    }
    return NULL;
}

/* What a gloss says besides its symbol: ` {SYMBOL: this}`, ` {= this}` or ` {? this}`. */
static struct view words_of(struct view gloss, const eg_hit *hit) {
    struct view words = view_part(gloss, 2, gloss.size - 1), symbol = view_text(hit->symbol);
    if (symbol.size && view_starts(words, symbol) && words.size > symbol.size + 2 &&
        words.at[symbol.size] == ':')
        return view_part(words, symbol.size + 2, words.size);
    words = view_part(words, 2, words.size);
    return view_equal(words, symbol) ? VIEW("") : words;
}

static void append_string(struct buffer *out, struct view text) {
    buffer_append_byte(out, '"');
    escape_encode(text, out);
    buffer_append_byte(out, '"');
}

/* What stands before the text and is a part of it for rsyslog: not the header of a raw message. */
static struct view lead(const struct mmexternal *plugin, const struct message *message) {
    return plugin->ways.input == MESSAGE_RAW ? VIEW("") : message->before;
}

static bool append_annotated(struct mmexternal *plugin, const struct answer *answer,
                             struct view before, struct buffer *out) {
    const struct message *message = answer->message;
    struct buffer *text = &plugin->text;
    eg_text annotated;
    if (!eg_scanner_annotate(answer->scanner, message->from, &answer->style, &annotated))
        return false;
    buffer_clear(text);
    message_append(message, view_text(annotated), text);
    escape_encode(before, out);
    escape_encode(buffer_view(text), out);
    return !text->failed;
}

static bool write_msg(struct mmexternal *plugin, const struct answer *answer, struct buffer *out) {
    bool raw = plugin->ways.input == MESSAGE_RAW;
    buffer_append(out, raw ? VIEW("{\"rawmsg\":\"") : VIEW("{\"msg\":\""));
    bool fine = append_annotated(plugin, answer, answer->message->before, out);
    buffer_append(out, VIEW("\"}\n"));
    return fine;
}

static bool write_elements(struct mmexternal *plugin, const struct answer *answer,
                           struct buffer *out) {
    struct buffer *elements = &plugin->elements;
    struct view gloss;
    const eg_hit *hit;
    buffer_clear(elements);
    if (!elements_keep(answer->message->elements, elements)) return false;
    element_begin(elements);
    for (size_t at = 0; (hit = next_hit(answer, &at, &gloss));) {
        element_add(elements, VIEW("code"), view_text(hit->text));
        element_add(elements, VIEW("symbol"), view_text(hit->symbol));
        element_add(elements, VIEW("text"), words_of(gloss, hit));
    }
    element_end(elements);
    buffer_append(out, VIEW("{\"structured-data\":"));
    append_string(out, buffer_view(elements));
    buffer_append(out, VIEW("}\n"));
    return !elements->failed;
}

static void append_member(struct buffer *out, struct view name, struct view value) {
    buffer_append(out, name);
    append_string(out, value);
}

static void append_hit(struct buffer *out, const eg_hit *hit, struct view gloss) {
    append_member(out, VIEW("\"code\":"), view_text(hit->text));
    append_member(out, VIEW(",\"family\":"), view_text(hit->family));
    append_member(out, VIEW(",\"symbol\":"), view_text(hit->symbol));
    append_member(out, VIEW(",\"text\":"), words_of(gloss, hit));
}

/* The text that is spoken of, before and after. */
static bool append_texts(struct mmexternal *plugin, const struct answer *answer,
                         struct buffer *out) {
    struct view before = lead(plugin, answer->message), text = answer->message->text;
    if (answer->form > FORM_WHOLE) text.size = utf8_cut(text, MESSAGE_BEGIN);
    buffer_append(out, VIEW("\"message\":\""));
    escape_encode(before, out);
    escape_encode(text, out);
    buffer_append(out, VIEW("\",\"annotated\":\""));
    bool fine = append_annotated(plugin, answer, before, out);
    buffer_append(out, VIEW("\","));
    return fine;
}

static bool write_tree(struct mmexternal *plugin, const struct answer *answer, struct buffer *out) {
    struct view gloss;
    const eg_hit *hit;
    size_t told = 0;
    buffer_append(out, VIEW("{\"$!\":{\"errgloss\":{"));
    if (!append_texts(plugin, answer, out)) return false;
    for (size_t at = 0; (hit = next_hit(answer, &at, &gloss)); told++) {
        if (told == 1) buffer_append(out, VIEW(",\"more\":["));
        if (told > 1) buffer_append_byte(out, ',');
        if (told > 0) buffer_append_byte(out, '{');
        append_hit(out, hit, gloss);
        if (told > 0) buffer_append_byte(out, '}');
    }
    if (told > 1) buffer_append_byte(out, ']');
    buffer_append(out, VIEW("}}}\n"));
    return told > 0;
}

static bool write_form(struct mmexternal *plugin, const struct answer *answer, struct buffer *out) {
    bool fine = plugin->ways.into == INTO_MSG    ? write_msg(plugin, answer, out)
                : plugin->ways.into == INTO_JSON ? write_tree(plugin, answer, out)
                                                 : write_elements(plugin, answer, out);
    return fine && !out->failed;
}

static bool has_gloss(const struct answer *answer) {
    for (size_t i = 0; i < answer->count; i++)
        if (answer->hits[i].glossed && answer->hits[i].start >= answer->message->from) return true;
    return false;
}

/* A NUL ends a text for rsyslog: what stands behind it would be lost. */
static bool has_nul(const struct message *message) {
    struct view parts[] = {message->before, message->text, message->elements};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (view_find(parts[i], 0, '\0') < parts[i].size) return true;
    return false;
}

/* Judge a message; false where there is nothing to be said of it. */
static bool judge(struct answer *answer) {
    if (has_nul(answer->message)) return false;
    answer->count = message_scan(answer->message, answer->scanner, &answer->hits);
    return answer->count != SIZE_MAX && has_gloss(answer);
}

/* The first of the forms that is short enough; false where none is. */
static bool write_shorter(struct mmexternal *plugin, struct answer *answer, struct buffer *out) {
    size_t before = out->size;
    for (enum form form = FORM_WHOLE; form < FORMS; form++) {
        answer->form = form;
        answer->style = style_of(plugin, form);
        if (!write_form(plugin, answer, out)) break;
        if (out->size - before <= plugin->ways.reply_most) return true;
        out->size = before;
    }
    out->size = before;
    return false;
}

void mmexternal_reply(struct mmexternal *plugin, eg_scanner *scanner, struct view line,
                      struct buffer *out) {
    struct message message;
    struct answer answer = {.message = &message, .scanner = scanner};
    bool said = scanner && message_read(&plugin->reader, plugin->ways.input, line, &message) &&
                judge(&answer) && write_shorter(plugin, &answer, out);
    if (said) return;
    out->failed = false;
    buffer_append(out, VIEW("{}\n"));
}
