#ifndef GLOBS_H
#define GLOBS_H

#include "arena.h"

/* Patterns for file names, ready to be compared. */
struct globs {
    struct glob *glob;
    size_t count;
};

/* prepare patterns, see files_wanted; false when there is no memory */
bool globs_take(struct globs *globs, struct arena *arena, const char *const *patterns,
                size_t count);

/* say whether one of them matches this path below an operand, whose last component is `name` */
bool globs_match(const struct globs *globs, const char *below, const char *name);

#endif
