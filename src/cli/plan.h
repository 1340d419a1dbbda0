#ifndef PLAN_H
#define PLAN_H

#include "arena.h"
#include "options.h"

/* What goes into a glossary, in its order: the built-in files, then /etc/errgloss,
 * $XDG_CONFIG_HOME/errgloss (or ~/.config/errgloss), $ERRGLOSS_PATH, and what the options say. */
enum step_kind {
    STEP_BUILTIN,
    STEP_OVERLAY, /* what follows wins */
    STEP_FILE,
    STEP_FAULT,  /* a folder that should be there cannot be read, or what it holds is no file */
    STEP_DROP,   /* a rule */
    STEP_IGNORE, /* this and what follows are asked of what is there by then */
    STEP_DIALECT,
    STEP_GATE,
    STEP_FAMILIES,
    STEP_SUCCESS,
    STEP_SYMBOLS
};

struct step {
    enum step_kind kind;
    const char *text; /* of the option, or the path; "" where there is none */
    const char *why;  /* of a fault */
};

struct plan {
    struct arena texts;
    struct step *steps;
    size_t count, capacity;
    uint64_t stamp; /* of what the folders list and of each file: another one when that changed */
};

/* Make the plan of a command line. False when there is no memory; it is to be freed then too. Files
 * that were written just now have a stamp that does not come again: they may be written once more
 * and keep their time. */
bool plan_make(struct plan *plan, const struct options *options);

void plan_free(struct plan *plan);

/* Perform a step. False when it fails, and then the glossary is only good for being freed. */
bool step_perform(const struct step *step, eg_glossary *glossary, eg_fault *fault);

#endif
