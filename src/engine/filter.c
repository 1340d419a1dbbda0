#include <stdlib.h>

#include "annotate.h"
#include "framer.h"
#include "json.h"
#include "judge.h"
#include "strip.h"
#include "why.h"

/* Output is handed out when it has grown to this size, so that it needs no more memory than one
 * piece can bring. */
enum { OUTPUT_ENOUGH = 256 * 1024 };

/* Lines in which nothing stands are handed out without a copy when they are this many bytes. */
enum { PASSED_ENOUGH = 64 * 1024 };

struct eg_filter {
    const eg_glossary *glossary; /* NULL for EG_STRIP */
    eg_format format;
    struct view name;
    struct framer framer;
    struct judge judge; /* made when the first bytes come */
    bool ready, interpreted;
    struct annotator annotator;
    struct stripper stripper;
    struct buffer output;
    eg_stats stats;
    bool ended;
};

eg_filter *eg_filter_new(const eg_glossary *glossary, eg_format format) {
    eg_filter *filter = calloc(1, sizeof *filter);
    if (!filter) return NULL;
    filter->format = format;
    filter->glossary = format == EG_STRIP ? NULL : glossary;
    if (framer_init(&filter->framer)) return filter;
    eg_filter_free(filter);
    return NULL;
}

void eg_filter_free(eg_filter *filter) {
    if (!filter) return;
    judge_free(&filter->judge);
    framer_free(&filter->framer);
    annotator_free(&filter->annotator);
    buffer_free(&filter->output);
    free(filter);
}

void eg_filter_interpret(eg_filter *filter, bool interpret) {
    filter->interpreted = filter->judge.scan.interpreted = interpret;
}

void eg_filter_begin(eg_filter *filter, const char *name) {
    filter->name = view_string(name);
    filter->ended = false;
    filter->stripper = (struct stripper){0};
    buffer_clear(&filter->annotator.notes);
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
    return evidence->headed ? EG_HEAD_COLUMNS : EG_HEAD_KNOWN;
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

static bool is_counted(const struct piece *piece, const struct hit *hit) {
    return hit_counts(hit) && hit->end > piece->from && hit->end <= piece->to;
}

static void count_piece(eg_filter *filter, const struct piece *piece) {
    const struct resolver *resolver = &filter->judge.resolver;
    filter->stats.lines += piece->ends;
    for (size_t i = 0; i < resolver->count; i++) {
        if (!is_counted(piece, &resolver->hits[i])) continue;
        filter->stats.hits++;
        filter->stats.glosses += resolver->hits[i].state == HIT_GLOSSED;
    }
}

static bool write_piece(eg_filter *filter, const struct piece *piece) {
    const struct resolver *resolver = &filter->judge.resolver;
    size_t undecided;
    if (!judge_piece(&filter->judge, piece, &undecided)) return false;
    const struct hit *hits = resolver->hits;
    /* what a settled part of the line holds is counted when the line is complete */
    struct piece whole = *piece;
    whole.from = piece->at ? PIECE_MARGIN : 0;
    count_piece(filter, &whole);
    if (filter->format == EG_ANNOTATE)
        annotate(&filter->annotator, &filter->output, piece, hits, resolver->count, piece->to);
    else if (filter->format == EG_JSON)
        json_write(&filter->output, piece, hits, resolver->count, filter->name);
    else
        why_write(&filter->output, piece, hits, resolver->count, &filter->glossary->knowledge);
    return !filter->output.failed;
}

static eg_progress output_of(eg_filter *filter, eg_text *ret) {
    *ret = public_text(buffer_view(&filter->output));
    return filter->output.failed ? EG_MEMORY : filter->output.size ? EG_OUTPUT : EG_HUNGRY;
}

static eg_progress strip_next(eg_filter *filter, eg_text *ret_output) {
    size_t used = strip_write(&filter->stripper, &filter->output, framer_hand(&filter->framer), filter->ended);
    framer_drop(&filter->framer, used);
    return output_of(filter, ret_output);
}

/* Take the lines off in which nothing stands. */
static bool pass_lines(eg_filter *filter, struct view *ret_passed) {
    size_t size = 0;
    struct view lines = framer_lines(&filter->framer);
    uint64_t first = filter->framer.line;
    /* what is told of every line is told of these too */
    if (filter->format != EG_WHY && !judge_pass(&filter->judge, lines, &size)) return false;
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
    while (filter->output.size < OUTPUT_ENOUGH) {
        if (!pass_lines(filter, &passed)) return EG_MEMORY;
        if (filter->format == EG_ANNOTATE) {
            if (passed.size >= PASSED_ENOUGH && filter->output.size == 0) {
                *ret_output = public_text(passed);
                return EG_OUTPUT;
            }
            buffer_append(&filter->output, passed);
        }
        if (!framer_next(&filter->framer, &piece)) break;
        if (!write_piece(filter, &piece)) return EG_MEMORY;
    }
    return output_of(filter, ret_output);
}

eg_progress eg_filter_next(eg_filter *filter, eg_text *ret_output) {
    buffer_clear(&filter->output);
    if (filter->format == EG_STRIP) return strip_next(filter, ret_output);
    return judge_next(filter, ret_output);
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

eg_progress eg_filter_settle(eg_filter *filter, eg_text *ret_output) {
    struct piece piece;
    size_t undecided;
    buffer_clear(&filter->output);
    if (filter->format != EG_ANNOTATE || !framer_peek(&filter->framer, &piece))
        return output_of(filter, ret_output);
    if (!make_ready(filter)) return EG_MEMORY;
    if (!judge_piece(&filter->judge, &piece, &undecided)) return EG_MEMORY;
    undecided = least(undecided, annotate_undecided(&piece));
    size_t to = least(undecided, piece.to);
    if (to > piece.from) {
        annotate(&filter->annotator, &filter->output, &piece, filter->judge.resolver.hits,
                 filter->judge.resolver.count, to);
        framer_settle(&filter->framer, to);
    }
    return output_of(filter, ret_output);
}

eg_stats eg_filter_stats(const eg_filter *filter) {
    eg_stats stats = filter->stats;
    stats.skips = filter->judge.scan.skips;
    return stats;
}
