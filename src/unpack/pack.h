#ifndef PACK_H
#define PACK_H

#include "buffer.h"
#include "unpack.h"

/* A stream being compressed, at the level its usual program takes; no time or name goes into it, so
 * that the same writes always give the same bytes. */
struct pack;

/* Begin a stream of gzip, bzip2, xz, zstd or lz4. NULL when there is no memory, or the format is
 * none of them. */
struct pack *pack_new(enum unpack_format format);

void pack_free(struct pack *pack);

/* Compress the bytes; what is ready is appended. False when there is no memory. */
bool pack_write(struct pack *pack, struct view bytes, struct buffer *out);

/* Append what is left and the end of the stream. False when there is no memory. */
bool pack_end(struct pack *pack, struct buffer *out);

#endif
