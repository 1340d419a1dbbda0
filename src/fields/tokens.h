#ifndef TOKENS_H
#define TOKENS_H

#include "view.h"

/* Deeper than this no text is JSON to us. */
enum { DEPTH_MOST = 512 };

/* The tokens of a JSON text (RFC 8259). */
enum token {
    TOKEN_OBJECT, /* an object begins */
    TOKEN_ARRAY,  /* an array begins */
    TOKEN_CLOSE,  /* the innermost of them ends */
    TOKEN_NAME,   /* of a member; its value follows */
    TOKEN_STRING, /* a value */
    TOKEN_OTHER,  /* a number, true, false or null */
    TOKEN_END,    /* the text was one value */
    TOKEN_WRONG   /* it is no JSON; nothing more is to be asked */
};

/* Reads tokens off a text. Bytes of 0x80 and above may stand in any string, well-formed or not, and
 * so may lone surrogates; all else is as strict as the RFC. */
struct tokens {
    struct view text;
    size_t at;
    size_t depth;       /* how many objects and arrays are open */
    struct view string; /* the last name or string, as it is escaped, without its quotes */
    int wanted;         /* what has to come */
    bool objects[DEPTH_MOST + 1]; /* which are objects, by their depth */
};

/* begin with a text, which stays where it is */
void tokens_begin(struct tokens *tokens, struct view text);

/* read the next one */
enum token tokens_next(struct tokens *tokens);

#endif
