#include "starts.h"

static uint64_t mark(const struct starts *starts, const char *bytes, uint64_t *carry) {
    uint64_t alnum = 0, free = 0, line_ends = 0;
    for (size_t i = 0; i < STARTS_BLOCK; i++) {
        const bool *member = starts->member[(unsigned char)bytes[i]];
        alnum |= (uint64_t)member[0] << i;
        free |= (uint64_t)member[1] << i;
        line_ends |= (uint64_t)(bytes[i] == '\n') << i;
    }
    return starts_combine(alnum, line_ends, free, carry);
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

static void make_halves(unsigned char halves[2][16], const struct byteset *set) {
    memset(halves, 0, 32);
    for (unsigned byte = 0; byte < 256; byte++)
        if (byteset_has(set, (unsigned char)byte))
            halves[byte >> 7][byte & 15] |= (unsigned char)(1 << (byte >> 4 & 7));
}

static void choose(struct starts *starts, enum starts_build build) {
    starts->list = build == STARTS_PORTABLE || build == STARTS_BEST ? list_portable : NULL;
#if defined(__x86_64__) || defined(__i386__)
    bool best = build == STARTS_BEST;
    if ((best || build == STARTS_SSSE3) && __builtin_cpu_supports("ssse3"))
        starts->list = starts_list_ssse3;
    if ((best || build == STARTS_AVX2) && __builtin_cpu_supports("avx2") &&
        __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt"))
        starts->list = starts_list_avx2;
#elif defined(__aarch64__)
    if (build == STARTS_BEST || build == STARTS_NEON) starts->list = starts_list_neon;
#endif
}

bool starts_runs(enum starts_build build) {
    struct starts starts;
    choose(&starts, build);
    return starts.list != NULL;
}

bool starts_init(struct starts *starts, const struct byteset *free, enum starts_build build) {
    struct byteset alnum = {0};
    byteset_add_named(&alnum, VIEW("alnum"));
    make_halves(starts->alnum, &alnum);
    make_halves(starts->free, free);
    for (unsigned byte = 0; byte < 256; byte++) {
        starts->member[byte][0] = byteset_has(&alnum, (unsigned char)byte);
        starts->member[byte][1] = byteset_has(free, (unsigned char)byte);
    }
    choose(starts, build);
    return starts->list != NULL;
}
