#ifndef WHY_H
#define WHY_H

#include "buffer.h"
#include "resolve.h"

/* Write for people what was decided about a piece: for each candidate the bytes, the rule, the
 * families asked, the answer and what became of it. */
void why_write(struct buffer *out, const struct piece *piece, const struct hit *hits, size_t count,
               const struct knowledge *knowledge);

#endif
