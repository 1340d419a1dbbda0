#include "starts.h"

static uint64_t mark(const struct starts *starts, const char *bytes, uint64_t *carry) {
    struct starts_masks masks = {0};
    for (size_t i = 0; i < STARTS_BLOCK; i++) {
        uint64_t kind = starts->kinds[(unsigned char)bytes[i]];
        masks.alnum |= (kind & STARTS_ALNUM) << i;
        masks.free |= (kind / STARTS_FREE & 1) << i;
        masks.digits_behind |= (kind / STARTS_DIGITS_BEHIND & 1) << i;
        masks.digits |= (kind / STARTS_DIGIT & 1) << i;
        masks.line_ends |= (kind / STARTS_LINE_END & 1) << i;
    }
    return starts_combine(&masks, carry);
}

static size_t list_portable(const struct starts *starts, struct starts_text *text,
                            uint32_t *places) {
    return starts_list_by(mark, starts, text, places);
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

static bool use_portable(struct starts *starts) {
    starts->list = list_portable;
    starts->keep = starts_keep_portable;
    return true;
}

/* The builds, a better one behind the others. */
static bool (*const uses[])(struct starts *) = {
    [STARTS_PORTABLE] = use_portable, [STARTS_SSSE3] = starts_use_ssse3,
    [STARTS_AVX2] = starts_use_avx2,  [STARTS_AVX512] = starts_use_avx512,
    [STARTS_NEON] = starts_use_neon,
};

static bool choose(struct starts *starts, enum starts_build build) {
    if (build != STARTS_BEST) return uses[build](starts);
    size_t best = sizeof uses / sizeof *uses - 1;
    while (!uses[best](starts)) best--;
    return true;
}

bool starts_runs(enum starts_build build) {
    struct starts starts;
    return choose(&starts, build);
}

static void add_kind(struct starts *starts, const struct byteset *set, unsigned char kind) {
    for (unsigned byte = 0; byte < 256; byte++)
        if (byteset_has(set, (unsigned char)byte)) starts->kinds[byte] |= kind;
}

bool starts_init(struct starts *starts, const struct byteset *free,
                 const struct byteset *digits_behind, enum starts_build build) {
    struct byteset alnum = {0}, digits = {0}, line_end = {0};
    byteset_add_named(&alnum, VIEW("alnum"));
    byteset_add_range(&digits, '1', '9');
    byteset_add(&line_end, '\n');
    make_halves(starts->alnum, &alnum);
    make_halves(starts->free, free);
    make_halves(starts->digits_behind, digits_behind);
    memset(starts->kinds, 0, sizeof starts->kinds);
    add_kind(starts, &alnum, STARTS_ALNUM);
    add_kind(starts, free, STARTS_FREE);
    add_kind(starts, digits_behind, STARTS_DIGITS_BEHIND);
    add_kind(starts, &digits, STARTS_DIGIT);
    add_kind(starts, &line_end, STARTS_LINE_END);
    return choose(starts, build);
}
