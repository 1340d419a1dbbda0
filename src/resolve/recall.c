#include "recall.h"

#include <stdlib.h>

/* Longer codes are rare. */
enum { TEXT_MOST = 16, PLACE_BITS = 8 };

struct key {
    char text[TEXT_MOST];
    size_t size, rank, dialect; /* a size of 0 stands for nothing */
};

struct kept {
    struct key key;
    struct hit hit;
};

struct recall {
    struct kept places[1 << PLACE_BITS];
};

struct recall *recall_new(void) {
    return calloc(1, sizeof(struct recall));
}

void recall_free(struct recall *recall) {
    free(recall);
}

static bool make_key(const struct candidate *candidate, struct key *ret) {
    struct view text = candidate->text;
    if (text.size == 0 || text.size > TEXT_MOST) return false;
    *ret = (struct key){
        .size = text.size, .rank = candidate->rank, .dialect = candidate->verdict.dialect};
    memcpy(ret->text, text.at, text.size);
    return true;
}

static size_t place_of(const struct key *key) {
    uint64_t words[2];
    memcpy(words, key->text, sizeof words);
    uint64_t hash = words[0] ^ words[1] * 0xff51afd7ed558ccdu;
    hash ^= (key->rank << 8 | key->dialect) * 0xc2b2ae3d27d4eb4fu;
    return (hash * 0x9e3779b97f4a7c15u) >> (64 - PLACE_BITS);
}

static bool same_key(const struct key *a, const struct key *b) {
    return a->size == b->size && a->rank == b->rank && a->dialect == b->dialect &&
           memcmp(a->text, b->text, sizeof a->text) == 0;
}

const struct hit *recall_find(const struct recall *recall, const struct candidate *candidate) {
    struct key key;
    if (!make_key(candidate, &key)) return NULL;
    const struct kept *kept = &recall->places[place_of(&key)];
    return same_key(&kept->key, &key) ? &kept->hit : NULL;
}

void recall_keep(struct recall *recall, const struct candidate *candidate, const struct hit *hit) {
    struct key key;
    if (make_key(candidate, &key)) recall->places[place_of(&key)] = (struct kept){key, *hit};
}
