#ifndef LINES_H
#define LINES_H

#include "buffer.h"

/* Which lines of a stream are written, and what stands before each, as grep does it: those with
 * hits, and so many before and after them, `--` between lines that are no neighbours; the stream's
 * name and `:`, or `-` where a line has no hit itself. Zeroed memory writes all lines as they are.
 */
struct lines {
    bool selects, named;
    size_t before, after;
    struct view name;
    struct buffer line; /* the line at hand, as far as it is not written */
    struct buffer held; /* whole lines before it that may have to be */
    size_t held_count, held_from;
    size_t after_left; /* so many lines are still written */
    bool begun;        /* a byte of the line at hand was taken */
    bool shown;        /* it is being written */
    bool gap, wrote;   /* lines were left out since the last one that was written; there is one */
    bool unended;      /* what was written last ends no line */
};

/* Of a line in which nothing was found yet so many bytes are held; where it grows beyond, only what
 * follows is written when something is found. */
enum { LINE_HELD_MOST = 1 << 20 };

void lines_free(struct lines *lines);

/* another stream begins */
void lines_begin(struct lines *lines, struct view name);

/* say whether lines are written as they are, and need not come here */
static inline bool lines_are_plain(const struct lines *lines) {
    return !lines->selects && !lines->named;
}

/* Take whole lines in which there is no hit. */
void lines_pass(struct lines *lines, struct buffer *out, struct view text);

/* What was appended to `lines->line` is the next part of the line at hand: whether there is a hit
 * in it, and whether the line ends. */
void lines_take(struct lines *lines, struct buffer *out, bool hit, bool ends);

#endif
