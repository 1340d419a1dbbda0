#ifndef FINDER_H
#define FINDER_H

#include "buffer.h"
#include "tokens.h"

/* A string that was found, escaped. */
struct found {
    struct view string;
    size_t name; /* which of the names it has, from 0 */
};

/* Finds the strings of an object that are the values of members with certain names. One thread's;
 * zeroed memory knows no name. */
struct finder {
    struct buffer names; /* each with a comma behind it */
    struct tokens tokens;
    struct buffer path;          /* the names on the way to the member at hand, divided by dots */
    size_t ends[DEPTH_MOST + 1]; /* how much of it is of the object at each depth */
    size_t live;                 /* so deep there are objects alone around the member */
    struct found *found;         /* in the order of the text */
    size_t count, capacity;
};

/* what finding brought */
enum finder_state { FINDER_FOUND, FINDER_NO_OBJECT, FINDER_NO_MEMORY };

void finder_free(struct finder *finder);

/* Look for these too, divided by commas; `a.b` is the member b of the member a, or one whose name
 * holds the dot. False when there is no memory. */
bool finder_name(struct finder *finder, struct view names);

/* Find them in a text that is one object; they are views of it. */
enum finder_state finder_find(struct finder *finder, struct view text);

#endif
