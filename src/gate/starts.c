#include "starts.h"

enum { ALNUM = 1, FREE = 2, DIGITS_BEHIND = 4 };

static uint64_t mark(const struct starts *starts, const char *bytes, uint64_t *carry) {
    struct starts_masks masks = {0};
    for (size_t i = 0; i < STARTS_BLOCK; i++) {
        uint64_t kind = starts->kinds[(unsigned char)bytes[i]];
        masks.alnum |= (kind & ALNUM) << i;
        masks.free |= (kind / FREE & 1) << i;
        masks.digits_behind |= (kind / DIGITS_BEHIND & 1) << i;
        masks.digits |= (uint64_t)(bytes[i] >= '1' && bytes[i] <= '9') << i;
        masks.line_ends |= (uint64_t)(bytes[i] == '\n') << i;
    }
    return starts_combine(&masks, carry);
}

static size_t list_portable(const struct starts *starts, struct starts_text *text,
                            uint32_t *places) {
    uint32_t *end = places;
    for (; text->blocks; text->blocks--) {
        end = starts_write(end, text->at, mark(starts, text->bytes, &text->carry));
        text->bytes += STARTS_BLOCK;
        text->at += STARTS_BLOCK;
    }
    return (size_t)(end - places);
}

size_t starts_keep_portable(const uint32_t *table, const char *text, uint32_t *places,
                            size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = places[i];
        places[kept] = at;
        kept += heads_pass(table, heads_index((const unsigned char *)text + at));
    }
    return kept;
}

static void make_halves(unsigned char halves[2][16], const struct byteset *set) {
    memset(halves, 0, 32);
    for (unsigned byte = 0; byte < 256; byte++)
        if (byteset_has(set, (unsigned char)byte))
            halves[byte >> 7][byte & 15] |= (unsigned char)(1 << (byte >> 4 & 7));
}

static void choose(struct starts *starts, enum starts_build build) {
    starts->keep = starts_keep_portable;
    starts->list = build == STARTS_PORTABLE || build == STARTS_BEST ? list_portable : NULL;
#if defined(__x86_64__) || defined(__i386__)
    bool best = build == STARTS_BEST;
    if ((best || build == STARTS_SSSE3) && __builtin_cpu_supports("ssse3"))
        starts->list = starts_list_ssse3;
    if ((best || build == STARTS_AVX2) && __builtin_cpu_supports("avx2") &&
        __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
        __builtin_cpu_supports("popcnt")) {
        starts->list = starts_list_avx2;
        starts->keep = starts_keep_bmi2;
    }
#elif defined(__aarch64__)
    if (build == STARTS_BEST || build == STARTS_NEON) starts->list = starts_list_neon;
#endif
}

bool starts_runs(enum starts_build build) {
    struct starts starts;
    choose(&starts, build);
    return starts.list != NULL;
}

static void add_kind(struct starts *starts, const struct byteset *set, unsigned char kind) {
    for (unsigned byte = 0; byte < 256; byte++)
        if (byteset_has(set, (unsigned char)byte)) starts->kinds[byte] |= kind;
}

bool starts_init(struct starts *starts, const struct byteset *free,
                 const struct byteset *digits_behind, enum starts_build build) {
    struct byteset alnum = {0};
    byteset_add_named(&alnum, VIEW("alnum"));
    make_halves(starts->alnum, &alnum);
    make_halves(starts->free, free);
    make_halves(starts->digits_behind, digits_behind);
    memset(starts->kinds, 0, sizeof starts->kinds);
    add_kind(starts, &alnum, ALNUM);
    add_kind(starts, free, FREE);
    add_kind(starts, digits_behind, DIGITS_BEHIND);
    choose(starts, build);
    return starts->list != NULL;
}
