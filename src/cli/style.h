#ifndef CLI_STYLE_H
#define CLI_STYLE_H

#include "options.h"

/* How the log is to be written, by the command line, the terminal and the environment
 * (no-color.org, bixense.com/clicolors). */
eg_style style_wanted(const struct options *options);

/* say whether what goes to that descriptor is to be coloured; `when` is WHEN_AUTO and so on */
bool style_is_coloured(unsigned when, int descriptor);

/* say whether something of it keeps the lines of a file from being written by several threads: what
 * was told before, or which lines stand near */
bool style_looks_back(const eg_style *style);

/* say whether the command line asks for something that only text has */
bool style_is_of_text(const struct options *options);

#endif
