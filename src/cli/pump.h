#ifndef PUMP_H
#define PUMP_H

#include "options.h"

/* What is pumped through. */
struct pump {
    eg_filter *filter;
    const eg_glossary *glossary; /* of the filter; NULL without */
    eg_format format;
    const struct options *options;
    eg_style style;
    const char *name; /* of the stream at hand; NULL for standard input */
    eg_stats shared;  /* what went through other filters than this one */
};

/* Send every operand (standard input without one) through the filter to standard output, large
 * files by several threads. Returns the program's exit status; a file that cannot be read is told
 * and passed over. */
int pump(struct pump *pump);

#endif
