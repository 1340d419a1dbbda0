#ifndef PUMP_H
#define PUMP_H

#include "options.h"

/* Send every operand (standard input without one) through a filter to standard output. Returns the
 * program's exit status; a file that cannot be read is told and passed over. */
int pump(eg_filter *filter, const struct options *options);

#endif
