#ifndef NOTATION_H
#define NOTATION_H

#include "fault.h"
#include "view.h"

/* The notation of rule files: `[rule-name]` opens a rule, `key = value` belongs to it, the value
 * stands as it is up to the end of the line (only blanks around it are dropped), `#` or `;` at the
 * start of a line is a comment. */
enum notation { NOTATION_RULE, NOTATION_KEY, NOTATION_END, NOTATION_FAULT };

/* A reader of that notation. */
struct notation_reader {
    struct view text;
    struct view origin;
    size_t from; /* offset of the next line */
    size_t line; /* number of the line just read */
};

/* What a line said. */
struct notation_line {
    struct view name;  /* of the rule, or the key */
    struct view value; /* of the key */
    size_t line;
    size_t name_column, value_column; /* from 1, in bytes */
};

/* read up to the next line that says something */
enum notation notation_next(struct notation_reader *reader, struct notation_line *ret,
                            struct fault *fault);

#endif
