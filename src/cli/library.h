#ifndef LIBRARY_H
#define LIBRARY_H

#include <time.h>

#include "buffer.h"
#include "options.h"

/* Who is told what goes wrong, a line at a time, and what changes. */
typedef void library_tell(void *context, const char *message);

/* The glossary of a program that runs for long: made of what is valid, and made anew when files
 * change. */
struct library {
    const struct options *options;
    library_tell *tell;
    void *context;
    eg_glossary *glossary; /* NULL when memory ran out */
    struct buffer passed;  /* the steps that were passed over, each ended by a NUL */
    uint64_t stamp;        /* of the plan that was tried last */
    time_t looked;         /* when files were looked at last, in seconds of a steady clock */
};

/* Load what is valid: a file, folder or option in which something is wrong is told and passed over.
 * Where something does not go with the rest and no file or option alone is to blame, the user's
 * files are, at last what is built in. */
void library_open(struct library *library, const struct options *options, library_tell *tell,
                  void *context);

void library_close(struct library *library);

/* Say whether files may have changed since they were read: looks at them once a second at most. */
bool library_is_stale(struct library *library);

/* Read all anew. What was passed over before may be wrong still; where anything else is, the
 * glossary stays as it is, and that is told. Returns the glossary that was in use until now where
 * another is now, for the caller to free; else NULL. */
eg_glossary *library_renew(struct library *library);

#endif
