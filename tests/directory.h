#ifndef DIRECTORY_H
#define DIRECTORY_H

/* What tests that work on files share: a directory of their own, which is the current one. */
#include "testing.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static inline int enter(void **state) {
    char *home = strdup("/tmp/errgloss-test.XXXXXX");
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

#define IN_DIRECTORY(name) cmocka_unit_test_setup_teardown(name, enter, leave)

#endif
