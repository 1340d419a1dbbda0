#ifndef STRIP_H
#define STRIP_H

#include "buffer.h"

/* Takes glosses and guards off a stream. Zeroed memory begins one. */
struct stripper {
    bool inside; /* what was written last did not end a line */
};

/* Write the text without its glosses, lines that hold only a gloss, and guards; where it has not
 * `ended`, up to the first place that bytes to come decide (less than GLOSS_MOST bytes are left,
 * and what is before it on a line of its own). Returns how much of it was used. */
size_t strip_write(struct stripper *stripper, struct buffer *out, struct view text, bool ended);

#endif
