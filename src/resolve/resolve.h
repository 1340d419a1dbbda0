#ifndef RESOLVE_H
#define RESOLVE_H

#include "answer.h"
#include "scan.h"

/* What became of a candidate. The first four are hits. */
enum hit_state {
    HIT_GLOSSED,  /* its gloss stands at `gloss_at` */
    HIT_SHARED,   /* its gloss stands behind the other spelling of the same value */
    HIT_REPEATED, /* the code was met earlier on the line */
    HIT_PLAIN,    /* its symbol stands there and there is no more to say */
    HIT_SUCCESS,  /* it reports success */
    HIT_IGNORED,  /* the user wants no gloss for it */
    HIT_UNKNOWN,  /* no catalog knows it */
    HIT_BEATEN    /* another candidate overlaps it */
};

/* At most three readings are shown. */
enum { OTHERS_MOST = 2 };

/* A candidate, explained or not. */
struct hit {
    size_t start, end; /* in the piece's text */
    struct view text;  /* the code without colours */
    const struct rule *rule;
    size_t rank;
    enum hit_state state;
    struct verdict verdict;            /* whose line it is */
    struct answer answer;              /* the likeliest reading */
    struct answer others[OTHERS_MOST]; /* what else it could be, where nothing tells */
    size_t other_count;
    bool numeric; /* the code is a number: `number` is its value */
    struct number number;
    bool symbol_stands; /* the line holds the symbol beside the code */
    size_t gloss_at;    /* offset of the byte before which the gloss is written */
};

static inline bool hit_counts(const struct hit *hit) {
    return hit->state <= HIT_PLAIN;
}

/* A code that gets no gloss. */
struct ignored {
    struct view family;
    struct view code; /* as spelled by the user */
};

/* What is known and wanted; shared by all threads. */
struct knowledge {
    const struct shelf *shelf;
    const struct ruleset *rules;
    const struct panels *panels; /* of each rule, by its rank */
    bool success;                /* what reports success is explained too */
    const struct ignored *ignored;
    size_t ignored_count;
};

/* One thread's scratch for resolving. */
struct resolver {
    const struct knowledge *knowledge;
    struct hit *hits;
    size_t count, capacity;
    struct recall *recall; /* what codes turned out to be lately */
    struct seen *seen;     /* the codes met on this line: a hash table */
    uint32_t line;         /* which entries of it are of this line */
    size_t seen_count;
};

/* make the scratch; false when there is no memory */
bool resolver_init(struct resolver *resolver, const struct knowledge *knowledge);

void resolver_free(struct resolver *resolver);

/* say whether somebody knows the code of a candidate */
bool resolver_knows(const struct resolver *resolver, const struct candidate *candidate);

/* Explain the candidates of a piece; what became of each is in `hits`. Lowers `*undecided` to the
 * first gloss that bytes to come could change. False when there is no memory. */
bool resolve_piece(struct resolver *resolver, const struct piece *piece,
                   const struct candidate *candidates, size_t count, size_t *undecided);

/* Say whether a reading of a rule is asked in lines of that dialect: where a dialect is known only
 * its readings count; where it has none of its own, all do that are not reserved. */
bool panel_is_asked(const struct panels *panels, size_t index, struct verdict verdict);

#endif
