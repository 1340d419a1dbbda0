#ifndef DELIVERING_H
#define DELIVERING_H

/* What the tests of the room `deliver` share: a directory to work in, and deliveries that put a
 * mark before what a file holds. */
#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "deliver.h"

/* Every test works in a directory of its own, which is the current one. */
static inline int enter(void **state) {
    char *home = strdup("/tmp/errgloss-deliver.XXXXXX");
    *state = home;
    umask(022);
    return mkdtemp(home) && chdir(home) == 0 ? 0 : -1;
}

static inline int leave(void **state) {
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", (char *)*state);
    int left = chdir("/") || system(command);
    free(*state);
    return left;
}

static inline void put(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* What a file holds, at most 199 bytes; "(none)" where it is not there. */
static inline const char *get(const char *path, char *text) {
    FILE *file = fopen(path, "r");
    if (!file) return "(none)";
    text[fread(text, 1, 199, file)] = '\0';
    fclose(file);
    return text;
}

#define assert_holds(path, text) assert_string_equal(get(path, (char[200]){0}), text)

static inline bool is_there(const char *path) {
    struct stat about;
    return lstat(path, &about) == 0;
}

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

#define IN_DIRECTORY(name) cmocka_unit_test_setup_teardown(name, enter, leave)

#endif
