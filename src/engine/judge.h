#ifndef JUDGE_H
#define JUDGE_H

#include "glossary.h"

/* A judge finds and explains the codes of a piece: one thread's scratch. */
struct judge {
    struct evidence evidence;
    struct scan scan;
    struct resolver resolver;
};

/* Make the scratch, which is not to be moved; false when there is no memory, and then it is good
 * for judge_free. Memory that is all zero is so too. */
bool judge_init(struct judge *judge, const eg_glossary *glossary);

void judge_free(struct judge *judge);

/* A stream begins. */
void judge_begin(struct judge *judge);

/* Judge a piece: its hits are in `judge->resolver`. A line that ends is evidence for the next: it
 * is judged once. In an open piece no gloss at or behind
 * `*ret_undecided` is final. False when there is no memory. */
bool judge_piece(struct judge *judge, const struct piece *piece, size_t *ret_undecided);

/* Say how many bytes of these lines may be passed over, because no rule can hit them and nothing in
 * them is evidence: whole lines, and none in doubt. `lines` stay where they are until they have
 * been judged; `*ret_size` is the answer. False when there is no memory. */
bool judge_pass(struct judge *judge, struct view lines, size_t *ret_size);

/* What judge_pass was told of before has moved. */
void judge_forget(struct judge *judge);

#endif
