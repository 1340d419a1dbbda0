#ifndef UTF8_H
#define UTF8_H

#include "view.h"

/* Decode the UTF-8 character at `from`: how many bytes it has (1 to 4) and its code point in
 * `*ret_point`; 0 when the bytes there are no well-formed UTF-8 (Unicode 15, table 3-7). */
size_t utf8_decode(struct view text, size_t from, uint32_t *ret_point);

/* the longest start of the text that has `most` bytes at most and splits no character */
size_t utf8_cut(struct view text, size_t most);

#endif
