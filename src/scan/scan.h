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
    size_t begin;      /* of the match, in the text without colours */
    bool doubtful;     /* its rule wants words before the match that were not looked for yet */
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

/* Where a rule stands in the piece at hand. */
struct turn {
    uint32_t piece; /* the last piece in which it was asked */
    bool given_up;  /* its regex ran away there */
    size_t from;    /* its next match begins here or later */
};

/* Where in the piece at hand the words of a rule begin that are to stand before its matches. */
struct words_before {
    uint32_t piece;     /* the last piece in which they were met */
    size_t last, other; /* the last place, and the one before it; SIZE_MAX for none */
};

/* One thread's scratch for scanning. */
struct scan {
    const struct ruleset *rules;
    struct sweep sweep;         /* of the gate of the rules, where there is one */
    struct places places;       /* of the piece at hand */
    struct view ahead;          /* lines that were swept before they became pieces */
    struct places coming;       /* their places */
    size_t passed;              /* how many of these lie behind */
    size_t longer;              /* where the next of these lines over PIECE_MOST begins */
    size_t looked;              /* and how many were looked at for the next line */
    struct turn *turns;         /* by the ranks of the rules */
    struct words_before *words; /* likewise */
    uint32_t pieces;
    size_t *others; /* ranks of the rules that no gate follows, columns among them */
    size_t other_count;
    bool all_followed;         /* there are none but columns */
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

/* Make the gate of the rules that find codes; false when there is no memory. */
bool scan_gate(struct gate *gate, const struct ruleset *rules, enum starts_build build);

/* Make the scratch for these rules; without a gate (NULL) every rule is asked of every line. False
 * when there is no memory. */
bool scan_init(struct scan *scan, const struct ruleset *rules, const struct gate *gate,
               struct evidence *evidence);

void scan_free(struct scan *scan);

/* Find the candidates of a piece, in the order of their starts, losers among them; the evidence has
 * looked at it then. A rule that costs too much gives up the rest of the line; what it found before
 * stands. In an open piece no gloss at or behind `*ret_undecided` is final yet. False when there is
 * no memory. */
bool scan_piece(struct scan *scan, const struct piece *piece, size_t *ret_undecided);

/* Say whether lines can be told to hold nothing without being looked at one by one. */
bool scan_sees_ahead(const struct scan *scan);

/* Sweep whole lines that will become pieces; what was swept before is forgotten. They must stay
 * where they are until then. False when there is no memory. */
bool scan_ahead(struct scan *scan, struct view lines);

/* The first of these lines at or behind offset `from` that has to be looked at: a rule could hit
 * it, or it holds a colour, a brace or a header; their size when there is none. */
size_t scan_next_line(struct scan *scan, size_t from);

/* Run the samples and silent lines of a rule; false and the fault for the first that fails. */
bool scan_prove(struct scan *scan, const struct rule *rule, struct fault *fault);

#endif
