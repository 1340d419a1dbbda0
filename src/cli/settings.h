#ifndef SETTINGS_H
#define SETTINGS_H

#include <stdint.h>

#include "options.h"

/* What an option does with its value. */
enum setting_kind {
    SET_FLAG,    /* true; it has no value */
    SET_WORD,    /* the last one counts */
    SET_MAYBE,   /* a word that may be left out, and is empty then */
    ADD_WORD,    /* all count */
    SET_NUMBER,  /* from `least` to `most` */
    SET_SIZE,    /* of bytes: a number, K, M, G or T behind it for powers of 1024 */
    SET_CHOICE,  /* one of the words in its `value`, by its place there */
    SET_CONTEXT, /* a number of lines, before and after */
};

/* An option: parsing, help and suggestions come from here. */
struct setting {
    const char *name;
    const char *value; /* as the help shows it; NULL for none */
    const char *help;
    enum setting_kind kind;
    size_t offset;  /* of what it sets in struct options */
    unsigned about; /* 0: goes with every command */
    char letter;    /* 0 for none */
    uint64_t least, most;
};

/* all options, in the order of the help */
const struct setting *settings(size_t *ret_count);

/* Set what the option says; `value` is NULL for none. False after a message when it is wrong. */
bool setting_apply(const struct setting *setting, struct options *options, const char *value);

#endif
