#ifndef SHAPE_H
#define SHAPE_H

#include "view.h"

/* What a shape of time has been read into, from `at` on. */
struct reading {
    struct view text;
    size_t at;
    int year, month, day, hour, minute, second;
    int64_t ahead; /* seconds by which the clock is ahead of UTC */
    int64_t epoch; /* or the seconds since 1970 themselves; -1 */
};

/* Read a time of a shape at `reading->at`; false where none stands there, or a digit behind it. In
 * `letters` a byte stands for itself but for these:
 *
 *   Y m d  year of four digits, month and day of two       b a  name of a month, of a weekday
 *   n D    month, day of one or two digits                 g    letter of a level: I W E F
 *   H M S  hour, minute, second of two digits              h p  hour of one or two, AM or PM
 *   f F    fraction, that may stand or must stand          T    T, a blank or a tab
 *   z Z    offset or Z, that may stand; an offset          B    minutes to UTC, that may stand
 *   E      seconds since 1970 of ten digits                q    `" date="`
 *   y      year of two digits, of this century */
bool shape_take(struct reading *reading, const char *letters);

#endif
