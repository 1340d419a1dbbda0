#ifndef CONFIRMING_H
#define CONFIRMING_H

/* What the tests of omprog share. */
#include "directory.h"
#include "staging.h"

#include <fcntl.h>

#include "omprog.h"

/* A program that writes to the file `f`. */
struct bench {
    eg_glossary *glossary;
    eg_scanner *scanner;
    struct omprog program;
};

static inline void begin(struct bench *bench, bool transactions) {
    *bench = (struct bench){.glossary = staging_glossary()};
    bench->scanner = eg_scanner_new(bench->glossary);
    assert_non_null(bench->scanner);
    omprog_init(&bench->program, "f", transactions);
}

static inline void end(struct bench *bench) {
    omprog_free(&bench->program);
    eg_scanner_free(bench->scanner);
    eg_glossary_free(bench->glossary);
}

/* The reply to a line, without its end; a line that lacks one, or has two, fails. */
static inline void assert_reply(struct bench *bench, const char *line, const char *expected) {
    struct buffer out = {0};
    char *copy = copy_of(view_string(line));
    omprog_reply(&bench->program, bench->scanner, view_of(copy, strlen(line)), &out);
    free_copy(copy, view_string(line));
    assert_int_equal(view_count(buffer_view(&out), '\n'), 1);
    assert_true(view_ends(buffer_view(&out), VIEW("\n")));
    out.size--;
    if (!view_equal(buffer_view(&out), view_string(expected)))
        fail_msg("%s: %.*s", line, (int)out.size, out.at);
    buffer_free(&out);
}

#endif
