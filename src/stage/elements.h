#ifndef ELEMENTS_H
#define ELEMENTS_H

#include "buffer.h"

/* The structured data of a message, `[id name="value" ...][...]` (RFC 5424, section 6.3), and our
 * element in it: `[errgloss@32473 code="5" symbol="EIO" text="..."]`, the three anew for each code.
 */

/* how many bytes of the text are elements; 0 where none begins it */
size_t elements_size(struct view text);

/* Append the elements without those that are ours, `errgloss@...`. False where the text is neither
 * elements nor `-` nor empty: it is not to be touched. */
bool elements_keep(struct view elements, struct buffer *out);

/* Begin our element, add a parameter to it, end it. */
void element_begin(struct buffer *out);
void element_add(struct buffer *out, struct view name, struct view value);
void element_end(struct buffer *out);

#endif
