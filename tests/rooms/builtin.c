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

static bool is_explained(eg_scanner *scanner, const char *line, size_t size) {
    const eg_hit *hits;
    return eg_scanner_line(scanner, line, size, &hits) > 0;
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
    for (size_t i = 0; eg_builtin_file(i, &name, &text); i++) {
        const char *line = text.at, *end = text.at + text.size;
        for (; line < end; line = (char *)memchr(line, '\n', (size_t)(end - line)) + 1) {
            size_t size = (size_t)((char *)memchr(line, '\n', (size_t)(end - line)) - line);
            if (size < 9 || memcmp(line, "sample = ", 9) != 0) continue;
            if (!is_explained(scanner, line + 9, size - 9))
                fail_msg("%.*s: no code is explained in: %.*s", (int)name.size, name.at, (int)size,
                         line);
        }
    }
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
