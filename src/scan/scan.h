#ifndef SCAN_H
#define SCAN_H

#include "colour.h"
#include "evidence.h"
#include "piece.h"
#include "ruleset.h"

/* A place of a piece where a rule says that a code stands. */
struct candidate {
    size_t start, end; /* in the piece's text */
    struct view text;  /* the code without colours; valid until the next piece */
    const struct rule *rule;
    size_t rank;            /* of the rule: a lower one wins */
    struct verdict verdict; /* whose line it is */
    bool unknown; /* its rule says that a code which nobody knows is none, and nobody does */
    bool beaten;  /* it overlaps a longer or earlier candidate, or one that is known */
};

/* Whom to ask whether somebody knows the code of a candidate; nobody where `knows` is NULL. */
struct knower {
    bool (*knows)(const void *context, const struct candidate *candidate);
    const void *context;
};

/* One thread's scratch for scanning. */
struct scan {
    const struct ruleset *rules;
    struct evidence *evidence; /* what rules for a dialect or a column look at */
    struct knower knower;
    struct matcher *matcher;
    bool interpreted; /* never run machine code */
    struct candidate *candidates;
    size_t count, capacity;
    struct uncoloured uncoloured;
    unsigned char *taken; /* while overlaps are settled: the bytes that belong to a winner */
    uint64_t skips;       /* how often a rule gave a line up */
};

/* Nothing in the piece is undecided. */
#define ALL_DECIDED SIZE_MAX

/* make the scratch for these rules; false when there is no memory */
bool scan_init(struct scan *scan, const struct ruleset *rules, struct evidence *evidence);

void scan_free(struct scan *scan);

/* Find the candidates of a piece, in the order of their starts, losers among them; the evidence has
 * looked at it then. A rule that costs too much gives up the rest of the line; what it found before
 * stands. In an open piece no gloss at or behind `*ret_undecided` is final yet. False when there is
 * no memory. */
bool scan_piece(struct scan *scan, const struct piece *piece, size_t *ret_undecided);

/* Run the samples and silent lines of a rule; false and the fault for the first that fails. */
bool scan_prove(struct scan *scan, const struct rule *rule, struct fault *fault);

#endif
