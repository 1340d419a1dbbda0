#ifndef SEARCH_H
#define SEARCH_H

#include "scan.h"

/* A rule at work on a text. */
struct search {
    struct scan *scan;
    const struct rule *rule;
    size_t rank;
    struct view text;
    unsigned flags;
};

/* Add what the rule finds in the text to the scan's candidates; false when there is no memory. */
bool search_all(const struct search *search);

/* Add what the rule finds at that place of the text, where the last search of the piece has not
 * gone beyond it. False when there is no memory. */
bool search_place(const struct search *search, size_t at);

/* Say whether the words that the candidate's rule wants stand before its match in the text. */
bool search_holds(const struct search *search, const struct candidate *candidate);

/* Lower `*ret_undecided` to the first place where the rest of an open line could still make a code
 * of the rule end. */
void search_open(const struct search *search, size_t *ret_undecided);

/* Add what stands in the rule's column, as the header line at hand tells. Of a piece without the
 * line's end only `*ret_undecided` is lowered to where the column begins. */
bool search_column(const struct search *search, const struct piece *piece, size_t *ret_undecided);

/* Do what the rule is for, and lower `*ret_undecided` to the first place of an open piece where the
 * rest of the line could still make a code of it end. */
bool search_rule(const struct search *search, const struct piece *piece, size_t *ret_undecided);

/* Drop the candidates of rules that are for other dialects than the line's, and ask whether the
 * codes of the others are known where their rules want that. */
void search_weigh(struct scan *scan, const struct piece *piece);

#endif
