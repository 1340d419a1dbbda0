#ifndef RECORD_H
#define RECORD_H

#include <sys/stat.h>

#include "arena.h"
#include "buffer.h"

/* What tells one state of a file from another one. Device numbers do not: they may change when the
 * system starts again. */
struct version {
    uint64_t inode, size;
    int64_t seconds, nanoseconds; /* when it was modified */
};

struct version version_of(const struct stat *about);

bool version_equal(struct version a, struct version b);

/* A file that was delivered, or was about to be. */
struct record {
    struct view key; /* its name, or its path below the output directory */
    struct version made;
    struct version source; /* from which it was made */
    bool fresh;            /* this run met it */
};

/* Append the record as a line: the numbers of both versions, then the key with `\n` and `\\` for
 * line ends and backslashes. */
void record_write(const struct record *record, struct buffer *line);

/* Read a line without its end; its key goes to the arena. False where it is none, or no memory. */
bool record_read(struct view line, struct arena *arena, struct record *ret);

/* Records by key and inode. Zeroed memory holds none. */
struct records {
    void *tree;
    struct arena arena;
};

void records_free(struct records *records);

/* take a record, in place of one of that key and inode; false when there is no memory */
bool records_put(struct records *records, const struct record *record);

/* the record of that key and inode; NULL: none */
struct record *records_find(const struct records *records, struct view key, uint64_t inode);

#endif
