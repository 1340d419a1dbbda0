#ifndef REPLYING_H
#define REPLYING_H

/* What the tests of mmexternal's replies share. */
#include "staging.h"

#include <stdio.h>

#include "mmexternal.h"

enum { MOST = 8192 };

/* A plugin, what it judges with, and its last reply. */
struct bench {
    eg_glossary *glossary;
    eg_scanner *scanner;
    struct mmexternal plugin;
    struct buffer out;
};

static inline void begin_with(struct bench *bench, eg_glossary *glossary,
                              struct mmexternal_ways ways) {
    *bench = (struct bench){.glossary = glossary, .scanner = eg_scanner_new(glossary)};
    assert_non_null(bench->scanner);
    assert_true(mmexternal_init(&bench->plugin, &ways));
}

static inline void begin(struct bench *bench, enum message_form input, enum mmexternal_into into) {
    begin_with(bench, staging_glossary(),
               (struct mmexternal_ways){.input = input, .into = into, .reply_most = MOST});
}

static inline void end(struct bench *bench) {
    mmexternal_free(&bench->plugin);
    eg_scanner_free(bench->scanner);
    eg_glossary_free(bench->glossary);
    buffer_free(&bench->out);
}

static inline struct view reply(struct bench *bench, struct view line) {
    char *copy = copy_of(line);
    buffer_clear(&bench->out);
    mmexternal_reply(&bench->plugin, bench->scanner, view_of(copy, line.size), &bench->out);
    free_copy(copy, line);
    return buffer_view(&bench->out);
}

static inline void assert_reply(struct bench *bench, struct view line, const char *expected) {
    struct view out = reply(bench, line);
    struct view wanted = view_string(expected);
    bool ends = view_ends(out, VIEW("\n"));
    if (!ends || !view_equal(view_part(out, 0, out.size - 1), wanted))
        fail_msg("%.*s\nis answered %.*s\nnot        %s", (int)line.size, line.at ? line.at : "",
                 (int)out.size, out.at ? out.at : "", expected);
}

#endif
