#ifndef SOURCE_H
#define SOURCE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A source is a descriptor that bytes are read from. Its flags are left as they are: one that does
 * not block is waited for. */
struct source {
    int descriptor;
    bool owned;                        /* it is closed with the source */
    bool regular;                      /* a file: reading it never blocks for long */
    uint64_t from;                     /* where in the file the stream begins */
    const volatile sig_atomic_t *stop; /* set by a signal handler: read no more; or NULL */
};

/* What reading brought. */
enum source_state {
    SOURCE_BYTES,
    SOURCE_END,
    SOURCE_STOPPED, /* `stop` was set before bytes came */
    SOURCE_FAILED   /* errno says why */
};

/* Open a file, or standard input for "-"; a pipe is made wide. False when that fails; errno says
 * why. */
bool source_open(struct source *source, const char *path, const volatile sig_atomic_t *stop);

/* Make a source of a descriptor, which stays the caller's. */
void source_from(struct source *source, int descriptor, const volatile sig_atomic_t *stop);

void source_close(struct source *source);

/* Wait for bytes and read up to `size` of them, whatever is there. A signal that comes while it
 * waits ends the wait. */
enum source_state source_read(const struct source *source, char *bytes, size_t size,
                              size_t *ret_size);

/* How many bytes are left to read, of a file that can be read at any place; false for another. */
bool source_left(const struct source *source, uint64_t *ret_left);

/* Read up to `size` bytes at offset `at` of such a stream; where it stands for source_read stays.
 * Threads may do so at once. */
enum source_state source_read_at(const struct source *source, uint64_t at, char *bytes, size_t size,
                                 size_t *ret_size);

/* say whether reading now would have to wait */
bool source_would_wait(const struct source *source);

/* say whether nothing comes for so long, not even the end */
bool source_is_silent(const struct source *source, int milliseconds);

#endif
