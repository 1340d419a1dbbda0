#ifndef RANGE_H
#define RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "encoding.h"
#include "options.h"
#include "source.h"

/* Which lines of a file are wanted: those that begin at or behind `from` and before `to`, the line
 * rule of Hadoop's splits. */
struct range {
    uint64_t from, to;
    uint64_t shard, shards; /* the file's part i of n instead; 0 without */
};

/* What the command line wants: all without --byte-range and --shard. False after a message. */
bool range_wanted(const struct options *options, struct range *ret);

/* say whether it is not all of a file */
bool range_is_part(const struct range *range);

/* the range in a file of that size */
struct range range_in(const struct range *range, uint64_t size);

/* Find the begin of the first line that begins at or behind `at`, the end of the file where none
 * does. False when reading fails; errno says why. */
bool range_find_line(const struct source *source, struct guess guess, uint64_t at,
                     uint64_t *ret_line);

#endif
