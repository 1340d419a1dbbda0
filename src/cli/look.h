#ifndef CLI_LOOK_H
#define CLI_LOOK_H

#include "report.h"

/* How a report is shown on a descriptor: as wide as its terminal, with sparklines where that shows
 * UTF-8; `colour` is WHEN_AUTO and so on. */
struct report_look look_of(int descriptor, unsigned colour);

#endif
