#include "starts.h"

#if defined(__x86_64__) || defined(__i386__)

#include <immintrin.h>

#define SSSE3 __attribute__((target("ssse3")))

SSSE3 static inline __m128i load(const void *at) {
    return _mm_loadu_si128((const __m128i *)at);
}

SSSE3 static inline uint64_t mask_of(__m128i bytes) {
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}

/* Which of the bytes are in the set. Bytes of the other half give a row of 0. */
SSSE3 static inline uint64_t members(__m128i bytes, __m128i bit, const unsigned char set[2][16]) {
    __m128i below = _mm_and_si128(bytes, _mm_set1_epi8((char)0x8f));
    __m128i above = _mm_xor_si128(below, _mm_set1_epi8((char)0x80));
    __m128i row =
        _mm_or_si128(_mm_shuffle_epi8(load(set[0]), below), _mm_shuffle_epi8(load(set[1]), above));
    __m128i in = _mm_cmpeq_epi8(_mm_and_si128(row, bit), bit);
    return mask_of(in);
}

SSSE3 static inline uint64_t mark(const struct starts *starts, const char *bytes, uint64_t *carry) {
    const __m128i bits = _mm_set1_epi64x((long long)0x8040201008040201u);
    struct starts_masks masks = {0};
    for (int quarter = 0; quarter < STARTS_BLOCK; quarter += 16) {
        __m128i in = load(bytes + quarter);
        __m128i high = _mm_and_si128(_mm_srli_epi16(in, 4), _mm_set1_epi8(7));
        __m128i bit = _mm_shuffle_epi8(bits, high);
        __m128i beyond = _mm_sub_epi8(in, _mm_set1_epi8('1'));
        __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(beyond, _mm_set1_epi8(8)), beyond);
        __m128i end = _mm_cmpeq_epi8(in, _mm_set1_epi8('\n'));
        masks.alnum |= members(in, bit, starts->alnum) << quarter;
        masks.free |= members(in, bit, starts->free) << quarter;
        masks.digits_behind |= members(in, bit, starts->digits_behind) << quarter;
        masks.digits |= mask_of(digit) << quarter;
        masks.line_ends |= mask_of(end) << quarter;
    }
    return starts_combine(&masks, carry);
}

SSSE3 static size_t list(const struct starts *starts, struct starts_text *text, uint32_t *places) {
    return starts_list_by(mark, starts, text, places);
}

bool starts_use_ssse3(struct starts *starts) {
    if (!__builtin_cpu_supports("ssse3")) return false;
    starts->list = list;
    starts->keep = starts_keep_portable;
    return true;
}

#else

bool starts_use_ssse3(struct starts *starts) {
    (void)starts;
    return false;
}

#endif
