#ifndef SYNTAX_H
#define SYNTAX_H

#include "arena.h"
#include "byteset.h"

/* What a regex consists of, as far as the gate needs it: every text that the regex matches is
 * matched by its tree, and others may be too. Lookarounds say nothing, but for a last lookahead;
 * atomic and possessive items are as their plain ones. */
enum item_kind {
    ITEM_NOTHING, /* matches where it stands */
    ITEM_SET,     /* one byte of a set */
    ITEM_BOTH,    /* `left`, then `right` */
    ITEM_EITHER,  /* `left` or `right` */
    ITEM_REPEAT,  /* `left` from `least` to `most` times */
    ITEM_EDGE,    /* no letter or digit stands on both sides: where a word begins or ends */
    ITEM_BEHIND,  /* the byte before is one of a set, in which LF stands for the line's begin */
    ITEM_BEGIN,   /* the line's begin */
    ITEM_END      /* the line's end */
};

#define REPEAT_FOREVER UINT32_MAX

struct item {
    enum item_kind kind;
    uint32_t least, most;
    struct byteset set;
    const struct item *left, *right;
};

/* Read a regex of PCRE2. NULL when it holds something that is not followed here (a back reference,
 * recursion, a verb, a condition, `\K`, free spacing...), or when there is no memory. What it
 * returns lies in the arena. */
const struct item *syntax_read(struct view regex, struct arena *arena);

#endif
