#include "configured.h"

static void files_in_which_something_is_wrong_are_told_and_passed_over(void **state) {
    struct library library;
    struct buffer told, expected = {0};
    put("errgloss/a.tsv", "5\tA\ta\n");
    put("errgloss/b.tsv", bad_row);
    put("errgloss/c.tsv", "5\tC\tc\n");
    put("errgloss/d.rules", RULE("d", "c", "a line of its own"));
    put("errgloss/e.rules", RULE("e", "c", "e 5"));
    put("errgloss/f.rules", RULE("f", "nobody", "f 5"));
    open_with(&library, &bare, &told);
    const char *home = *state;
    buffer_format(&expected, "%s/errgloss/b.tsv:1:1: ", home);
    assert_true(view_starts(buffer_view(&told), buffer_view(&expected)));
    assert_int_equal(view_count(buffer_view(&told), '\n'), 3);
    assert_text(symbol_of(&library, "a"), "A");
    assert_text(symbol_of(&library, "b"), "");
    assert_text(symbol_of(&library, "c"), "C");
    eg_item rule;
    assert_true(eg_glossary_rule(library.glossary, 0, &rule));
    assert_text(rule.name, "e");
    assert_false(eg_glossary_rule(library.glossary, 1, &rule));
    buffer_free(&expected);
    close_all(&library, &told);
}

/* How a library finds a line: the family of the first hit, or what it tells where there is none. */
static eg_text family_in(const struct library *library, const char *line) {
    const eg_hit *hits;
    static char text[64];
    eg_scanner *scanner = eg_scanner_new(library->glossary);
    size_t count = eg_scanner_line(scanner, line, strlen(line), &hits);
    snprintf(text, sizeof text, "%.*s", count ? (int)hits[0].family.size : 4,
             count ? hits[0].family.at : "none");
    eg_scanner_free(scanner);
    return (eg_text){text, strlen(text)};
}

static void options_that_are_wrong_leave_the_others_as_they_are(void **state) {
    (void)state;
    const char *ignored[] = {"nobody:1", "errno_linux:6", "nowhere:2"}, *dropped[] = {"no-rule"};
    const struct options options = {.dropped = {dropped, 1},
                                    .ignored = {ignored, 3},
                                    .dialect = "no-dialect",
                                    .gate = "no-gate",
                                    .families = "errno_linux"};
    struct library library;
    struct buffer told;
    open_with(&library, &options, &told);
    assert_told(told, "there is no rule 'no-rule'\n"
                      "there is no gate 'no-gate'\n"
                      "ignored: there is no catalog 'nobody'\n"
                      "ignored: there is no catalog 'nowhere'\n"
                      "there is no dialect 'no-dialect'\n");
    assert_text(family_in(&library, "failed with error 5"), "errno_linux");
    assert_text(family_in(&library, "failed with error 0x80070005"), "none");
    assert_text(family_in(&library, "failed with error 6"), "none");
    close_all(&library, &told);
}

static void families_that_nobody_knows_are_passed_over(void **state) {
    (void)state;
    const char *ignored[] = {"win32:5"};
    const struct options options = {.ignored = {ignored, 1}, .families = "win32,nobody"};
    struct library library;
    struct buffer told;
    open_with(&library, &options, &told);
    assert_true(view_ends(buffer_view(&told), VIEW("there is no catalog 'nobody'\n")));
    assert_int_equal(view_count(buffer_view(&told), '\n'), 1);
    assert_text(family_in(&library, "Win32 error 6"), "win32");
    close_all(&library, &told);
}

static void a_folder_that_is_not_there_is_passed_over(void **state) {
    (void)state;
    struct library library;
    struct buffer told;
    put("errgloss/a.tsv", "5\tA\ta\n");
    setenv("ERRGLOSS_PATH", "nowhere", 1);
    open_with(&library, &bare, &told);
    assert_told(told, "nowhere: No such file or directory\n");
    assert_text(symbol_of(&library, "a"), "A");
    put("nowhere", "no folder now");
    assert_true(renew(&library));
    assert_told(told, "nowhere: Not a directory\ncatalogs and rules were read anew\n");
    close_all(&library, &told);
}

