#ifndef CONTROLS_H
#define CONTROLS_H

#include "buffer.h"

/* rsyslog gives control bytes on as a mark and three octal digits, a tab as `#011`
 * (parser.escapeControlCharactersOnReceive). To a rule they are what they were: `error#0115` is a
 * tab and a 5. */

/* Say whether there are such, and no control byte beside them; and no brace, for what looks like a
 * gloss with its escapes may look like none without them. */
bool controls_are_escaped(struct view text);

/* Append the text with one byte for each: ESC, which begins colours, as it was, else a tab. */
void controls_decode(struct view text, struct buffer *out);

/* Append what has become of a text that was decoded, glosses added to it, as it was escaped. */
void controls_encode(struct view annotated, struct view text, struct buffer *out);

#endif
