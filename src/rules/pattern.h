#ifndef PATTERN_H
#define PATTERN_H

#include "fault.h"
#include "view.h"

/* A pattern is a regex; where it finds codes a group of it is named `code`. It never changes and
 * threads share it. Text is bytes: there is no UTF mode, and `^` and `$` are the ends of a line. */
struct pattern {
    struct view regex;
    size_t number; /* each pattern of a matcher has its own */
};

/* A matcher is one thread's scratch for patterns: it compiles each when it is first asked. */
struct matcher;

/* How one match is to be looked for. */
enum {
    MATCH_NOT_START = 1,   /* the text's first byte is not the first of the line */
    MATCH_NOT_END = 2,     /* the text's last byte is not the last of the line */
    MATCH_INTERPRETED = 4, /* never by compiled machine code */
    MATCH_UNFINISHED = 8,  /* say PATTERN_OPEN where more text could change the answer */
    MATCH_HERE = 16        /* it begins at `from` or nowhere */
};

enum pattern_answer {
    PATTERN_FOUND, /* there is a match, its code is in [start, end) */
    PATTERN_NONE,  /* there is none */
    PATTERN_OPEN,  /* undecided: bytes behind the text matter to a match that begins at `start` */
    PATTERN_LIMIT  /* given up: too many steps, too deep, or too much memory */
};

struct pattern_match {
    size_t begin; /* of the match */
    size_t start,
        end; /* of the code, empty when the match has none; start alone for PATTERN_OPEN */
};

/* Say whether `regex` compiles and, where it is to find codes, has a group `code`; else false and
 * the fault. Columns count from `column`, where the regex stands in its line. */
bool pattern_check(struct view regex, bool finds_codes, struct view origin, size_t line,
                   size_t column, struct fault *fault);

/* a matcher for patterns whose numbers are below `patterns`; NULL when there is no memory */
struct matcher *matcher_new(size_t patterns);

void matcher_free(struct matcher *matcher);

/* look for the leftmost match in `text` that begins at or after `from` */
enum pattern_answer pattern_find(const struct pattern *pattern, struct matcher *matcher,
                                 struct view text, size_t from, unsigned flags,
                                 struct pattern_match *ret);

#endif
