#ifndef JSON_H
#define JSON_H

#include "buffer.h"
#include "resolve.h"

/* Write the hits that the piece answers for as JSON objects, one a line: file, line, start, end
 * (byte offsets in the line, the end exclusive), text, family, value, symbol, summary, rule,
 * readings. `file` is null where it is empty, `line` where it is not known; bytes that are no UTF-8
 * are written as U+FFFD. */
void json_write(struct buffer *out, const struct piece *piece, const struct hit *hits, size_t count,
                struct view file, bool numbered);

#endif
