#ifndef IMPORT_H
#define IMPORT_H

#include "harvest.h"

/* The forms in which codes are published. */
enum form {
    FORM_HEADER,   /* C: #define NAME CODE, its meaning in a comment above or behind */
    FORM_MESSAGES, /* the text of a message compiler, .mc */
    FORM_MANIFEST, /* the XML of an instrumentation manifest, .man */
    FORM_CSV,      /* columns divided by commas, semicolons or tabs */
    FORM_JSON,     /* an array of objects, an object by code or symbol, or a line for each object */
    FORM_JOURNAL,  /* the message catalog of systemd-journald, .catalog */
    FORMS
};

/* the form's name: "header", "mc", "man", "csv", "json", "catalog" */
const char *form_name(enum form form);

/* the form of that name; false where there is none */
bool form_named(struct view name, enum form *ret);

/* The form that the ending of a file name tells; false where it tells none. */
bool form_of_file(struct view path, enum form *ret);

/* Read the codes of a text, UTF-8 or (by its byte-order mark) UTF-16. False and the fault, with its
 * line, when it is not of that form or holds no code. */
bool import_text(struct harvest *harvest, enum form form, struct view origin, struct view text,
                 struct fault *fault);

#endif
