#include "annotate.h"

void annotator_free(struct annotator *annotator) {
    told_free(&annotator->told);
    buffer_free(&annotator->notes);
}

void annotator_begin(struct annotator *annotator) {
    buffer_clear(&annotator->notes);
}

void annotator_forget(struct annotator *annotator) {
    told_forget(&annotator->told);
}

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

static void write_gloss(struct annotator *annotator, struct buffer *out, const struct hit *hit) {
    bool again = annotator->once && told_before(&annotator->told, hit);
    if (again && !gloss_has_symbol(hit)) return;
    struct gloss_style style = annotator->style;
    style.brief |= again;
    style.with_code = annotator->place != GLOSS_INLINE;
    gloss_write(out, hit, &style);
}

/* Write a gloss behind those of its line, while there is room. */
static void note(struct annotator *annotator, const struct hit *hit) {
    struct buffer *notes = &annotator->notes;
    if (notes->size + GLOSS_MOST <= NOTES_MOST) write_gloss(annotator, notes, hit);
}

/* Glosses hold no brace but the last. */
static void write_below(struct buffer *out, struct view notes, struct view ending) {
    for (size_t from = 0, end; from < notes.size; from = end) {
        end = view_find(notes, from, '}') + 1;
        buffer_append(out, view_part(VIEW("    "), 0, BELOW_INDENT - 1));
        buffer_append(out, view_part(notes, from, end));
        buffer_append(out, ending);
    }
}

static void end_line(struct annotator *annotator, struct buffer *out, struct view ending) {
    bool below = annotator->place == GLOSS_BELOW && ending.size;
    struct view notes = buffer_view(&annotator->notes);
    if (!below) buffer_append(out, notes);
    buffer_append(out, ending);
    if (below) write_below(out, notes, ending);
    out->failed |= annotator->notes.failed;
    buffer_clear(&annotator->notes);
}

void annotate(struct annotator *annotator, struct buffer *out, const struct piece *piece,
              const struct hit *hits, size_t count, size_t to) {
    size_t written = piece->from;
    size_t last = piece->ends && to == piece->text.size ? to + 1 : to;
    for (size_t i = 0; i < count; i++) {
        const struct hit *hit = &hits[i];
        if (hit->state != HIT_GLOSSED || hit->gloss_at < written || hit->gloss_at >= last) continue;
        if (annotator->place != GLOSS_INLINE) {
            note(annotator, hit);
            continue;
        }
        write_text(out, piece, written, hit->gloss_at);
        write_gloss(annotator, out, hit);
        written = hit->gloss_at;
    }
    write_text(out, piece, written, to);
    if (last > to) end_line(annotator, out, piece->ending);
}

size_t annotate_undecided(const struct piece *piece) {
    size_t size;
    for (size_t brace = next_opening(piece->text, piece->from ? piece->from - 1 : 0);
         brace + 1 < piece->text.size; brace = next_opening(piece->text, brace + 1))
        if (gloss_look_at(piece->text, brace - 1, true, &size) == GLOSS_OPEN) return brace + 1;
    return piece->text.size;
}
