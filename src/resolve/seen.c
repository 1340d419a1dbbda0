#include "seen.h"

static struct seen key_of(const struct resolver *resolver, const struct answer *answer) {
    const struct catalog *catalog = answer_catalog(answer);
    size_t first =
        answer->finding == FOUND_EXACT ? answer->exact.rows.first : answer->carried.rows.first;
    return (struct seen){resolver->line, catalog, catalog ? first : answer->value};
}

static size_t hash(const struct seen *key) {
    uint64_t mixed = ((uint64_t)(uintptr_t)key->catalog >> 4) * 0x9e3779b97f4a7c15u + key->code;
    return (size_t)((mixed * 0x9e3779b97f4a7c15u) >> 32) % SEEN_PLACES;
}

bool seen_before(struct resolver *resolver, const struct answer *answer) {
    struct seen key = key_of(resolver, answer);
    size_t place = hash(&key);
    for (; resolver->seen[place].line == resolver->line; place = (place + 1) % SEEN_PLACES) {
        const struct seen *seen = &resolver->seen[place];
        if (seen->catalog == key.catalog && seen->code == key.code) return true;
    }
    if (resolver->seen_count == SEEN_PLACES / 2) return false;
    resolver->seen_count++;
    resolver->seen[place] = key;
    return false;
}
