#include "stats.h"

void stats_add(eg_stats *sum, eg_stats more) {
    sum->bytes += more.bytes;
    sum->lines += more.lines;
    sum->hits += more.hits;
    sum->glosses += more.glosses;
    sum->skips += more.skips;
}

eg_stats stats_since(eg_stats now, eg_stats then) {
    return (eg_stats){now.bytes - then.bytes, now.lines - then.lines, now.hits - then.hits,
                      now.glosses - then.glosses, now.skips - then.skips};
}
