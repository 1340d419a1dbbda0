#include <bzlib.h>
#include <stdlib.h>
#include <string.h>

#include "codec.h"

enum { BLOCK_100K = 9 };

/* bzip2 counts in unsigned int */
static unsigned bounded(size_t size) {
    return size < 1U << 30 ? (unsigned)size : 1U << 30;
}

/* the library asks for a `char *` that it only reads from */
static char *without_const(const char *bytes) {
    char *plain;
    memcpy(&plain, &bytes, sizeof plain);
    return plain;
}

static void lend(bz_stream *stream, const struct flow *flow) {
    stream->next_in = without_const(flow->in);
    stream->avail_in = bounded(flow->in_size);
    stream->next_out = flow->out;
    stream->avail_out = bounded(flow->out_size);
}

static void take_back(const bz_stream *stream, struct flow *flow) {
    flow->in_size -= (size_t)(stream->next_in - flow->in);
    flow->in = stream->next_in;
    flow->out_size -= (size_t)(stream->next_out - flow->out);
    flow->out = stream->next_out;
}

static void *bzip2_open(uint64_t max_memory) {
    (void)max_memory; /* it is 4 MiB at most */
    bz_stream *stream = calloc(1, sizeof *stream);
    if (stream && BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK) return stream;
    free(stream);
    return NULL;
}

static enum step begin_again(bz_stream *stream) {
    BZ2_bzDecompressEnd(stream);
    *stream = (bz_stream){0};
    return BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK ? STEP_END : STEP_NO_MEMORY;
}

static enum step bzip2_decode(void *state, struct flow *flow) {
    bz_stream *stream = state;
    lend(stream, flow);
    int result = BZ2_bzDecompress(stream);
    take_back(stream, flow);
    switch (result) {
    case BZ_OK:
        return STEP_ON;
    case BZ_STREAM_END:
        return begin_again(stream);
    case BZ_MEM_ERROR:
        return STEP_NO_MEMORY;
    default:
        return STEP_CORRUPT;
    }
}

static void bzip2_close(void *state) {
    BZ2_bzDecompressEnd(state);
    free(state);
}

static void *bzip2_pack_open(void) {
    bz_stream *stream = calloc(1, sizeof *stream);
    if (stream && BZ2_bzCompressInit(stream, BLOCK_100K, 0, 0) == BZ_OK) return stream;
    free(stream);
    return NULL;
}

static enum step bzip2_pack(void *state, struct flow *flow, bool last) {
    bz_stream *stream = state;
    if (!flow->in_size && !last) return STEP_ON;
    lend(stream, flow);
    int result = BZ2_bzCompress(stream, last ? BZ_FINISH : BZ_RUN);
    take_back(stream, flow);
    if (result == BZ_STREAM_END) return STEP_END;
    return result > 0 ? STEP_ON : STEP_NO_MEMORY;
}

static void bzip2_pack_close(void *state) {
    BZ2_bzCompressEnd(state);
    free(state);
}

const struct codec bzip2_codec = {
    .format = UNPACK_BZIP2,
    .name = "bzip2",
    .open = bzip2_open,
    .decode = bzip2_decode,
    .close = bzip2_close,
    .pack_open = bzip2_pack_open,
    .pack = bzip2_pack,
    .pack_close = bzip2_pack_close,
};
