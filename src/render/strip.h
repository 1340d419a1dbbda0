#ifndef STRIP_H
#define STRIP_H

#include "buffer.h"

/* Write the text without its glosses and guards; where it has not `ended`, up to the first place
 * that bytes to come decide (less than GLOSS_MOST bytes are left). Returns how much of it was used.
 */
size_t strip_write(struct buffer *out, struct view text, bool ended);

#endif
