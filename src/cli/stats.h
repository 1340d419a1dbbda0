#ifndef STATS_H
#define STATS_H

#include "errgloss.h"

/* add up what was counted */
void stats_add(eg_stats *sum, eg_stats more);

/* what was counted since then */
eg_stats stats_since(eg_stats now, eg_stats then);

#endif
