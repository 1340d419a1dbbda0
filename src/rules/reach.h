#ifndef REACH_H
#define REACH_H

#include "pattern.h"

/* Whom to ask whether a code may stand in [start, end). */
struct judge_code {
    bool (*counts)(const void *context, size_t start, size_t end);
    const void *context;
};

/* That it cannot be told. */
#define REACH_UNKNOWN SIZE_MAX

/* How far an unfinished text has come with a pattern: the first place before its end where a code
 * has ended that a match beginning at or after `from` could still find once more text comes; the
 * text's size when there is none. It follows every way of the regex through the text, which takes
 * time and memory: it is for text that a writer has left unfinished. REACH_UNKNOWN for a regex
 * whose way to its code more text could change (a lookahead or an atomic group stands before it),
 * and for one with too many ways. */
size_t reach_first_end(const struct pattern *pattern, struct view text, size_t from, unsigned flags,
                       const struct judge_code *judge);

#endif
