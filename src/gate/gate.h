#ifndef GATE_H
#define GATE_H

#include "alphabet.h"
#include "heads.h"
#include "lazy.h"
#include "starts.h"

/* A gate tells, of many regexes at once, at which places of a text each of them may begin to match.
 * It never misses a place; where it names one too many, the regex itself has to be asked. Texts are
 * lines: no regex is to match a line's end. A gate never changes, threads share it. */
struct gate {
    struct ways ways;
    struct alphabet alphabet;
    struct heads heads;
    struct starts starts;
};

/* Make a gate for these regexes, of which one that is NULL is not followed. Of those from number
 * `begins` on the places tell where they begin, whatever follows; some of them are not followed.
 * False when there is no memory or the processor cannot run that build. */
bool gate_init(struct gate *gate, const struct view *regexes, size_t count, size_t begins,
               enum starts_build build);

void gate_free(struct gate *gate);

/* Say whether the gate knows where this regex may begin; one that it does not follow may do so
 * everywhere. */
static inline bool gate_follows(const struct gate *gate, size_t regex) {
    return gate->ways.starts[regex] != NO_WAY;
}

/* A place, and a regex by its number. */
struct place {
    uint32_t at;
    uint32_t regex;
};

/* Places line by line, and of each regex in the order of the text. Zeroed memory is an empty list.
 */
struct places {
    struct place *at;
    size_t count, capacity;
};

void places_free(struct places *places);

/* One thread's scratch for a gate. */
struct sweep {
    const struct gate *gate;
    struct lazy lazy;
    struct walk walk;
    uint32_t *met; /* by regex: the last walk that met it */
    uint32_t walks;
    struct dead_ends *dead_ends;
    bool *alive; /* by regex: bytes behind the last text could make it match, or match otherwise */
};

/* make the scratch; false when there is no memory */
bool sweep_init(struct sweep *sweep, const struct gate *gate);

void sweep_free(struct sweep *sweep);

/* Find the places of a text, which begins a line and may hold more of them, each ended by LF or CR
 * LF; the last one ends with the text, when it `ends` at all. False when there is no memory. */
bool sweep_text(struct sweep *sweep, struct view text, bool ends, struct places *ret);

#endif
