#include "gloss.h"

#include <stdio.h>

static bool may_stand_in_symbol(char c) {
    return is_word(c) || c == '.' || c == '+' || c == '-';
}

/* Where the body goes on behind its mark, `= `, `? ` or `SYMBOL: `; 0 for none, the text's size
 * where the text ends within the mark. */
static size_t skip_mark(struct view text, size_t from) {
    size_t at = from;
    if (at < text.size && (text.at[at] == '=' || text.at[at] == '?')) {
        at++;
    } else {
        if (at < text.size && !is_word(text.at[at])) return 0;
        while (at < text.size && may_stand_in_symbol(text.at[at])) at++;
        if (at - from > SYMBOL_MOST) return 0;
        if (at < text.size && text.at[at++] != ':') return 0;
    }
    if (at < text.size && text.at[at++] != ' ') return 0;
    return at;
}

enum gloss_look gloss_look_at(struct view text, size_t at, bool open, size_t *ret_size) {
    enum gloss_look missing = open ? GLOSS_OPEN : GLOSS_NONE;
    struct view rest = view_part(text, at, text.size);
    if (rest.size > GLOSS_MOST) {
        rest.size = GLOSS_MOST;
        missing = GLOSS_NONE;
    }
    if (rest.size < 2) return rest.size == 0 || rest.at[0] == ' ' ? missing : GLOSS_NONE;
    if (!view_starts(rest, VIEW(" {"))) return GLOSS_NONE;
    if (rest.size > 2 && rest.at[2] == '!') return GLOSS_GUARD;
    size_t end = skip_mark(rest, 2);
    if (end == 0) return GLOSS_NONE;
    while (end < rest.size && !is_control(rest.at[end]) && rest.at[end] != '{' &&
           rest.at[end] != '}')
        end++;
    if (end == rest.size) return missing;
    *ret_size = end + 1;
    return rest.at[end] == '}' ? GLOSS_WHOLE : GLOSS_NONE;
}

struct view status_text(const struct status *status, char room[STATUS_TEXT_MOST]) {
    bool hresult = status->kind == STATUS_HRESULT;
    bool carried = status->kind == STATUS_NTSTATUS_HRESULT;
    int size = snprintf(room, STATUS_TEXT_MOST, "%s %s%s%s%s, code 0x%04X",
                        hresult ? "HRESULT" : "NTSTATUS", status->severity,
                        carried ? " in an HRESULT" : "", status->facility ? ", facility " : "",
                        status->facility ? status->facility : "", status->code);
    return view_of(room, (size_t)size);
}

static void write_row(struct buffer *out, struct row row, bool symbol_stands) {
    if (symbol_stands || row.symbol.size == 0 || row.summary.size == 0) {
        buffer_append(out, VIEW("= "));
        buffer_append(out, row.summary.size ? row.summary : row.symbol);
    } else {
        buffer_append(out, row.symbol);
        buffer_append(out, VIEW(": "));
        buffer_append(out, row.summary);
    }
}

/* The family as people call it: "errno" for errno_linux. */
static struct view short_name(struct view family) {
    return view_part(family, 0, view_find(family, 0, '_'));
}

/* Append the text behind a mark, or nothing where there is no text. */
static void append_behind(struct buffer *out, struct view mark, struct view text) {
    if (text.size == 0) return;
    buffer_append(out, mark);
    buffer_append(out, text);
}

/* ` | errno EIO: summary`, where it still fits into the gloss that starts at `start`. */
static void write_other(struct buffer *out, size_t start, const struct answer *other) {
    struct view name = short_name(answer_catalog(other)->family);
    struct row row = answer_row(other);
    size_t size = name.size + row.symbol.size + row.summary.size + sizeof " |  : }";
    if (out->size - start + size > GLOSS_MOST) return;
    append_behind(out, VIEW(" | "), name);
    append_behind(out, VIEW(" "), row.symbol);
    append_behind(out, VIEW(": "), row.summary);
}

void gloss_write(struct buffer *out, const struct hit *hit) {
    size_t start = out->size;
    buffer_append(out, VIEW(" {"));
    if (answer_catalog(&hit->answer)) {
        write_row(out, answer_row(&hit->answer), hit->symbol_stands);
        for (size_t i = 0; i < hit->other_count; i++) write_other(out, start, &hit->others[i]);
    } else {
        char room[STATUS_TEXT_MOST];
        buffer_append(out, VIEW("? "));
        buffer_append(out, status_text(&hit->answer.status, room));
    }
    buffer_append_byte(out, '}');
}
