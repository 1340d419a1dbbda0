#include "starts.h"

#if defined(__aarch64__)

#include <arm_neon.h>

/* Which of the bytes are in the set, all bits of a byte set. A table gives 0 for what lies beyond
 * it. */
static inline uint8x16_t members(uint8x16_t bytes, uint8x16_t bit, const unsigned char set[2][16]) {
    uint8x16_t below = vandq_u8(bytes, vdupq_n_u8(0x8f));
    uint8x16_t above = veorq_u8(below, vdupq_n_u8(0x80));
    uint8x16_t row =
        vorrq_u8(vqtbl1q_u8(vld1q_u8(set[0]), below), vqtbl1q_u8(vld1q_u8(set[1]), above));
    return vceqq_u8(vandq_u8(row, bit), bit);
}

static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};

/* A bit for each byte. */
static inline uint64_t mask_of(uint8x16_t bytes) {
    uint8x16_t weighed = vandq_u8(bytes, vld1q_u8(bits));
    return (uint64_t)vaddv_u8(vget_low_u8(weighed)) | (uint64_t)vaddv_u8(vget_high_u8(weighed))
                                                          << 8;
}

static inline uint64_t mark(const struct starts *starts, const char *bytes, uint64_t *carry) {
    struct starts_masks masks = {0};
    for (int quarter = 0; quarter < STARTS_BLOCK; quarter += 16) {
        uint8x16_t in = vld1q_u8((const uint8_t *)bytes + quarter);
        uint8x16_t bit = vqtbl1q_u8(vld1q_u8(bits), vandq_u8(vshrq_n_u8(in, 4), vdupq_n_u8(7)));
        uint8x16_t digit = vcleq_u8(vsubq_u8(in, vdupq_n_u8('1')), vdupq_n_u8(8));
        masks.alnum |= mask_of(members(in, bit, starts->alnum)) << quarter;
        masks.free |= mask_of(members(in, bit, starts->free)) << quarter;
        masks.digits_behind |= mask_of(members(in, bit, starts->digits_behind)) << quarter;
        masks.digits |= mask_of(digit) << quarter;
        masks.line_ends |= mask_of(vceqq_u8(in, vdupq_n_u8('\n'))) << quarter;
    }
    return starts_combine(&masks, carry);
}

static size_t list(const struct starts *starts, struct starts_text *text, uint32_t *places) {
    return starts_list_by(mark, starts, text, places);
}

bool starts_use_neon(struct starts *starts) {
    starts->list = list;
    starts->keep = starts_keep_portable;
    return true;
}

#else

bool starts_use_neon(struct starts *starts) {
    (void)starts;
    return false;
}

#endif
