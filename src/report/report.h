#ifndef REPORT_H
#define REPORT_H

#include "buffer.h"
#include "errgloss.h"

/* A report counts the codes that were found in streams of lines and tells of them as text, JSON,
 * CSV or an HTML page. It keeps REPORT_ROWS codes at most, of each REPORT_SAMPLES lines and one
 * histogram over time of 240 buckets; what is found beyond is counted as other codes. */
struct report;

enum {
    REPORT_ROWS = 20000,
    REPORT_SAMPLES = 5,
    REPORT_SAMPLE_SIZE = 500 /* bytes of a line that are kept, those around the code */
};

/* Make an empty report. Lines that tell no year get theirs by `now`, in seconds since 1970: the
 * newest that is not later than a day behind it. NULL when memory ran out. */
struct report *report_new(int64_t now);

/* free it; NULL is fine */
void report_free(struct report *report);

/* A stream begins; `name` is copied. The name `-` is told as `standard input`. False when memory
 * ran out, here and below. */
bool report_file(struct report *report, const char *name);

/* so many lines were read, those without codes too; otherwise only lines given are counted */
void report_lines(struct report *report, uint64_t count);

/* Count the hits of a line, which has the number `line`. A code that stands several times in it
 * counts each time. The line and the hits are borrowed during the call, but the families, symbols,
 * summaries and rules of the hits have to live as long as the report. */
bool report_line(struct report *report, uint64_t line, eg_text text, const eg_hit *hits,
                 size_t count);

/* How text is shown. */
struct report_look {
    size_t width;    /* columns of the terminal; 0: none, nothing is cut */
    bool sparklines; /* the output shows UTF-8: blocks over time, U+2581 to U+2588, and U+2026 */
    bool colours;    /* by SGR sequences */
};

/* The outputs are appended to `out`; codes stand by their count, the most first, then by family and
 * code. What is no UTF-8 in a log becomes U+FFFD.
 *
 * Text: what was read, then a table. What could steer a terminal, or is no UTF-8, becomes `?`. */
bool report_text(const struct report *report, const struct report_look *look, struct buffer *out);

/* the same in 12 lines at most */
bool report_short(const struct report *report, const struct report_look *look, struct buffer *out);

/* One JSON object: files, lines, lines_with_hits, hits, other_hits, from, to, codes: [{family,
 * code, value, symbol, summary, count, files, first, last, rule, samples: [{file, line, text}],
 * histogram: {start, width_seconds, counts}}]. Times are `2026-03-02T08:14:07Z`; what is not known
 * is null. */
bool report_json(const struct report *report, struct buffer *out);

/* RFC 4180 with a header line. A field that a spreadsheet would take for a formula gets an
 * apostrophe before it. */
bool report_csv(const struct report *report, struct buffer *out);

/* One HTML page that needs nothing else, with what the glossary explains; NULL: no explanations. */
bool report_html(const struct report *report, const eg_glossary *glossary, struct buffer *out);

#endif
