#include "inline.h"

/* The next brace behind a blank at or after `from`, else the text's size. */
static size_t next_opening(struct view text, size_t from) {
    for (;;) {
        size_t brace = view_find(text, from, '{');
        if (brace == text.size || (brace > 0 && text.at[brace - 1] == ' ')) return brace;
        from = brace + 1;
    }
}

/* Write the text from `from` to `to`, with the guards that belong there: before a byte in that
 * range. */
static void write_text(struct buffer *out, const struct piece *piece, size_t from, size_t to) {
    size_t size;
    struct view before = view_part(piece->text, 0, to);
    for (size_t brace = next_opening(before, from ? from - 1 : 0); brace + 1 < to;
         brace = next_opening(before, brace + 1)) {
        enum gloss_look look = gloss_look_at(piece->text, brace - 1, piece->open, &size);
        if (look != GLOSS_WHOLE && look != GLOSS_GUARD) continue;
        buffer_append(out, view_part(piece->text, from, brace + 1));
        buffer_append_byte(out, '!');
        from = brace + 1;
    }
    buffer_append(out, view_part(piece->text, from, to));
}

void inline_write(struct buffer *out, const struct piece *piece, const struct hit *hits,
                  size_t count, size_t to) {
    size_t written = piece->from;
    size_t last = piece->ends && to == piece->text.size ? to + 1 : to;
    for (size_t i = 0; i < count; i++) {
        const struct hit *hit = &hits[i];
        if (hit->state != HIT_GLOSSED || hit->gloss_at < written || hit->gloss_at >= last) continue;
        write_text(out, piece, written, hit->gloss_at);
        gloss_write(out, hit);
        written = hit->gloss_at;
    }
    write_text(out, piece, written, to);
    buffer_append(out, piece->ending);
}

size_t inline_undecided(const struct piece *piece) {
    size_t size;
    for (size_t brace = next_opening(piece->text, piece->from ? piece->from - 1 : 0);
         brace + 1 < piece->text.size; brace = next_opening(piece->text, brace + 1))
        if (gloss_look_at(piece->text, brace - 1, true, &size) == GLOSS_OPEN) return brace + 1;
    return piece->text.size;
}
