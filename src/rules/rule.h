#ifndef RULE_H
#define RULE_H

#include "arena.h"
#include "notation.h"
#include "number.h"
#include "pattern.h"

/* A line that proves a rule: as a `sample` it must hit and yield `code`, as a `silent` it must not
 * hit. */
struct proof {
    struct view given; /* of a column: the header line before it */
    struct view text;
    struct view code; /* empty for a silent one, and for a dialect's */
    bool silent;
    size_t line, column;
    struct proof *next;
};

/* What a rule is about. */
enum rule_kind {
    RULE_MATCH,  /* a code stands where its pattern says */
    RULE_COLUMN, /* a code stands in the column of that name of the last header line */
    RULE_DIALECT /* the program that wrote a line which its pattern matches speaks these families */
};

/* Names in a rule, and where they are written. */
struct naming {
    struct view words;
    size_t line, column;
};

/* A rule says where codes stand and which families they belong to; a dialect says whose lines hold
 * which families. It looks at the text of its file. */
struct rule {
    enum rule_kind kind;
    struct view name;
    struct view origin;     /* of the file */
    size_t line;            /* of its head */
    struct pattern pattern; /* of a code or a dialect */
    struct pattern after;   /* what must stand before a match; its regex is empty for nothing */
    struct view column;
    struct naming families; /* the first to be asked first; `|` divides one reading from the next */
    struct naming spoken;   /* dialects in whose lines alone it is asked; none: in every line */
    uint64_t dialects;      /* the same as a set, by their ranks; made when all are known */
    enum base base;
    bool by_symbol;       /* what stands there is a symbol, not a code */
    bool quiet;           /* a code that no catalog knows is none */
    bool headless;        /* it is asked only where no header line tells the columns */
    bool unproven;        /* its samples are still to be run */
    bool textual;         /* some family's codes are text; set when the families are known */
    bool lettered;        /* and some of these begin with a letter; set then too */
    struct proof *proofs; /* in the order of the file */
    unsigned layer;       /* of a higher layer: before those of a lower one */
    size_t order;         /* within the layer */
};

/* How far before a match its `after` is looked for. */
enum { AFTER_REACH = 320 };

/* Read the rule whose head has just been read as `head`, up to the next head, which is left in
 * `*head`. `*ret_more` says whether there is one. NULL and the fault when the rule is no rule; what
 * is `trusted` has been checked before. What it needs is taken from the arena. */
struct rule *rule_read(struct notation_reader *reader, struct notation_line *head, bool trusted,
                       struct arena *arena, bool *ret_more, struct fault *fault);

#endif
