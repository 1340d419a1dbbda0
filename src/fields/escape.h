#ifndef ESCAPE_H
#define ESCAPE_H

#include "buffer.h"

/* What stands between the quotes of a JSON string (RFC 8259, section 7) and the text that it means,
 * which is UTF-8 where the string is well-formed. */

/* Append the text of a string that the tokens gave. A lone surrogate becomes U+FFFD, bytes that are
 * no UTF-8 stay. */
void escape_decode(struct view raw, struct buffer *out);

/* append a text of UTF-8 as it stands within a string */
void escape_encode(struct view text, struct buffer *out);

/* A place in a string, as it is escaped and in its text. Begins with zeroes. */
struct escape_place {
    size_t raw, decoded;
};

/* Move on to the place of an offset of the text, which is not before that; of one within what an
 * escape means to the place behind it. */
void escape_move(struct view raw, struct escape_place *place, size_t decoded);

#endif
