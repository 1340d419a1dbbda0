#include "sequence.h"

#include <stdlib.h>

#include "buffer.h"

void sequence_free(struct sequence *sequence) {
    free(sequence->at);
    *sequence = (struct sequence){0};
}

bool sequence_collect(struct sequence *sequence, const struct item *item) {
    if (item->kind == ITEM_BOTH)
        return sequence_collect(sequence, item->left) && sequence_collect(sequence, item->right);
    void *at = sequence->at;
    if (!grow_array(&at, &sequence->capacity, sequence->count + 1, sizeof *sequence->at))
        return false;
    sequence->at = at;
    sequence->at[sequence->count++] = item;
    return true;
}

/* Add the bytes that the item may begin with; false when it may be empty. */
static bool add_first(struct byteset *set, const struct item *item) {
    switch (item->kind) {
    case ITEM_SET:
        byteset_join(set, &item->set);
        return true;
    case ITEM_BOTH:
        return add_first(set, item->left) || add_first(set, item->right);
    case ITEM_EITHER:
        return (int)add_first(set, item->left) & (int)add_first(set, item->right);
    case ITEM_REPEAT:
        return add_first(set, item->left) && item->least > 0;
    default:
        return false;
    }
}

static bool holds_no_mark(const struct byteset *set) {
    struct byteset marks = {0};
    byteset_add_named(&marks, VIEW("alnum"));
    byteset_invert(&marks);
    for (size_t i = 0; i < 4; i++)
        if (marks.bits[i] & set->bits[i]) return false;
    return true;
}

/* How many items at the begin are marks, where what comes behind them begins with a letter or
 * digit, and the last of them is no blank, which stands before most words; else 0. */
size_t sequence_marks(const struct sequence *sequence, uint8_t *ret_marks,
                      const struct byteset **ret_last) {
    struct byteset first = {0};
    size_t at = 0, marks = 0;
    for (; at < sequence->count && marks < SHIFT_MOST; at++) {
        const struct item *item = sequence->at[at];
        if (item->kind == ITEM_EDGE || item->kind == ITEM_BEHIND) continue;
        if (item->kind != ITEM_SET || byteset_has_word(&item->set)) break;
        *ret_last = &item->set;
        marks++;
    }
    bool begins = at < sequence->count && add_first(&first, sequence->at[at]);
    if (marks == 0 || !begins || !holds_no_mark(&first) || byteset_has(*ret_last, ' ')) return 0;
    *ret_marks = (uint8_t)marks;
    return at;
}

/* What is followed of a sequence of which only the begin matters: up to a gap or the end. */
size_t sequence_begin(const struct sequence *sequence) {
    size_t count = 0;
    for (; count < sequence->count; count++) {
        const struct item *item = sequence->at[count];
        if (item->kind == ITEM_END || (item->kind == ITEM_REPEAT && item->most > GAP_LEAST)) break;
    }
    return count;
}

/* A way to its end would ask for the line's. */
static bool holds_end(const struct item *item) {
    return item->kind == ITEM_END || (item->left && holds_end(item->left)) ||
           (item->right && holds_end(item->right));
}

enum { BEGINS_MOST = 3 };

/* Not too many letters may come first, nor a blank. */
bool sequence_is_narrow(const struct sequence *sequence, size_t count) {
    struct byteset first = {0};
    size_t at = 0, letters = 0;
    for (size_t i = 0; i < count; i++)
        if (holds_end(sequence->at[i])) return false;
    while (at < count && !add_first(&first, sequence->at[at])) at++;
    byteset_ignore_case(&first);
    for (unsigned letter = 'a'; letter <= 'z'; letter++)
        letters += byteset_has(&first, (unsigned char)letter);
    return at < count && letters <= BEGINS_MOST && !byteset_has(&first, ' ');
}
