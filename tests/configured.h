#ifndef CONFIGURED_H
#define CONFIGURED_H

/* What the tests of plans and libraries share: a directory that is the user's configuration and
 * nothing of the user's own, and what became known of its files. */
#include "directory.h"

#include <fcntl.h>

#include "library.h"

static inline int configure(void **state) {
    if (enter(state) != 0) return -1;
    unsetenv("ERRGLOSS_PATH");
    return setenv("XDG_CONFIG_HOME", *state, 1) || mkdir("errgloss", 0777);
}

static inline int leave_configured(void **state) {
    unsetenv("ERRGLOSS_PATH");
    return unsetenv("XDG_CONFIG_HOME") || leave(state);
}

/* Put a file that is not of this moment: one that is may change again without another time. */
static inline void put_old(const char *path, const char *text) {
    static const struct timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
    put(path, text);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static inline void note(void *context, const char *message) {
    buffer_format(context, "%s\n", message);
}

/* What was told since it was asked last has to be this. */
#define assert_told(told, text)                                                                    \
    do {                                                                                           \
        assert_text(told, text);                                                                   \
        buffer_clear(&(told));                                                                     \
    } while (0)

/* The symbol of the code 5 in that family; empty where there is none. */
static inline eg_text symbol_of(const struct library *library, const char *family) {
    eg_reading reading;
    eg_text name = {family, strlen(family)}, code = {"5", 1};
    bool found = eg_find(library->glossary, name, code, &reading);
    return found ? reading.symbol : (eg_text){NULL, 0};
}

#define RULE(name, family, sample)                                                                 \
    "[" name "]\nmatch = " name " (?<code>\\d)\nfamily = " family "\nsample = " sample             \
    " => 5\nsilent = x\n"

static const char bad_row[] = "5 broken\n";

static inline void open_with(struct library *library, const struct options *options,
                             struct buffer *told) {
    *told = (struct buffer){0};
    library_open(library, options, note, told);
    assert_non_null(library->glossary);
}

static inline void close_all(struct library *library, struct buffer *told) {
    library_close(library);
    buffer_free(told);
}

static inline bool renew(struct library *library) {
    eg_glossary *before = library_renew(library);
    eg_glossary_free(before);
    return before != NULL;
}

/* Let the next look at files be one. */
static inline bool look(struct library *library) {
    library->looked--;
    return library_is_stale(library);
}

static const struct options bare = {.no_builtin = true};

#define CONFIGURED(name) cmocka_unit_test_setup_teardown(name, configure, leave_configured)

#endif
