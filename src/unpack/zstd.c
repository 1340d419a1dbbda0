#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "codec.h"
#include "pace.h"

enum { LEVEL = 3, BLOCK_HEADER = 3 /* bytes; RFC 8878, 3.1.1.2 */ };

/* The largest window that leaves the decoder within its memory: a power of two, which libzstd wants
 * to be 10 at least. */
static int window_log(uint64_t max_memory) {
    ZSTD_bounds bounds = ZSTD_dParam_getBounds(ZSTD_d_windowLogMax);
    int log = bounds.lowerBound;
    while (log < bounds.upperBound && UINT64_C(2) << log <= max_memory) log++;
    return log;
}

struct zstd {
    ZSTD_DCtx *context;
    struct pace pace;
};

static void *zstd_open(uint64_t max_memory) {
    struct zstd *zstd = calloc(1, sizeof *zstd);
    if (zstd) zstd->context = ZSTD_createDCtx();
    if (zstd && zstd->context) {
        ZSTD_DCtx_setParameter(zstd->context, ZSTD_d_windowLogMax, window_log(max_memory));
        return zstd;
    }
    free(zstd);
    return NULL;
}

static enum step step_of(size_t error) {
    switch (ZSTD_getErrorCode(error)) {
    case ZSTD_error_frameParameter_windowTooLarge:
        return STEP_TOO_BIG;
    case ZSTD_error_memory_allocation:
        return STEP_NO_MEMORY;
    case ZSTD_error_checksum_wrong:
        return STEP_WRONG_SUM;
    default:
        return STEP_CORRUPT;
    }
}

static enum step zstd_decode(void *state, struct flow *flow) {
    struct zstd *zstd = state;
    do {
        ZSTD_inBuffer in = {flow->in, pace_give(zstd->pace, flow->in_size, BLOCK_HEADER), 0};
        ZSTD_outBuffer out = {flow->out, flow->out_size, 0};
        size_t result = ZSTD_decompressStream(zstd->context, &out, &in);
        if (ZSTD_isError(result)) return step_of(result);
        flow_move(flow, in.pos, out.pos);
        zstd->pace = (struct pace){.hint = result, .held = flow->out_size == 0};
        if (result == 0) return STEP_END;
    } while (flow->in_size && flow->out_size);
    return STEP_ON;
}

static void zstd_close(void *state) {
    struct zstd *zstd = state;
    ZSTD_freeDCtx(zstd->context);
    free(zstd);
}

static void *zstd_pack_open(void) {
    ZSTD_CCtx *context = ZSTD_createCCtx();
    if (!context) return NULL;
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    return context;
}

static enum step zstd_pack(void *state, struct flow *flow, bool last) {
    ZSTD_inBuffer in = {flow->in, flow->in_size, 0};
    ZSTD_outBuffer out = {flow->out, flow->out_size, 0};
    size_t result = ZSTD_compressStream2(state, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
    flow_move(flow, in.pos, out.pos);
    if (ZSTD_isError(result)) return STEP_NO_MEMORY;
    return last && result == 0 ? STEP_END : STEP_ON;
}

static void zstd_pack_close(void *state) {
    ZSTD_freeCCtx(state);
}

const struct codec zstd_codec = {
    .format = UNPACK_ZSTD,
    .name = "zstd",
    .open = zstd_open,
    .decode = zstd_decode,
    .close = zstd_close,
    .pack_open = zstd_pack_open,
    .pack = zstd_pack,
    .pack_close = zstd_pack_close,
};
