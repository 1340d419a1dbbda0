#ifndef AHEAD_H
#define AHEAD_H

#include "scan.h"

/* What a line is looked at for beside the rules: colours, braces, headers. Their numbers in the
 * gate are behind those of the rules, and behind them are the words that rules want before their
 * matches. */
enum { WATCHED = 3 };

/* say whether the piece is one of the lines that were swept ahead */
bool ahead_holds(const struct scan *scan, const struct piece *piece, struct view text);

/* make its places those of the piece at hand; false when there is no memory */
bool ahead_take(struct scan *scan, struct view text);

#endif
