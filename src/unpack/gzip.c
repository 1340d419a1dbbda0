#define ZLIB_CONST
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "codec.h"

/* zlib: 15 bits of window, and 16 for the frame of gzip in place of its own */
enum { GZIP_WINDOW = 15 + 16, LEVEL = 6, MEMORY_LEVEL = 8 };

/* zlib counts in unsigned int */
static unsigned bounded(size_t size) {
    return size < 1U << 30 ? (unsigned)size : 1U << 30;
}

static int run(z_stream *stream, struct flow *flow, int (*function)(z_stream *, int), int flush) {
    stream->next_in = (const Bytef *)flow->in;
    stream->avail_in = bounded(flow->in_size);
    stream->next_out = (Bytef *)flow->out;
    stream->avail_out = bounded(flow->out_size);
    int result = function(stream, flush);
    flow->in_size -= (size_t)((const char *)stream->next_in - flow->in);
    flow->in = (const char *)stream->next_in;
    flow->out_size -= (size_t)((char *)stream->next_out - flow->out);
    flow->out = (char *)stream->next_out;
    return result;
}

static void *gzip_open(uint64_t max_memory) {
    (void)max_memory;
    z_stream *stream = calloc(1, sizeof *stream);
    if (stream && inflateInit2(stream, GZIP_WINDOW) == Z_OK) return stream;
    free(stream);
    return NULL;
}

static enum step gzip_decode(void *state, struct flow *flow) {
    z_stream *stream = state;
    switch (run(stream, flow, inflate, Z_NO_FLUSH)) {
    case Z_OK:
    case Z_BUF_ERROR:
        return STEP_ON;
    case Z_STREAM_END:
        inflateReset(stream);
        return STEP_END;
    case Z_MEM_ERROR:
        return STEP_NO_MEMORY;
    default:
        /* the one way in which zlib tells this from other damage */
        return stream->msg && strstr(stream->msg, "check") ? STEP_WRONG_SUM : STEP_CORRUPT;
    }
}

static void gzip_close(void *state) {
    inflateEnd(state);
    free(state);
}

static void *gzip_pack_open(void) {
    z_stream *stream = calloc(1, sizeof *stream);
    if (stream && deflateInit2(stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                               Z_DEFAULT_STRATEGY) == Z_OK)
        return stream;
    free(stream);
    return NULL;
}

static enum step gzip_pack(void *state, struct flow *flow, bool last) {
    switch (run(state, flow, deflate, last ? Z_FINISH : Z_NO_FLUSH)) {
    case Z_STREAM_END:
        return STEP_END;
    case Z_OK:
    case Z_BUF_ERROR:
        return STEP_ON;
    default:
        return STEP_NO_MEMORY;
    }
}

static void gzip_pack_close(void *state) {
    deflateEnd(state);
    free(state);
}

const struct codec gzip_codec = {
    .format = UNPACK_GZIP,
    .name = "gzip",
    .padded = true,
    .open = gzip_open,
    .decode = gzip_decode,
    .close = gzip_close,
    .pack_open = gzip_pack_open,
    .pack = gzip_pack,
    .pack_close = gzip_pack_close,
};
