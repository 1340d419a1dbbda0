#ifndef ROW_H
#define ROW_H

#include "fault.h"
#include "view.h"

/* A catalog's text is UTF-8, its lines end in LF or CR LF; blank lines and lines that start with
 * `#` are passed over, every other is a row: `code TAB symbol TAB summary`, the summary may be
 * absent. A symbol is `-` (none) or letters, digits, `_`, `.`, `+`, `-`. Neither holds braces or
 * control characters: a gloss could not be told from the log again. */
enum { SYMBOL_MOST = 128, SUMMARY_MOST = 880, CODE_MOST = 64 };

struct row {
    struct view code;
    struct view symbol;  /* empty where the family has none */
    struct view summary; /* empty where there is none */
};

/* Cut the line that starts at `*from` out of the text, without its end, and move `*from` behind it;
 * false at the end of the text. */
bool row_next_line(struct view text, size_t *from, struct view *ret_line);

/* say whether the line holds no row: it is blank or a comment */
bool row_is_passed_over(struct view line);

/* take a line apart at its tabs, without a check: what is absent is empty */
struct row row_split(struct view line);

/* Check that a line is a row. Where it is not, false and the fault, at `number` of `origin`. */
bool row_check(struct view line, struct view origin, size_t number, struct fault *fault);

#endif
