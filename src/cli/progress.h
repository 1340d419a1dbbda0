#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* How far a run is, on standard error: a line that is written over on a terminal, a line each few
 * seconds elsewhere. One thread at a time. Zeroed memory shows nothing. */
struct progress {
    bool shown, terminal;
    uint64_t files, bytes; /* in all; 0 where that is not known */
    uint64_t file;         /* the one at hand, from 1 */
    uint64_t done;         /* bytes of the files before it */
    struct timespec began, last;
    bool written; /* a line stands on the terminal */
};

/* say whether progress is to be told: `when` is WHEN_AUTO and so on, and automatic where standard
 * error is a terminal, and output does not go there or is `quiet` meanwhile */
bool progress_is_wanted(unsigned when, bool quiet);

/* Begin a run over so many files and bytes, 0 where that is not known: nothing is told then unless
 * that is wanted always. */
void progress_begin(struct progress *progress, unsigned when, uint64_t files, uint64_t bytes);

/* the next file is at hand; it is done, and had so many bytes */
void progress_file(struct progress *progress);
void progress_done(struct progress *progress, uint64_t bytes);

/* So many bytes of the file are through, and so many hits found in all. Tells it, not too often. */
void progress_step(struct progress *progress, uint64_t bytes, uint64_t hits);

/* Clear the line away, as for a message. */
void progress_clear(struct progress *progress);

#endif
