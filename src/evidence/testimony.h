#ifndef TESTIMONY_H
#define TESTIMONY_H

#include "columns.h"
#include "ruleset.h"

/* What the lines of one program have told of it. */
struct testimony {
    uint64_t line_at; /* where the line at hand begins among them, in bytes */
    uint32_t votes[DIALECTS_MOST];
    size_t leader;          /* the dialect of most of them; else NO_DIALECT */
    struct columns columns; /* of the last header line */
    bool headed;            /* a header line stood in the head */
};

/* forget it all, but keep the memory */
void testimony_clear(struct testimony *testimony);

void testimony_free(struct testimony *testimony);

/* The testimonies of programs whose lines come mixed, by their names. Zeroed memory is none. */
struct programs {
    struct program *at;
    size_t count;
    uint64_t turns; /* how often one was asked for */
};

/* So many are kept; of more, the one is forgotten that has been silent for longest. */
enum { PROGRAMS_MOST = 256 };

void programs_free(struct programs *programs);

/* forget them all */
void programs_clear(struct programs *programs);

/* Find that of a program, an empty one where it is new. It stays where it is until the program is
 * forgotten. NULL when there is no memory. */
struct testimony *programs_find(struct programs *programs, struct view name);

#endif
