#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "errgloss.h"

/* The statuses that the program ends with. */
enum { STATUS_OK = 0, STATUS_TROUBLE = 1, STATUS_USAGE = 2 };

/* A list of words from the command line, in their order. */
struct words {
    const char **at;
    size_t count;
};

/* What a choice is: by its place among the words of the option's value. */
enum { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_CSV };
enum { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* What the command line said; a word is NULL, a number 0 without its option. */
struct options {
    struct words operands;
    struct words files;            /* --catalog and --rules */
    struct words dropped;          /* --no-rule */
    struct words ignored;          /* --ignore */
    struct words selected;         /* --select */
    struct words include, exclude; /* globs */
    const char *families, *dialect, *gate;
    const char *byte_range, *shard, *html;
    const char *members;                            /* --field */
    const char *files_from, *output_dir, *in_place; /* the last one "" without a suffix */
    const char *form, *output;                      /* --from, --output */
    const char *log_file, *syslog;                  /* the last one "" without a socket */
    char *kept;       /* a glob that matches what --in-place keeps; NULL where it keeps nothing */
    uint64_t threads; /* --jobs */
    uint64_t summary_most, before, after;
    uint64_t max_size, max_ratio, max_memory, max_reply;
    unsigned format, place, colour, encoding, progress, input, into; /* choices */
    bool no_builtin, no_jit, success, symbols, stats, help, version;
    bool once, hyperlinks, only_matching, with_filename;
    bool recursive, no_decompress, decompress, resume, transactions;
};

/* The kinds of options: about catalogs and rules, about matching, about what is written,
 * about importing, about how it looks, about what is read, about
 * writing files, about reports, about stages of a syslog. */
enum {
    ABOUT_KNOWLEDGE = 1,
    ABOUT_MATCHING = 2,
    ABOUT_OUTPUT = 4,
    ABOUT_IMPORT = 8,
    ABOUT_STYLE = 16,
    ABOUT_INPUT = 32,
    ABOUT_FILES = 64,
    ABOUT_REPORT = 128,
    ABOUT_STAGE = 256
};

struct command;

/* Read the command line behind the subcommand's name. False after a message when it is wrong. */
bool options_read(struct options *options, const struct command *command, int argc, char **argv);

void options_free(struct options *options);

/* print the options that go with a subcommand */
void options_help(const struct command *command);

/* print a message to standard error as the program does, `errgloss: ...` */
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

#endif
