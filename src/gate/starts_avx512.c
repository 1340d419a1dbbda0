#include "starts.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")))

/* The kinds of all bytes: a lookup takes 128 of them, so that there are two. */
struct tables {
    __m512i ascii[2], above[2];
};

AVX512 static inline __m512i load(const void *at) {
    return _mm512_loadu_si512(at);
}

AVX512 static inline uint64_t mark(const struct tables *tables, const char *bytes,
                                   uint64_t *carry) {
    __m512i in = load(bytes);
    __m512i below = _mm512_permutex2var_epi8(tables->ascii[0], in, tables->ascii[1]);
    __m512i above = _mm512_permutex2var_epi8(tables->above[0], in, tables->above[1]);
    __m512i kinds = _mm512_mask_blend_epi8(_mm512_movepi8_mask(in), below, above);
    const struct starts_masks masks = {
        .alnum = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(STARTS_ALNUM)),
        .free = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(STARTS_FREE)),
        .digits_behind = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(STARTS_DIGITS_BEHIND)),
        .digits = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(STARTS_DIGIT)),
        .line_ends = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(STARTS_LINE_END)),
    };
    return starts_combine(&masks, carry);
}

/* Write the offsets of the bits, sixteen at a time. */
AVX512 static inline uint32_t *write(uint32_t *places, uint32_t at, uint64_t mask) {
    static const unsigned char offsets[STARTS_BLOCK] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    unsigned char set[STARTS_BLOCK];
    uint32_t *end = places + __builtin_popcountll(mask);
    const unsigned char *from = set;
    _mm512_storeu_si512(set, _mm512_maskz_compress_epi8(mask, load(offsets)));
    for (; places < end; places += 16, from += 16) {
        __m512i wide = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(const void *)from));
        _mm512_storeu_si512(places, _mm512_add_epi32(wide, _mm512_set1_epi32((int)at)));
    }
    return end;
}

AVX512 static size_t list(const struct starts *starts, struct starts_text *text, uint32_t *places) {
    const unsigned char *kinds = starts->kinds;
    const struct tables tables = {{load(kinds), load(kinds + 64)},
                                  {load(kinds + 128), load(kinds + 192)}};
    uint32_t *end = places;
    for (; text->blocks; text->blocks--) {
        end = write(end, text->at, mark(&tables, text->bytes, &text->carry));
        text->bytes += STARTS_BLOCK;
        text->at += STARTS_BLOCK;
    }
    return (size_t)(end - places);
}

bool starts_use_avx512(struct starts *starts) {
    if (!__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512vbmi") ||
        !__builtin_cpu_supports("avx512vbmi2") || !starts_use_avx2(starts))
        return false;
    starts->list = list;
    return true;
}

#else

bool starts_use_avx512(struct starts *starts) {
    (void)starts;
    return false;
}

#endif
