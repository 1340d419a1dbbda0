#ifndef RULESET_H
#define RULESET_H

#include "rule.h"

/* The rules that are asked, in the order in which they win: higher layers first, then as written;
 * and behind them the dialects, in the same order. */
struct ruleset {
    struct rule **rules;
    size_t count;
    size_t codes; /* how many of them find codes; once sorted */
    size_t capacity;
    size_t orders; /* how many rules were ever added */
    struct arena arena;
};

/* free the rules and the set */
void ruleset_free(struct ruleset *set);

/* Read a rule file's text into the set. A rule replaces one of the same name that another file
 * gave; in one file a name stands once. `origin` and `text` must outlive the set. The regexes of
 * what is `trusted` are not checked and its samples are taken for proven. On a fault the set holds
 * what was read before. */
bool ruleset_add(struct ruleset *set, struct view origin, struct view text, unsigned layer,
                 bool trusted, struct fault *fault);

/* the rule of that name; NULL where there is none */
const struct rule *ruleset_find(const struct ruleset *set, struct view name);

/* take the rule of that name out; false where there is none */
bool ruleset_drop(struct ruleset *set, struct view name);

/* take the rules out that look for symbols */
void ruleset_drop_symbols(struct ruleset *set);

/* bring the rules into the order in which they win, and number their patterns */
void ruleset_sort(struct ruleset *set);

/* The most dialects that there can be, and the rank that stands for none of them: a rule may be
 * for lines of which none is known. */
enum { DIALECTS_MOST = 63, NO_DIALECT = DIALECTS_MOST };

/* a dialect, in the order in which they win, once sorted; NULL behind the last */
static inline const struct rule *ruleset_dialect(const struct ruleset *set, size_t index) {
    return set->codes + index < set->count ? set->rules[set->codes + index] : NULL;
}

/* Make the sets of dialects out of the names in the rules, once sorted. False and the fault where a
 * name is unknown or there are too many dialects. */
bool ruleset_bind_dialects(struct ruleset *set, struct fault *fault);

/* how many numbers the patterns of the rules have, once sorted */
static inline size_t ruleset_patterns(const struct ruleset *set) {
    return 2 * set->count;
}

#endif
