#ifndef RULESET_H
#define RULESET_H

#include "rule.h"

/* The rules that are asked, in the order in which they win: higher layers first, then as written.
 */
struct ruleset {
    struct rule **rules;
    size_t count;
    size_t capacity;
    size_t orders; /* how many rules were ever added */
    struct arena arena;
};

/* free the rules and the set */
void ruleset_free(struct ruleset *set);

/* Read a rule file's text into the set. A rule replaces one of the same name that another file
 * gave; in one file a name stands once. `origin` and `text` must outlive the set. On a fault the
 * set holds what was read before. */
bool ruleset_add(struct ruleset *set, struct view origin, struct view text, unsigned layer,
                 struct fault *fault);

/* the rule of that name; NULL where there is none */
const struct rule *ruleset_find(const struct ruleset *set, struct view name);

/* take the rule of that name out; false where there is none */
bool ruleset_drop(struct ruleset *set, struct view name);

/* bring the rules into the order in which they win */
void ruleset_sort(struct ruleset *set);

/* the most groups that a rule's pattern has */
uint32_t ruleset_groups(const struct ruleset *set);

#endif
