#ifndef WAYS_H
#define WAYS_H

#include "arena.h"
#include "byteset.h"

/* Many regexes as one graph. A way through it spends a byte at each WAY_BYTE; a text that a regex
 * matches has a way from the regex's start to its WAY_HIT. It never changes once made. */
enum way_kind {
    WAY_BYTE,   /* a byte of the set `set`, then `next` */
    WAY_FORK,   /* `next` or `other` */
    WAY_EDGE,   /* a word begins or ends here, then `next` */
    WAY_BEHIND, /* the byte before is of the set `set`, LF where a line begins, then `next` */
    WAY_BEGIN,  /* the line begins here, then `next` */
    WAY_HIT     /* the regex `set` is through */
};

struct way {
    uint32_t next, other;
    uint32_t set;
    enum way_kind kind;
};

/* The line's end is spent as one of these bytes: `\r` may be the last of a line or stand before its
 * `\n`; no other set has `\n`. */
#define LINE_ENDS "\n\r"

struct ways {
    struct way *at;
    size_t count, capacity;
    struct byteset *sets; /* each set once */
    size_t set_count, set_capacity;
    uint16_t *set_table; /* the sets by their bits */
    uint32_t *starts;    /* of each regex; NO_WAY for one that is not followed */
    uint8_t *shifts;     /* of each regex: how many bytes of a match stand before its start */
    size_t regexes;
};

#define NO_WAY UINT32_MAX

/* Follow the regexes, but for those whose view is NULL; false when there is no memory. Of those
 * from number `begins` on only the begin is followed, up to what may be repeated often, and where
 * it could be nearly any word they are not. */
bool ways_init(struct ways *ways, const struct view *regexes, size_t count, size_t begins);

void ways_free(struct ways *ways);

/* the regex that a way belongs to */
size_t ways_regex(const struct ways *ways, uint32_t way);

#endif