/* A rule of the user's in place of a built-in dialect leaves rules without it that are built in. */
static const char no_dialect[] =
    "[kernel]\nmatch = own (?<code>\\d)\nfamily = win32\nsample = own 5 => 5\nsilent = x\n";

static void a_file_that_spoils_what_is_built_in_is_found(void **state) {
    struct library library;
    struct buffer told;
    char passed[300];
    const struct options none = {0};
    put("errgloss/a.tsv", "5\tA\ta\n");
    put("errgloss/b.rules", no_dialect);
    put("errgloss/c.tsv", "5\tC\tc\n");
    open_with(&library, &none, &told);
    snprintf(passed, sizeof passed, "\n%s/errgloss/b.rules is passed over\n", (char *)*state);
    assert_true(view_starts(buffer_view(&told), VIEW("builtin:")));
    assert_true(view_ends(buffer_view(&told), view_string(passed)));
    assert_text(symbol_of(&library, "a"), "A");
    assert_text(symbol_of(&library, "c"), "C");
    assert_true(renew(&library));
    close_all(&library, &told);
}

static void a_new_file_that_spoils_what_is_built_in_is_refused_by_name(void **state) {
    struct library library;
    struct buffer told;
    char refused[300];
    const struct options none = {0};
    open_with(&library, &none, &told);
    put("errgloss/b.rules", no_dialect);
    assert_false(renew(&library));
    snprintf(refused, sizeof refused,
             "\n%s/errgloss/b.rules does not go with the rest\n"
             "catalogs and rules stay as they were\n",
             (char *)*state);
    assert_true(view_ends(buffer_view(&told), view_string(refused)));
    assert_text(family_in(&library, "Win32 error 5"), "win32");
    close_all(&library, &told);
}

static void where_no_file_alone_is_to_blame_all_are_passed_over(void **state) {
    (void)state;
    struct library library;
    struct buffer told;
    const struct options none = {0};
    put("errgloss/a.tsv", "5\tA\ta\n");
    put("errgloss/b.rules", no_dialect);
    put("errgloss/c.rules", no_dialect);
    open_with(&library, &none, &told);
    assert_text(symbol_of(&library, "a"), "");
    assert_text(family_in(&library, "Win32 error 5"), "win32");
    buffer_clear(&told);
    unlink("errgloss/c.rules");
    assert_true(renew(&library));
    assert_text(symbol_of(&library, "a"), "A");
    close_all(&library, &told);
}

static void a_rule_that_others_need_is_not_taken_out(void **state) {
    (void)state;
    const char *dropped[] = {"kernel-end", "kernel"};
    const struct options options = {.dropped = {dropped, 2}};
    struct library library;
    struct buffer told;
    put("errgloss/a.tsv", "5\tA\ta\n");
    open_with(&library, &options, &told);
    assert_true(view_starts(buffer_view(&told), VIEW("builtin:")));
    assert_text(symbol_of(&library, "a"), "A");
    eg_item rule = {0};
    for (size_t i = 0; eg_glossary_rule(library.glossary, i, &rule); i++)
        assert_false(rule.name.size == 10 && memcmp(rule.name.at, "kernel-end", 10) == 0);
    close_all(&library, &told);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CONFIGURED(files_in_which_something_is_wrong_are_told_and_passed_over),
        CONFIGURED(options_that_are_wrong_leave_the_others_as_they_are),
        CONFIGURED(families_that_nobody_knows_are_passed_over),
        CONFIGURED(a_folder_that_is_not_there_is_passed_over),
        CONFIGURED(a_file_that_spoils_what_is_built_in_is_found),
        CONFIGURED(a_new_file_that_spoils_what_is_built_in_is_refused_by_name),
        CONFIGURED(where_no_file_alone_is_to_blame_all_are_passed_over),
        CONFIGURED(a_rule_that_others_need_is_not_taken_out),
    };
    return RUN(tests);
}
