#ifndef SUGGEST_H
#define SUGGEST_H

#include <stddef.h>

/* How many letters must be changed, added, left out or swapped with their neighbour to make one
 * word of the other. */
size_t word_distance(const char *a, const char *b);

/* say whether a misspelt word may have been meant for another */
int word_is_near(const char *misspelt, const char *word);

#endif
