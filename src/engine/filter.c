#include <stdlib.h>

#include "framer.h"
#include "judge.h"
#include "strip.h"
#include "writer.h"

/* Output is handed out when it has grown to this size, so that it needs no more memory than one
 * piece can bring. */
enum { OUTPUT_ENOUGH = 256 * 1024 };

struct eg_filter {
    const eg_glossary *glossary; /* NULL for EG_STRIP */
    struct framer framer;
    struct judge judge; /* made when the first bytes come */
    bool ready, interpreted;
    struct writer writer;
    struct stripper stripper;
    eg_stats stats;
    bool ended;
};

eg_filter *eg_filter_new(const eg_glossary *glossary, eg_format format) {
    eg_filter *filter = calloc(1, sizeof *filter);
    if (!filter) return NULL;
    filter->writer.format = format;
    filter->glossary = format == EG_STRIP ? NULL : glossary;
    if (framer_init(&filter->framer)) return filter;
    eg_filter_free(filter);
    return NULL;
}

void eg_filter_free(eg_filter *filter) {
    if (!filter) return;
    judge_free(&filter->judge);
    framer_free(&filter->framer);
    writer_free(&filter->writer);
    free(filter);
}

void eg_filter_interpret(eg_filter *filter, bool interpret) {
    filter->interpreted = filter->judge.scan.interpreted = interpret;
}

void eg_filter_set_style(eg_filter *filter, const eg_style *style) {
    writer_set_style(&filter->writer, style);
}

void eg_filter_watch(eg_filter *filter, eg_watcher *watcher, void *context) {
    filter->writer.watcher = watcher;
    filter->writer.context = context;
}

void eg_filter_forget(eg_filter *filter) {
    writer_forget(&filter->writer);
}

void eg_filter_begin(eg_filter *filter, const char *name) {
    filter->ended = false;
    filter->stripper = (struct stripper){0};
    writer_begin(&filter->writer, name);
    framer_restart(&filter->framer);
    if (filter->ready) judge_begin(&filter->judge);
}

static bool make_ready(eg_filter *filter) {
    if (filter->ready) return true;
    filter->ready = judge_init(&filter->judge, filter->glossary);
    filter->judge.scan.interpreted = filter->interpreted;
    if (!filter->ready) judge_free(&filter->judge);
    return filter->ready;
}

eg_head eg_filter_head(const eg_filter *filter) {
    const struct evidence *evidence = &filter->judge.evidence;
    if (!filter->ready || !evidence_is_past_head(evidence)) return EG_HEAD_OPEN;
    return evidence->heard->headed ? EG_HEAD_COLUMNS : EG_HEAD_KNOWN;
}

void eg_filter_begin_part(eg_filter *filter, const char *name, const eg_filter *head,
                          uint64_t line) {
    eg_filter_begin(filter, name);
    filter->framer.line = line;
    if (make_ready(filter)) evidence_follow(&filter->judge.evidence, &head->judge.evidence);
}

char *eg_filter_space(eg_filter *filter, size_t *ret_size) {
    judge_forget(&filter->judge);
    return framer_space(&filter->framer, ret_size);
}

void eg_filter_commit(eg_filter *filter, size_t size) {
    judge_forget(&filter->judge);
    framer_commit(&filter->framer, size);
    filter->stats.bytes += size;
}

void eg_filter_end(eg_filter *filter) {
    filter->ended = true;
    framer_end(&filter->framer);
}

/* Count the hits of a piece; returns how many there are. */
static size_t count_piece(eg_filter *filter, const struct piece *piece) {
    const struct resolver *resolver = &filter->judge.resolver;
    uint64_t before = filter->stats.hits;
    filter->stats.lines += piece->ends;
    for (size_t i = 0; i < resolver->count; i++) {
        if (!hit_is_of(&resolver->hits[i], piece)) continue;
        filter->stats.hits++;
        filter->stats.glosses += resolver->hits[i].state == HIT_GLOSSED;
    }
    return (size_t)(filter->stats.hits - before);
}

static bool do_piece(eg_filter *filter, const struct piece *piece) {
    size_t undecided;
    if (!judge_piece(&filter->judge, piece, &undecided)) return false;
    /* what a settled part of the line holds is counted when the line is complete */
    struct piece whole = *piece;
    whole.from = piece->at ? PIECE_MARGIN : 0;
    size_t hits = count_piece(filter, &whole);
    writer_piece(&filter->writer, piece, &filter->judge.resolver, hits,
                 &filter->glossary->knowledge);
    return !filter->writer.output.failed;
}

static eg_progress output_of(eg_filter *filter, eg_text *ret) {
    *ret = public_text(buffer_view(&filter->writer.output));
    return filter->writer.output.failed ? EG_MEMORY
           : filter->writer.output.size ? EG_OUTPUT
                                        : EG_HUNGRY;
}

static eg_progress strip_next(eg_filter *filter, eg_text *ret_output) {
    size_t used = strip_write(&filter->stripper, &filter->writer.output,
                              framer_hand(&filter->framer), filter->ended);
    framer_drop(&filter->framer, used);
    return output_of(filter, ret_output);
}

/* Take the lines off in which nothing stands. */
static bool pass_lines(eg_filter *filter, struct view *ret_passed) {
    size_t size = 0;
    struct view lines = framer_lines(&filter->framer);
    uint64_t first = filter->framer.line;
    /* what is told of every line is told of these too */
    if (filter->writer.format != EG_WHY && !judge_pass(&filter->judge, lines, &size)) return false;
    framer_pass(&filter->framer, size);
    filter->stats.lines += filter->framer.line - first;
    *ret_passed = view_part(lines, 0, size);
    return true;
}

/* The next lines that go out together: as they stand in hand where they are many and first. */
static eg_progress judge_next(eg_filter *filter, eg_text *ret_output) {
    struct view passed;
    struct piece piece;
    if (framer_hand(&filter->framer).size == 0) return output_of(filter, ret_output);
    if (!make_ready(filter)) return EG_MEMORY;
    while (filter->writer.output.size < OUTPUT_ENOUGH) {
        if (!pass_lines(filter, &passed)) return EG_MEMORY;
        if (writer_pass(&filter->writer, passed)) {
            *ret_output = public_text(passed);
            return EG_OUTPUT;
        }
        if (!framer_next(&filter->framer, &piece)) break;
        if (!do_piece(filter, &piece)) return EG_MEMORY;
    }
    return output_of(filter, ret_output);
}

eg_progress eg_filter_next(eg_filter *filter, eg_text *ret_output) {
    buffer_clear(&filter->writer.output);
    if (filter->writer.format == EG_STRIP) return strip_next(filter, ret_output);
    return judge_next(filter, ret_output);
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

eg_progress eg_filter_settle(eg_filter *filter, eg_text *ret_output) {
    struct piece piece;
    size_t undecided;
    buffer_clear(&filter->writer.output);
    if (filter->writer.format != EG_ANNOTATE || !framer_peek(&filter->framer, &piece))
        return output_of(filter, ret_output);
    if (!make_ready(filter)) return EG_MEMORY;
    if (!judge_piece(&filter->judge, &piece, &undecided)) return EG_MEMORY;
    undecided = least(undecided, annotate_undecided(&piece));
    size_t to = least(undecided, piece.to);
    if (to > piece.from) {
        writer_settle(&filter->writer, &piece, &filter->judge.resolver, to);
        framer_settle(&filter->framer, to);
    }
    return output_of(filter, ret_output);
}

eg_stats eg_filter_stats(const eg_filter *filter) {
    eg_stats stats = filter->stats;
    stats.skips = filter->judge.scan.skips;
    return stats;
}
