#ifndef ENCODING_H
#define ENCODING_H

#include "buffer.h"

/* How the text of a log is written down. Bytes are ASCII, UTF-8 or any other in which a line ends
 * in LF; they are taken as they stand. UTF-16 (Unicode 15, 3.9 and 3.10) is turned into UTF-8 and
 * back: a surrogate without its other half becomes the three bytes that UTF-8 would have for it, so
 * that nothing is lost. */
enum encoding { ENCODING_BYTES, ENCODING_UTF16LE, ENCODING_UTF16BE };

/* What the first bytes of a text tell. */
struct guess {
    enum encoding encoding;
    size_t mark; /* how many of them are a byte order mark */
};

/* Guess by a byte order mark, else by the NULs between the first characters, which are ASCII in
 * logs. False while bytes to come could tell otherwise, where the text has not `ended`; a handful
 * is enough. */
bool encoding_guess(struct view first, bool ended, struct guess *ret);

/* the size of the byte order mark that the text begins with in that encoding */
size_t encoding_mark(enum encoding encoding, struct view first);

/* Turns text into UTF-8. Zeroed memory but for the encoding begins one. */
struct decoder {
    enum encoding encoding;
    char rest[3]; /* of a character that is not whole yet */
    size_t rest_size;
};

/* Append what the bytes say to `out`, but for the begin of a character whose end is not here. */
void decode(struct decoder *decoder, struct view bytes, struct buffer *out);

/* Nothing follows: append a surrogate that waits for its other half. A single byte that is left
 * belongs behind all text, as it is; returns whether there is one. */
bool decode_end(struct decoder *decoder, struct buffer *out, char *ret_byte);

/* Turns what a decoder made into what it was. Zeroed memory but for the encoding begins one. */
struct encoder {
    enum encoding encoding;
    char rest[4]; /* of a character that is not whole yet */
    size_t rest_size;
};

/* Append the text to `out`, but for the begin of a character whose end is not here. Bytes that
 * spell none become U+FFFD. */
void encode(struct encoder *encoder, struct view text, struct buffer *out);

#endif
