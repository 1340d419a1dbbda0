#ifndef STAGING_H
#define STAGING_H

/* What the tests of the room `stage` share: a small glossary, and copies that end where their
 * memory ends. */
#include "testing.h"

#include "buffer.h"
#include "errgloss.h"

static const char staging_catalog[] = "7\tSEVEN\tthe seventh\n"
                                      "8\tEIGHT\tsays \"no\" \\ way]\n"
                                      "9\tNINE\tone of those that need a lot of words to be told\n"
                                      "6\t-\ta sixth that has no symbol\n";
static const char staging_rules[] = "[r]\nmatch = \\bcode (?<code>[6-9])\nfamily = app\n"
                                    "sample = code 7 => 7\nsilent = 7\n"
                                    "[alone]\nmatch = ^(?<code>9) alone$\nfamily = app\n"
                                    "sample = 9 alone => 9\nsilent = x9 alone\n"
                                    "[ours]\nmatch = rc=(?<code>\\d)\ndialect = us\nfamily = app\n"
                                    "sample = US rc=7 => 7\nsilent = rc=7\n"
                                    "[us]\nlines = \\bUS\\b\nfamily = app\nsample = US begins\n"
                                    "silent = us\n";

#define SEVEN " {SEVEN: the seventh}"
#define NINE " {NINE: one of those that need a lot of words to be told}"

static inline eg_glossary *staging_glossary(void) {
    eg_fault fault = {{0}};
    eg_glossary *glossary = eg_glossary_new();
    bool fine = eg_glossary_add_text(glossary, "app.tsv", staging_catalog,
                                     sizeof staging_catalog - 1, &fault) &&
                eg_glossary_add_text(glossary, "app.rules", staging_rules, sizeof staging_rules - 1,
                                     &fault) &&
                eg_glossary_seal(glossary, &fault);
    if (!fine) fail_msg("%s", fault.text);
    return glossary;
}

/* Copy a text to memory of its very size, so that a read behind it is seen; the caller frees it. */
static inline char *copy_of(struct view text) {
    char *copy = malloc(text.size ? text.size : 1);
    assert_non_null(copy);
    /* no byte of an empty one may be read either */
    if (text.size) memcpy(copy, text.at, text.size);
    return text.size ? copy : copy + 1;
}

static inline void free_copy(char *copy, struct view text) {
    free(text.size ? copy : copy - 1);
}

#endif
