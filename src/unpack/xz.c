#include <lzma.h>
#include <stdlib.h>

#include "codec.h"

enum { PRESET = 6 };

struct xz {
    lzma_stream stream;
    uint64_t max_memory;
};

static lzma_ret run(lzma_stream *stream, struct flow *flow, lzma_action action) {
    stream->next_in = (const uint8_t *)flow->in;
    stream->avail_in = flow->in_size;
    stream->next_out = (uint8_t *)flow->out;
    stream->avail_out = flow->out_size;
    lzma_ret result = lzma_code(stream, action);
    flow->in = (const char *)stream->next_in;
    flow->in_size = stream->avail_in;
    flow->out = (char *)stream->next_out;
    flow->out_size = stream->avail_out;
    return result;
}

/* A stream is decoded by itself: liblzma would want to be told of the input's end. */
static bool begin(struct xz *xz) {
    return lzma_stream_decoder(&xz->stream, xz->max_memory, 0) == LZMA_OK;
}

static void xz_close(void *state) {
    struct xz *xz = state;
    lzma_end(&xz->stream);
    free(xz);
}

static void *xz_open(uint64_t max_memory) {
    struct xz *xz = calloc(1, sizeof *xz);
    if (!xz) return NULL;
    xz->stream = (lzma_stream)LZMA_STREAM_INIT;
    xz->max_memory = max_memory;
    if (begin(xz)) return xz;
    xz_close(xz);
    return NULL;
}

static enum step xz_decode(void *state, struct flow *flow) {
    struct xz *xz = state;
    switch (run(&xz->stream, flow, LZMA_RUN)) {
    case LZMA_OK:
    case LZMA_BUF_ERROR: /* nothing to do with what there is */
        return STEP_ON;
    case LZMA_STREAM_END:
        return begin(xz) ? STEP_END : STEP_NO_MEMORY;
    case LZMA_MEMLIMIT_ERROR:
        return STEP_TOO_BIG;
    case LZMA_MEM_ERROR:
        return STEP_NO_MEMORY;
    default:
        return STEP_CORRUPT;
    }
}

static void *xz_pack_open(void) {
    struct xz *xz = calloc(1, sizeof *xz);
    if (!xz) return NULL;
    xz->stream = (lzma_stream)LZMA_STREAM_INIT;
    if (lzma_easy_encoder(&xz->stream, PRESET, LZMA_CHECK_CRC64) == LZMA_OK) return xz;
    xz_close(xz);
    return NULL;
}

static enum step xz_pack(void *state, struct flow *flow, bool last) {
    struct xz *xz = state;
    switch (run(&xz->stream, flow, last ? LZMA_FINISH : LZMA_RUN)) {
    case LZMA_STREAM_END:
        return STEP_END;
    case LZMA_OK:
    case LZMA_BUF_ERROR:
        return STEP_ON;
    default:
        return STEP_NO_MEMORY;
    }
}

const struct codec xz_codec = {
    .format = UNPACK_XZ,
    .name = "xz",
    .padded = true,
    .open = xz_open,
    .decode = xz_decode,
    .close = xz_close,
    .pack_open = xz_pack_open,
    .pack = xz_pack,
    .pack_close = xz_close,
};
