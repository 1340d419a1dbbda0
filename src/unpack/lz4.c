#include <lz4frame.h>
#include <stdlib.h>
#include <string.h>

#include "codec.h"
#include "pace.h"

/* What is packed in one go, so that it fits into PACK_ROOM whatever it is. */
enum { PACKED_AT_ONCE = 32 << 10 };

enum { BLOCK_HEADER = 4 /* bytes; lz4 frame format 1.6, "Data Blocks" */ };

static const LZ4F_preferences_t preferences = {
    .frameInfo = {.contentChecksumFlag = LZ4F_contentChecksumEnabled},
};

struct lz4 {
    LZ4F_dctx *context;
    struct pace pace;
};

static void *lz4_open(uint64_t max_memory) {
    (void)max_memory; /* two blocks of 4 MiB at most */
    struct lz4 *lz4 = calloc(1, sizeof *lz4);
    if (lz4 && !LZ4F_isError(LZ4F_createDecompressionContext(&lz4->context, LZ4F_VERSION)))
        return lz4;
    free(lz4);
    return NULL;
}

/* The library gives the kind of an error by its name alone. */
static enum step step_of(size_t error) {
    const char *name = LZ4F_getErrorName(error);
    if (strcmp(name, "ERROR_contentChecksum_invalid") == 0) return STEP_WRONG_SUM;
    return strcmp(name, "ERROR_allocation_failed") == 0 ? STEP_NO_MEMORY : STEP_CORRUPT;
}

static enum step lz4_decode(void *state, struct flow *flow) {
    struct lz4 *lz4 = state;
    do {
        size_t taken = pace_give(lz4->pace, flow->in_size, BLOCK_HEADER), put = flow->out_size;
        size_t result = LZ4F_decompress(lz4->context, flow->out, &put, flow->in, &taken, NULL);
        if (LZ4F_isError(result)) return step_of(result);
        flow_move(flow, taken, put);
        lz4->pace = (struct pace){.hint = result, .held = flow->out_size == 0};
        if (result == 0) return STEP_END;
    } while (flow->in_size && flow->out_size);
    return STEP_ON;
}

static void lz4_close(void *state) {
    struct lz4 *lz4 = state;
    LZ4F_freeDecompressionContext(lz4->context);
    free(lz4);
}

struct lz4_packer {
    LZ4F_cctx *context;
    bool begun;
};

static void *lz4_pack_open(void) {
    struct lz4_packer *packer = calloc(1, sizeof *packer);
    if (packer && !LZ4F_isError(LZ4F_createCompressionContext(&packer->context, LZ4F_VERSION)))
        return packer;
    free(packer);
    return NULL;
}

/* what comes next: the frame's head, some of the text, or the frame's end */
static size_t put_next(struct lz4_packer *packer, const struct flow *flow, size_t take) {
    LZ4F_cctx *context = packer->context;
    if (!packer->begun) return LZ4F_compressBegin(context, flow->out, flow->out_size, &preferences);
    if (take) return LZ4F_compressUpdate(context, flow->out, flow->out_size, flow->in, take, NULL);
    return LZ4F_compressEnd(context, flow->out, flow->out_size, NULL);
}

static enum step lz4_pack(void *state, struct flow *flow, bool last) {
    struct lz4_packer *packer = state;
    size_t take = flow->in_size < PACKED_AT_ONCE ? flow->in_size : PACKED_AT_ONCE;
    bool begins = !packer->begun, ends = !begins && !take;
    if (ends && !last) return STEP_ON;
    size_t put = put_next(packer, flow, take);
    if (LZ4F_isError(put)) return STEP_NO_MEMORY;
    packer->begun = true;
    if (begins) take = 0;
    flow_move(flow, take, put);
    return ends ? STEP_END : STEP_ON;
}

static void lz4_pack_close(void *state) {
    struct lz4_packer *packer = state;
    LZ4F_freeCompressionContext(packer->context);
    free(packer);
}

const struct codec lz4_codec = {
    .format = UNPACK_LZ4,
    .name = "lz4",
    .open = lz4_open,
    .decode = lz4_decode,
    .close = lz4_close,
    .pack_open = lz4_pack_open,
    .pack = lz4_pack,
    .pack_close = lz4_pack_close,
};
