#include "writer.h"

#include "json.h"
#include "why.h"

/* Lines in which nothing stands are handed out without a copy when they are this many bytes. */
enum { PASSED_ENOUGH = 64 * 1024 };

void writer_free(struct writer *writer) {
    annotator_free(&writer->annotator);
    lines_free(&writer->lines);
    hits_free(&writer->hits);
    buffer_free(&writer->output);
}

void writer_set_style(struct writer *writer, const eg_style *style) {
    static const enum gloss_place places[] = {GLOSS_INLINE, GLOSS_END, GLOSS_BELOW};
    struct annotator *annotator = &writer->annotator;
    annotator->place = places[style->place];
    annotator->once = style->once;
    annotator->style.summary_most = style->summary_most;
    annotator->style.brief = style->brief;
    annotator->style.coloured = style->coloured;
    annotator->style.linked = style->linked;
    writer->unnumbered = style->unnumbered;
    writer->lines.selects = style->selects;
    writer->lines.named = style->named;
    writer->lines.before = style->before;
    writer->lines.after = style->after;
}

void writer_begin(struct writer *writer, const char *name) {
    writer->name = view_string(name);
    lines_begin(&writer->lines, name ? writer->name : VIEW("(standard input)"));
    annotator_begin(&writer->annotator);
}

void writer_forget(struct writer *writer) {
    annotator_forget(&writer->annotator);
    writer->lines.wrote = writer->lines.unended = false;
}

bool writer_pass(struct writer *writer, struct view lines) {
    if (writer->format != EG_ANNOTATE) return false;
    bool plain = lines_are_plain(&writer->lines);
    if (plain && lines.size >= PASSED_ENOUGH && writer->output.size == 0) return true;
    if (plain)
        buffer_append(&writer->output, lines);
    else
        lines_pass(&writer->lines, &writer->output, lines);
    return false;
}

/* Write a piece up to `to`; whether there is a hit in it. */
static void write_annotated(struct writer *writer, const struct piece *piece,
                            const struct resolver *resolver, size_t to, bool hit) {
    bool plain = lines_are_plain(&writer->lines);
    struct buffer *out = plain ? &writer->output : &writer->lines.line;
    annotate(&writer->annotator, out, piece, resolver->hits, resolver->count, to);
    if (!plain)
        lines_take(&writer->lines, &writer->output, hit, piece->ends && to == piece->text.size);
}

/* What a settled part of the line holds is told with the whole. */
static void tell_watcher(struct writer *writer, const struct piece *piece,
                         const struct resolver *resolver) {
    struct piece whole = *piece;
    whole.from = piece->at ? PIECE_MARGIN : 0;
    writer->hits.count = 0;
    writer->output.failed |= !hits_add(&writer->hits, resolver, &whole, 0);
    writer->watcher(writer->context, piece->line, public_text(piece->text), writer->hits.at,
                    writer->hits.count);
}

void writer_piece(struct writer *writer, const struct piece *piece, const struct resolver *resolver,
                  size_t hit_count, const struct knowledge *knowledge) {
    struct buffer *out = &writer->output;
    if (hit_count && writer->watcher) tell_watcher(writer, piece, resolver);
    if (writer->format == EG_ANNOTATE)
        write_annotated(writer, piece, resolver, piece->to, hit_count > 0);
    else if (writer->format == EG_JSON)
        json_write(out, piece, resolver->hits, resolver->count, writer->name, !writer->unnumbered);
    else if (writer->format == EG_WHY)
        why_write(out, piece, resolver->hits, resolver->count, knowledge);
}

/* Of an open piece only a gloss before `to` is final. */
static bool has_gloss(const struct resolver *resolver, size_t to) {
    for (size_t i = 0; i < resolver->count; i++)
        if (resolver->hits[i].state == HIT_GLOSSED && resolver->hits[i].gloss_at < to) return true;
    return false;
}

void writer_settle(struct writer *writer, const struct piece *piece,
                   const struct resolver *resolver, size_t to) {
    write_annotated(writer, piece, resolver, to, has_gloss(resolver, to));
}
