#ifndef WHOLE_H
#define WHOLE_H

#include "rule.h"

/* A code is a whole word of its kind: its digits do not go on before or behind it. That keeps
 * numbers from being cut, and says at once where a code can end in a line that is not complete. */

/* say whether the code at [start, end) of the text is whole, holds a digit where codes are numbers,
 * and is of a size that codes have */
bool code_is_whole(const struct rule *rule, struct view text, size_t start, size_t end);

/* the first offset behind `from` where a code of the rule could end; the text's size when only
 * bytes to come can tell */
size_t code_first_end(const struct rule *rule, struct view text, size_t from);

#endif
