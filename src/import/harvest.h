#ifndef HARVEST_H
#define HARVEST_H

#include "arena.h"
#include "buffer.h"
#include "fault.h"

/* A code as somebody else publishes it; what is absent is empty. */
struct entry {
    struct view code;
    struct view symbol;
    struct view text;
};

/* Where an entry was read. */
struct place {
    struct view origin;
    size_t line;
};

/* A harvest gathers entries, from one text or several, and becomes the rows of a catalog. Zeroed
 * but for `select` it is an empty one. */
struct harvest {
    const char *const *select; /* glob patterns, one of which a symbol must match */
    size_t select_count;       /* 0: every symbol is welcome */
    struct arena arena;
    struct gathered *entries;
    size_t count, capacity;
};

/* give the memory back */
void harvest_free(struct harvest *harvest);

/* Add an entry, copied. Its text becomes a summary: one line without a full stop at its end, round
 * brackets for braces, cut where it is over SUMMARY_MOST. One that is not selected, or whose code
 * and symbol are there, is passed over. False and the fault when a row cannot hold it. */
bool harvest_add(struct harvest *harvest, struct entry entry, struct place place,
                 struct fault *fault);

/* Write the rows in the order of their codes, entries of one code in the order of their coming.
 * False and the fault when some codes are numbers and others are text, or memory ran out. */
bool harvest_write(struct harvest *harvest, struct buffer *ret_rows, struct fault *fault);

#endif
