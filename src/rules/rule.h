#ifndef RULE_H
#define RULE_H

#include "arena.h"
#include "notation.h"
#include "number.h"
#include "pattern.h"

/* A line that proves a rule: as a `sample` it must hit and yield `code`, as a `silent` it must not
 * hit. */
struct proof {
    struct view text;
    struct view code; /* empty for a silent one */
    bool silent;
    size_t line, column;
    struct proof *next;
};

/* A rule says where codes stand (a pattern) and which families they belong to. It looks at the text
 * of its file. */
struct rule {
    struct view name;
    struct view origin; /* of the file */
    size_t line;        /* of its head */
    struct pattern *pattern;
    struct view families; /* words, the first to be asked first */
    size_t families_line, families_column;
    enum base base;
    bool unproven;        /* its samples are still to be run */
    bool textual;         /* some family's codes are text; set when the families are known */
    struct proof *proofs; /* in the order of the file */
    unsigned layer;       /* of a higher layer: before those of a lower one */
    size_t order;         /* within the layer */
};

/* Read the rule whose head has just been read as `head`, up to the next head, which is left in
 * `*head`. `*ret_more` says whether there is one. NULL and the fault when the rule is no rule. What
 * it needs is taken from the arena; its pattern is for rule_clean. */
struct rule *rule_read(struct notation_reader *reader, struct notation_line *head,
                       struct arena *arena, bool *ret_more, struct fault *fault);

/* free the rule's pattern */
void rule_clean(struct rule *rule);

#endif
