#ifndef TARGET_H
#define TARGET_H

#include "files.h"
#include "pump.h"

/* Where the output of a run goes: to standard output, below a directory, or into the files
 * themselves. */
struct target {
    const struct options *options;
    struct journals *journals; /* NULL where nothing is delivered */
    struct delivery delivery;
    bool delivering;
    struct buffer name; /* of the file below the directory, ended by NUL */
};

/* Make what the options want; false after a message. */
bool target_init(struct target *target, const struct options *options,
                 const struct files_wanted *wanted);

/* The run is over; when it was `whole`, there is nothing to be resumed. False after a message. */
bool target_end(struct target *target, bool whole);

/* How it goes on with a file or a stream. */
enum target_state {
    TARGET_READY,
    TARGET_DONE,   /* an interrupted run has done it */
    TARGET_REFUSED /* after a message */
};

/* A file is to be read: in place, `*ret_source` is opened in place of it, else -1. */
enum target_state target_open(struct target *target, const char *path, int *ret_source);

/* Let the outlet begin with a stream of a file; `member` is its name in an archive, else NULL. */
enum target_state target_begin(struct target *target, struct outlet *outlet,
                               const struct files_item *item, const char *member,
                               struct unpack_about about);

/* The stream is over: what was delivered is put in place when it is `whole`, else given up. False
 * after a message. */
bool target_close(struct target *target, struct pump *pump, bool whole);

#endif
