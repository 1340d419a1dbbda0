#ifndef TALLY_H
#define TALLY_H

#include "arena.h"
#include "histogram.h"
#include "report.h"
#include "timestamp.h"

/* A line in which a code stood, or the part of it around the code. */
struct sample {
    struct view file;
    uint64_t line;
    struct view text;
    size_t from, to;     /* where in the text the code stands */
    bool before, behind; /* the line goes on there */
};

/* the first and the last time of something; equal to those of nothing where `known` is false */
struct span {
    bool known;
    int64_t first, last;
};

/* What was seen of one code of a family. */
struct tally {
    struct view family, symbol, summary, rule;
    struct view code; /* as it is shown */
    struct view text; /* the code where the family's codes are text; else empty */
    uint64_t value;   /* else its value */
    uint64_t count, files, last_file;
    struct span span;
    struct histogram histogram;
    struct sample samples[REPORT_SAMPLES];
    size_t sample_count;
};

struct report {
    int64_t now;
    struct arena arena;
    void *tree; /* of the rows, for tfind */
    struct tally **rows;
    size_t count, capacity;
    struct buffer name;    /* of the stream */
    struct view kept_name; /* its copy in the arena, once a sample needs it */
    uint64_t files, lines, lines_with_hits, hits, other_hits;
    struct span span;
};

/* What the outputs tell, in their order; to be freed with `free`. NULL: no memory, or no rows. */
struct tally **report_sorted(const struct report *report);

/* What was counted of one family. */
struct family_tally {
    struct view family;
    uint64_t count;
    struct histogram histogram;
};

/* The families by their count, the most first, in `*ret_count`; free with families_free. NULL when
 * memory ran out, or without rows. */
struct family_tally *report_families(const struct report *report, size_t *ret_count);

void families_free(struct family_tally *families, size_t count);

/* add up over time what was counted of all rows; false when memory ran out */
bool report_over_time(const struct report *report, struct histogram *whole);

/* how many lines the outputs tell: those that were read, or at least those that were given */
uint64_t report_line_count(const struct report *report);

/* the value in decimal, negative ones as such; the text where the codes are text */
void tally_value(const struct tally *tally, struct buffer *out);

/* Append text from a log: what is no UTF-8 as U+FFFD. */
void append_clean(struct buffer *out, struct view text);

/* view what the engine tells */
static inline struct view view_told(eg_text text) {
    return (struct view){text.at, text.size};
}

#endif
