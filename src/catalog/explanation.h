#ifndef EXPLANATION_H
#define EXPLANATION_H

#include "fault.h"
#include "view.h"

/* An explanation says at length what a row says in a line. Its file, `FAMILY.explain`, holds one
 * entry a code: `[13883]`, then every section, each opened by its name and a colon at the start of
 * a line and going on over the indented lines that follow; `#` at the start of a line is a comment.
 */
enum section {
    SECTION_MEANING, /* what the code means */
    SECTION_WHERE,   /* where it is met */
    SECTION_CAUSES,  /* the usual causes, the likeliest first; one a line behind `- ` */
    SECTION_STEPS,   /* what to check or do; one a line behind `- ` */
    SECTION_RELATED, /* codes of the family, or FAMILY:CODE */
    SECTIONS
};

struct explanation {
    struct view code;
    struct view sections[SECTIONS];
    size_t line; /* of its head */
};

/* A reader of such a file; zeroed but for text and origin it stands at the start. */
struct explanation_reader {
    struct view text;
    struct view origin;
    size_t from, line;
};

/* What the reader met. */
enum explained { EXPLAINED_ENTRY, EXPLAINED_END, EXPLAINED_FAULT };

/* read the next entry; on EXPLAINED_FAULT `fault` says what is wrong with it */
enum explained explanation_next(struct explanation_reader *reader, struct explanation *ret,
                                struct fault *fault);

/* the name of a section as files write it */
struct view section_name(enum section section);

#endif
