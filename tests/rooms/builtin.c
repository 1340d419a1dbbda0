#include <stdio.h>

#include "testing.h"

#include "errgloss.h"

/* Every built-in file passes the checks that a user's file must pass: rows, and samples of rules.
 */
static void builtin_files_pass_the_checks(void **state) {
    (void)state;
    eg_fault fault = {{0}};
    eg_glossary *glossary = eg_glossary_new();
    eg_text name, text;
    size_t count = 0;
    for (; eg_builtin_file(count, &name, &text); count++) {
        char path[256];
        snprintf(path, sizeof path, "%.*s", (int)name.size, name.at);
        if (!eg_glossary_add_text(glossary, path, text.at, text.size, &fault))
            fail_msg("%s", fault.text);
    }
    assert_true(count > 0);
    if (!eg_glossary_seal(glossary, &fault)) fail_msg("%s", fault.text);
    eg_glossary_free(glossary);
}

/* No two files give a rule of the same name: one would hide the other. */
static void builtin_rules_have_names_of_their_own(void **state) {
    (void)state;
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    eg_text name, text;
    size_t heads = 0, rules = 0;
    eg_item item;
    for (size_t i = 0; eg_builtin_file(i, &name, &text); i++)
        for (size_t at = 0; name.at[name.size - 1] == 's' && at + 1 < text.size; at++)
            heads += text.at[at] == '\n' && text.at[at + 1] == '[';
    assert_true(eg_glossary_add_builtin(glossary, &fault));
    while (eg_glossary_rule(glossary, rules, &item)) rules++;
    assert_int_equal(rules, heads);
    eg_glossary_free(glossary);
}

/* Which samples stand for a code in a line of its own: not those of dialects, of columns, of
 * symbols and of numbers that no family knows. */
static bool begins(const char *line, size_t size, const char *words) {
    return size >= strlen(words) && memcmp(line, words, strlen(words)) == 0;
}

static bool lets_off(const char *line, size_t size) {
    return begins(line, size, "lines ") || begins(line, size, "column ") ||
           begins(line, size, "by ") || begins(line, size, "family = -");
}

static bool is_explained(eg_scanner *scanner, const char *line, size_t size) {
    const eg_hit *hits;
    eg_scanner_begin(scanner);
    return eg_scanner_line(scanner, line, size, &hits) > 0;
}

/* The sample's line ends where ` => code` begins. */
static size_t size_before_arrow(const char *line, size_t size) {
    while (memcmp(line + size, " => ", 4) != 0) size--;
    return size;
}

static void check_samples(eg_scanner *scanner, eg_text name, eg_text text) {
    const char *end = text.at + text.size, *next;
    bool let_off = false;
    for (const char *line = text.at; line < end; line = next) {
        size_t size = (size_t)((char *)memchr(line, '\n', (size_t)(end - line)) - line);
        next = line + size + 1;
        if (begins(line, size, "[")) let_off = false;
        let_off |= lets_off(line, size);
        if (let_off || !begins(line, size, "sample = ")) continue;
        if (!is_explained(scanner, line + 9, size_before_arrow(line, size) - 9))
            fail_msg("%.*s: no code is explained in: %.*s", (int)name.size, name.at, (int)size,
                     line);
    }
}

/* A sample shows a code that gets a gloss, not only one that a rule finds. */
static void samples_of_builtin_rules_are_explained(void **state) {
    (void)state;
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    eg_text name, text;
    assert_true(eg_glossary_add_builtin(glossary, &fault));
    assert_true(eg_glossary_seal(glossary, &fault));
    eg_scanner *scanner = eg_scanner_new(glossary);
    for (size_t i = 0; eg_builtin_file(i, &name, &text); i++) check_samples(scanner, name, text);
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builtin_files_pass_the_checks),
        cmocka_unit_test(builtin_rules_have_names_of_their_own),
        cmocka_unit_test(samples_of_builtin_rules_are_explained),
    };
    return RUN(tests);
}
