#include "starts.h"

#if defined(__x86_64__) || defined(__i386__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline __m256i twice(const unsigned char half[16]) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)half));
}

/* The sets, ready for a lookup. */
struct tables {
    __m256i alnum[2], free[2], digits_behind[2], bits;
};

AVX2 static inline uint64_t mask_of(__m256i bytes) {
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

/* Which of the bytes are in a set. */
AVX2 static inline uint64_t members(__m256i bytes, __m256i bit, const __m256i set[2]) {
    __m256i low = _mm256_and_si256(bytes, _mm256_set1_epi8(15));
    __m256i row = _mm256_blendv_epi8(_mm256_shuffle_epi8(set[0], low),
                                     _mm256_shuffle_epi8(set[1], low), bytes);
    __m256i in = _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), bit);
    return mask_of(in);
}

AVX2 static inline uint64_t mark(const struct tables *tables, const char *bytes, uint64_t *carry) {
    struct starts_masks masks = {0};
    for (int half = 0; half < STARTS_BLOCK; half += 32) {
        __m256i in = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + half));
        __m256i high = _mm256_and_si256(_mm256_srli_epi16(in, 4), _mm256_set1_epi8(7));
        __m256i bit = _mm256_shuffle_epi8(tables->bits, high);
        __m256i beyond = _mm256_sub_epi8(in, _mm256_set1_epi8('1'));
        __m256i digit = _mm256_cmpeq_epi8(_mm256_min_epu8(beyond, _mm256_set1_epi8(8)), beyond);
        __m256i end = _mm256_cmpeq_epi8(in, _mm256_set1_epi8('\n'));
        masks.alnum |= members(in, bit, tables->alnum) << half;
        masks.free |= members(in, bit, tables->free) << half;
        masks.digits_behind |= members(in, bit, tables->digits_behind) << half;
        masks.digits |= mask_of(digit) << half;
        masks.line_ends |= mask_of(end) << half;
    }
    return starts_combine(&masks, carry);
}

AVX2 static size_t list(const struct starts *starts, struct starts_text *text, uint32_t *places) {
    const struct tables tables = {
        {twice(starts->alnum[0]), twice(starts->alnum[1])},
        {twice(starts->free[0]), twice(starts->free[1])},
        {twice(starts->digits_behind[0]), twice(starts->digits_behind[1])},
        _mm256_set1_epi64x((long long)0x8040201008040201u)};
    uint32_t *end = places;
    for (; text->blocks; text->blocks--) {
        end = starts_write(end, text->at, mark(&tables, text->bytes, &text->carry));
        text->bytes += STARTS_BLOCK;
        text->at += STARTS_BLOCK;
    }
    return (size_t)(end - places);
}

/* The low five bits of four bytes are one instruction away. */
__attribute__((target("bmi2"))) static size_t keep(const uint32_t *table, const char *text,
                                                   uint32_t *places, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = places[i], bytes;
        memcpy(&bytes, text + at, sizeof bytes);
        places[kept] = at;
        kept += heads_pass(table, _pext_u32(bytes, 0x1f1f1f1f));
    }
    return kept;
}

bool starts_use_avx2(struct starts *starts) {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
        !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("popcnt"))
        return false;
    starts->list = list;
    starts->keep = keep;
    return true;
}

#else

bool starts_use_avx2(struct starts *starts) {
    (void)starts;
    return false;
}

#endif
