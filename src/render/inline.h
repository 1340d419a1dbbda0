#ifndef INLINE_H
#define INLINE_H

#include "gloss.h"

/* Write the bytes [piece->from, to) of a piece, each gloss before its byte, guards where the text
 * looks like a gloss; and the line's end where it ends there. */
void inline_write(struct buffer *out, const struct piece *piece, const struct hit *hits,
                  size_t count, size_t to);

/* where the first guard would stand of which an open piece does not tell; its size when none does
 */
size_t inline_undecided(const struct piece *piece);

#endif
