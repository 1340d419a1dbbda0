#include "testing.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "delivering.h"

enum { NOBODY = 65534 };

static void an_interrupted_run_is_resumed(void **state) {
    (void)state;
    mkdir("d", 0777);
    put("d/a", "text");
    put("d/b", "text");
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "d/a", NULL), "");
    assert_string_equal(mirror(journals, "a", "d/b"), "");
    journals_free(journals);
    const char *told = "an interrupted run has left .errgloss-journal: use --resume, or remove it";
    journals = journals_new(false);
    assert_string_equal(rewrite(journals, "d/b", NULL), told);
    assert_string_equal(mirror(journals, "a", "d/b"), told);
    journals_free(journals);
    journals = journals_new(true);
    assert_string_equal(rewrite(journals, "d/a", NULL), "done");
    assert_string_equal(mirror(journals, "a", "d/b"), "done");
    assert_string_equal(rewrite(journals, "d/b", NULL), "");
    assert_true(journals_end(journals));
    journals_free(journals);
    assert_holds("d/a", "mark text");
    assert_holds("d/b", "mark text");
    assert_int_equal(traces("."), 0);
}

static void what_left_no_journal_is_not_resumed(void **state) {
    (void)state;
    put("f", "text");
    struct journals *journals = journals_new(true);
    assert_string_equal(
        rewrite(journals, "f", NULL),
        ".errgloss-journal is not there: the run to resume has ended, or had not begun");
    assert_string_equal(mirror(journals, "f", "f"), "");
    assert_true(journals_end(journals));
    journals_free(journals);
    assert_holds("f", "text");
}

static void what_has_changed_since_is_seen(void **state) {
    (void)state;
    put("a", "text");
    put("b", "text");
    put("c", "text");
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "a", NULL), "");
    assert_string_equal(rewrite(journals, "c", NULL), "");
    assert_string_equal(mirror(journals, "b", "b"), "");
    journals_free(journals);
    put("a", "mark text and more");
    put("new", "text");
    assert_int_equal(rename("new", "c"), 0);
    put("b", "other text");
    journals = journals_new(true);
    assert_string_equal(rewrite(journals, "a", NULL),
                        "was rewritten by the interrupted run, and has changed since");
    assert_string_equal(rewrite(journals, "c", NULL), "");
    assert_string_equal(mirror(journals, "b", "b"), "");
    journals_free(journals);
    assert_holds("a", "mark text and more");
    assert_holds("c", "mark text");
    assert_holds("out/b", "mark other text");
}

static void a_second_run_is_kept_away(void **state) {
    (void)state;
    const char *message;
    put("f", "text");
    struct journals *first = journals_new(false), *second = journals_new(true);
    assert_non_null(journals_at(first, ".", false, &message));
    assert_string_equal(rewrite(second, "f", NULL), "another run is at work there");
    journals_free(first);
    assert_string_equal(rewrite(second, "f", NULL), "");
    journals_free(second);
}

static void journals_of_others_are_not_used(void **state) {
    (void)state;
    const char *of_others = ".errgloss-journal is there, and is not a file of this user";
    put("f", "text");
    struct journals *journals = journals_new(true);
    put(".errgloss-journal", "something else\n");
    assert_string_equal(rewrite(journals, "f", NULL),
                        ".errgloss-journal is there, and this version cannot read it");
    assert_holds(".errgloss-journal", "something else\n");
    if (geteuid() == 0) {
        assert_int_equal(chown(".errgloss-journal", NOBODY, NOBODY), 0);
        assert_string_equal(rewrite(journals, "f", NULL), of_others);
    }
    assert_int_equal(unlink(".errgloss-journal"), 0);
    assert_int_equal(symlink("f", ".errgloss-journal"), 0);
    assert_string_equal(rewrite(journals, "f", NULL), strerror(ELOOP));
    assert_holds("f", "text");
    journals_free(journals);
}

static void torn_lines_and_stale_files_are_removed(void **state) {
    (void)state;
    char text[200], temporary[100];
    put("f", "text");
    put(".f.abcdef.errgloss", "of another run");
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "f", NULL), "");
    journals_free(journals);
    const char *tag = strstr(get(".errgloss-journal", text), " 1 ") + 3;
    snprintf(temporary, sizeof temporary, ".f.%.6s.errgloss", tag);
    put(temporary, "half");
    FILE *journal = fopen(".errgloss-journal", "a");
    assert_true(fputs("12 34 5", journal) >= 0 && fclose(journal) == 0);
    journals = journals_new(true);
    assert_string_equal(rewrite(journals, "f", NULL), "done");
    put("g", "text");
    assert_string_equal(rewrite(journals, "g", NULL), "");
    journals_free(journals);
    assert_false(is_there(temporary));
    assert_holds(".f.abcdef.errgloss", "of another run");
    journals = journals_new(true);
    assert_string_equal(rewrite(journals, "g", NULL), "done");
    journals_free(journals);
}

static void a_journal_killed_at_its_birth_is_begun_again(void **state) {
    (void)state;
    static const char *const texts[] = {"", "errgloss-jour"};
    put("f", "text");
    for (size_t i = 0; i < 2; i++) {
        put(".errgloss-journal", texts[i]);
        struct journals *journals = journals_new(true);
        assert_string_equal(rewrite(journals, "f", NULL), "");
        assert_true(journals_end(journals));
        journals_free(journals);
    }
}

int main(void) {
    signal(SIGIO, SIG_IGN);
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(an_interrupted_run_is_resumed),
        IN_DIRECTORY(what_has_changed_since_is_seen),
        IN_DIRECTORY(what_left_no_journal_is_not_resumed),
        IN_DIRECTORY(a_second_run_is_kept_away),
        IN_DIRECTORY(journals_of_others_are_not_used),
        IN_DIRECTORY(torn_lines_and_stale_files_are_removed),
        IN_DIRECTORY(a_journal_killed_at_its_birth_is_begun_again),
    };
    return RUN(tests);
}
