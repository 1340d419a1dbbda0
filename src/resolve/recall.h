#ifndef RECALL_H
#define RECALL_H

#include "resolve.h"

/* What codes turned out to be lately: a log repeats its codes. One thread's. */
struct recall;

/* NULL when there is no memory */
struct recall *recall_new(void);

void recall_free(struct recall *recall);

/* What was found for that candidate's text, rule and dialect, wherever it stood; NULL when that is
 * not known any more. */
const struct hit *recall_find(const struct recall *recall, const struct candidate *candidate);

/* keep what was found for it */
void recall_keep(struct recall *recall, const struct candidate *candidate, const struct hit *hit);

#endif
