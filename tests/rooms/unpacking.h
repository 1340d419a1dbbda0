#ifndef UNPACKING_H
#define UNPACKING_H

#include "buffer.h"
#include "testing.h"
#include "unpack.h"

/* How an input is given and what comes out is taken. */
struct way {
    bool file;    /* not a pipe, which a thread writes to */
    bool ahead;   /* by a struct ahead */
    size_t piece; /* bytes given and taken at a time; 0: random ones */
};

/* All that is told of an input: `<next NAME>`, the bytes, `<end>` and so on, with the messages. */
struct buffer transcript(struct view packed, struct way way, struct unpack_limits limits);

/* the bytes alone, and in `*ret_told` (of 300 bytes, or NULL) what was told behind them */
struct buffer unpacked(struct view packed, struct way way, struct unpack_limits limits,
                       char *ret_told);

/* a file of these bytes, as a source to be closed */
struct source file_of(struct view bytes);

/* about `size` bytes of log, never the same line twice */
struct buffer log_text(size_t size);

/* What a shell command, run in a folder that all tests share, makes of an input. */
struct buffer output_of(struct view input, const char *command);

/* skip the test where a program is missing */
void need_tool(const char *name);

/* a random number below `below`; the same ones each time */
size_t random_below(size_t below);

/* make and remove the folder */
int folder_begin(void **state);
int folder_end(void **state);

#endif
