#ifndef DELIVERING_H
#define DELIVERING_H

/* What the tests of the room `deliver` share: deliveries that put a mark before what a file holds.
 */
#include "directory.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>

#include "deliver.h"

/* How many files of a directory and below belong to the room: journals and temporary ones. */
static inline int traces(const char *directory) {
    int count = 0;
    char *const roots[] = {(char *)directory, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    assert_non_null(tree);
    for (FTSENT *one; (one = fts_read(tree));)
        count += one->fts_name[0] == '.' && strstr(one->fts_name, ".errgloss") != NULL;
    fts_close(tree);
    return count;
}

/* Write a mark and what the source holds. */
static inline bool copy_marked(struct delivery *delivery) {
    char bytes[64];
    ssize_t got;
    if (!delivery_write(delivery, "mark ", 5)) return false;
    while ((got = read(delivery->source, bytes, sizeof bytes)) > 0)
        if (!delivery_write(delivery, bytes, (size_t)got)) return false;
    return got == 0;
}

/* Go through with what was begun, and say how it went: "", "done", or why not. */
static inline const char *go_on(struct delivery *delivery, enum delivery_state state) {
    if (state == DELIVERY_DONE) return "done";
    if (state == DELIVERY_READY && copy_marked(delivery) && delivery_commit(delivery)) return "";
    return delivery->message ? delivery->message : strerror(errno);
}

static inline const char *rewrite(struct journals *journals, const char *path, const char *suffix) {
    struct delivery delivery;
    return go_on(&delivery, delivery_in_place(&delivery, journals, path, suffix));
}

static inline const char *mirror(struct journals *journals, const char *below, const char *source) {
    struct delivery delivery;
    return go_on(&delivery, delivery_below(&delivery, journals, "out", below, source));
}

/* Say whether the file system here lets a process have a lease, and two files change names. */
static inline bool has_leases(void) {
    put("tried", "");
    put("other", "");
    int file = open("tried", O_RDONLY);
    bool fine = fcntl(file, F_SETLEASE, F_RDLCK) == 0 &&
                renameat2(AT_FDCWD, "tried", AT_FDCWD, "other", RENAME_EXCHANGE) == 0;
    close(file);
    return unlink("tried") == 0 && unlink("other") == 0 && fine;
}

#endif
