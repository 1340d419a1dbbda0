#ifndef COMMANDS_H
#define COMMANDS_H

#include "options.h"

/* The subcommands; each returns the program's exit status. */
int run_filter(const struct options *options);
int run_lookup(const struct options *options);
int run_strip(const struct options *options);
int run_why(const struct options *options);
int run_list(const struct options *options);
int run_check(const struct options *options);

#endif
