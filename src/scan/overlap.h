#ifndef OVERLAP_H
#define OVERLAP_H

#include "scan.h"

/* Settle overlaps: a candidate that is known beats one that is unknown; then the longest wins, then
 * the one of the lower rank, then the earlier.
 * The losers are marked as beaten; all are left in the order of their starts. `taken` is a scratch
 * of zeros, a byte for each byte of the text, and is left so. */
void settle_overlaps(struct candidate *candidates, size_t count, unsigned char *taken);

#endif
