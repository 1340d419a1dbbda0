#ifndef STARTS_H
#define STARTS_H

#include "heads.h"

/* A text on its way: `blocks` of 64 bytes are next. */
struct starts_text {
    const char *bytes;
    size_t blocks;
    uint32_t at;    /* offset of the next block */
    uint64_t carry; /* what is known of the byte before, as starts_combine leaves it */
};

enum { STARTS_BLOCK = 64 };

/* Where matches may begin, for 64 bytes at a time: at a letter or digit behind a byte that is
 * neither (at a digit but 0 only behind some of these), at a line's begin, and at the `free` bytes.
 * One function for each kind of processor. */
struct starts {
    /* For each low half of a byte the high halves with which it is in a set, those below 8 and the
     * others: Mula's classification (0x80.pl/notesen/2018-10-18-simd-byte-lookup.html). */
    unsigned char alnum[2][16], free[2][16], digits_behind[2][16];
    unsigned char kinds[256]; /* the same plainly, as bits */
    size_t (*list)(const struct starts *starts, struct starts_text *text, uint32_t *places);
    size_t (*keep)(const uint32_t *table, const char *text, uint32_t *places, size_t count);
};

/* The builds there are; the best one for this processor, and those that it could run. */
enum starts_build {
    STARTS_BEST,
    STARTS_PORTABLE,
    STARTS_SSSE3,
    STARTS_AVX2,
    STARTS_AVX512,
    STARTS_NEON
};

/* the kinds of bytes */
enum {
    STARTS_ALNUM = 1,
    STARTS_FREE = 2,
    STARTS_DIGITS_BEHIND = 4,
    STARTS_DIGIT = 8, /* but 0 */
    STARTS_LINE_END = 16
};

/* say whether this processor has what the build needs */
bool starts_runs(enum starts_build build);

/* false when it has not */
bool starts_init(struct starts *starts, const struct byteset *free,
                 const struct byteset *digits_behind, enum starts_build build);

/* List the places of the blocks that are next and go on behind them. There must be room for all of
 * their bytes and STARTS_BLOCK more. Returns how many there are. */
static inline size_t starts_list(const struct starts *starts, struct starts_text *text,
                                 uint32_t *places) {
    return starts->list(starts, text, places);
}

/* Keep those of the `count` places whose four bytes pass the look at the table of heads; returns
 * how many there are. A place is always written and only counted when it is kept: which are is hard
 * to foresee for a branch. */
static inline size_t starts_keep(const struct starts *starts, const uint32_t *table,
                                 const char *text, uint32_t *places, size_t count) {
    return starts->keep(table, text, places, count);
}

/* for the builds: which bytes of a block are of what kind */
struct starts_masks {
    uint64_t alnum, free, digits_behind, digits, line_ends;
};

enum { STARTS_LINE_BEGINS = 2 };

/* for the builds: the places of a block. `*carry` has a bit for what the byte before it was. */
static inline uint64_t starts_combine(const struct starts_masks *masks, uint64_t *carry) {
    uint64_t behind_alnum = masks->alnum << 1 | (*carry & 1);
    uint64_t behind_end = masks->line_ends << 1 | (*carry >> 1 & 1);
    uint64_t may_be_digit = masks->digits_behind << 1 | (*carry >> 2 & 1);
    *carry = masks->alnum >> 63 | masks->line_ends >> 63 << 1 | masks->digits_behind >> 63 << 2;
    return (masks->alnum & ~behind_alnum & (may_be_digit | ~masks->digits)) | behind_end |
           masks->free;
}

/* For the builds: write the offsets of the bits of a block's mask. Eight are written at a time,
 * whether they are there or not: so the usual number costs no branch that is hard to foresee. */
static inline uint32_t *starts_write(uint32_t *places, uint32_t at, uint64_t mask) {
    uint32_t *end = places + __builtin_popcountll(mask);
    do {
        for (int i = 0; i < 8; i++) {
            places[i] = at + (uint32_t)__builtin_ctzll(mask | (uint64_t)1 << 63);
            mask &= mask - 1;
        }
        places += 8;
    } while (mask);
    return end;
}

/* For the builds: list the places of blocks by what finds those of one. It becomes part of the
 * caller, for whose processor it is compiled. */
__attribute__((always_inline)) static inline size_t
starts_list_by(uint64_t (*mark)(const struct starts *starts, const char *bytes, uint64_t *carry),
               const struct starts *starts, struct starts_text *text, uint32_t *places) {
    uint32_t *end = places;
    for (; text->blocks; text->blocks--) {
        end = starts_write(end, text->at, mark(starts, text->bytes, &text->carry));
        text->bytes += STARTS_BLOCK;
        text->at += STARTS_BLOCK;
    }
    return (size_t)(end - places);
}

/* for the builds that have nothing better */
size_t starts_keep_portable(const uint32_t *table, const char *text, uint32_t *places,
                            size_t count);

/* The builds: each sets its functions, or says that this processor cannot run them. */
bool starts_use_ssse3(struct starts *starts);
bool starts_use_avx2(struct starts *starts);
bool starts_use_avx512(struct starts *starts);
bool starts_use_neon(struct starts *starts);

#endif
