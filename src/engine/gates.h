#ifndef GATES_H
#define GATES_H

#include "evidence.h"
#include "scan.h"

/* The gates of a glossary, made when they are first needed, whichever thread that is: it takes
 * longer than all else a glossary is made of, and look-ups need none. */
struct gates;

/* NULL when there is no memory */
struct gates *gates_new(enum starts_build build);

void gates_free(struct gates *gates);

/* Make the gates of these rules, which must stay as they are, unless they are there; false when
 * there is no memory. */
bool gates_make(struct gates *gates, const struct ruleset *rules);

/* the gates, once made */
const struct gate *gates_of_codes(const struct gates *gates);
const struct gate *gates_of_dialects(const struct gates *gates);

#endif
