#ifndef COMMANDS_H
#define COMMANDS_H

#include "options.h"

/* A subcommand. */
struct command {
    const char *name;
    const char *operands; /* as the usage shows them */
    const char *summary;
    int (*run)(const struct options *options);
    unsigned options; /* the kinds of options that go with it */
    bool takes_codes; /* an operand may be a negative number */
};

/* the subcommand of that name, or NULL; the one without a name is the filter */
const struct command *command_find(const char *name);

/* the subcommand whose name is nearest to a misspelt one; NULL when none is near */
const struct command *command_near(const char *name);

/* print the help of the program or of a subcommand */
void command_help(const struct command *command);

/* The subcommands; each returns the program's exit status. */
int run_filter(const struct options *options);
int run_lookup(const struct options *options);
int run_explain(const struct options *options);
int run_search(const struct options *options);
int run_strip(const struct options *options);
int run_report(const struct options *options);
int run_why(const struct options *options);
int run_stage(const struct options *options);
int run_list(const struct options *options);
int run_check(const struct options *options);
int run_import(const struct options *options);

#endif
