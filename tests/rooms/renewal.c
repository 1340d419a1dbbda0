#include "configured.h"

static void a_file_that_becomes_bad_changes_nothing(void **state) {
    struct library library;
    struct buffer told, expected = {0};
    put("errgloss/a.tsv", "5\tA\ta\n");
    open_with(&library, &bare, &told);
    assert_told(told, "");
    put("errgloss/a.tsv", bad_row);
    put("errgloss/c.tsv", "5\tC\tc\n");
    assert_true(look(&library));
    assert_false(renew(&library));
    buffer_format(&expected, "%s/errgloss/a.tsv:1:1: ", (char *)*state);
    assert_true(view_starts(buffer_view(&told), buffer_view(&expected)));
    assert_true(view_ends(buffer_view(&told), VIEW("\ncatalogs and rules stay as they were\n")));
    assert_text(symbol_of(&library, "a"), "A");
    assert_text(symbol_of(&library, "c"), "");
    put("errgloss/a.tsv", "5\tB\tb\n");
    assert_true(look(&library));
    buffer_clear(&told);
    assert_true(renew(&library));
    assert_told(told, "catalogs and rules were read anew\n");
    assert_text(symbol_of(&library, "a"), "B");
    assert_text(symbol_of(&library, "c"), "C");
    buffer_free(&expected);
    close_all(&library, &told);
}

enum { FILES = 4 };

/* Write the files, those of the set badly; what is good in it tells the generation. */
static void put_files(unsigned bad, char generation) {
    for (unsigned i = 0; i < FILES; i++) {
        char path[] = "errgloss/f0.tsv", good[] = "5\tS0\ts\n", rules[] = "errgloss/f0.rules";
        path[10] = rules[10] = (char)('0' + i);
        good[3] = generation;
        bool sealing = i % 2;
        put(path, bad >> i & 1 && !sealing ? bad_row : good);
        put(rules, bad >> i & 1 && sealing ? RULE("r", "nobody", "r 5") : "");
    }
}

static void assert_known(const struct library *library, unsigned bad, const char *symbol) {
    for (unsigned i = 0; i < FILES; i++) {
        char family[] = "f0";
        family[1] = (char)('0' + i);
        bool known = !(bad >> i & 1) || i % 2;
        assert_text(symbol_of(library, family), known ? symbol : "");
    }
}

/* Whatever is wrong at first and later: what is valid is known at first; later all is read anew
 * unless something is wrong that was not before. */
static void what_was_wrong_before_may_be_wrong_again_and_nothing_else(void **state) {
    (void)state;
    for (unsigned before = 0; before < 1U << FILES; before++) {
        for (unsigned behind = 0; behind < 1U << FILES; behind++) {
            struct library library;
            struct buffer told;
            bool taken = !(behind & ~before);
            put_files(before, '1');
            open_with(&library, &bare, &told);
            assert_known(&library, before, "S1");
            put_files(behind, '2');
            assert_int_equal(renew(&library), taken);
            assert_known(&library, taken ? behind : before, taken ? "S2" : "S1");
            put_files(0, '3');
            assert_true(renew(&library));
            assert_known(&library, 0, "S3");
            close_all(&library, &told);
        }
    }
}

static void files_are_looked_at_once_a_second(void **state) {
    (void)state;
    struct library library;
    struct buffer told;
    put_old("errgloss/a.tsv", "5\tA\ta\n");
    open_with(&library, &bare, &told);
    assert_false(look(&library));
    put_old("errgloss/a.tsv", "5\tA\tother\n");
    library.looked = INT32_MAX;
    assert_true(library_is_stale(&library));
    time_t looked = library.looked;
    bool again = library_is_stale(&library);
    assert_true(!again || library.looked != looked);
    assert_true(renew(&library));
    assert_false(look(&library));
    close_all(&library, &told);
}

static void a_file_that_changes_while_it_is_read_is_noticed(void **state) {
    (void)state;
    struct library library;
    struct buffer told;
    for (size_t i = 0; i < 50; i++) {
        put("errgloss/a.tsv", "5\tA\ta\n");
        open_with(&library, &bare, &told);
        put("errgloss/a.tsv", "5\tB\ta\n");
        assert_true(look(&library));
        close_all(&library, &told);
    }
}

static void what_stays_bad_is_not_read_again_and_again(void **state) {
    (void)state;
    struct library library;
    struct buffer told;
    put_old("errgloss/a.tsv", "5\tA\ta\n");
    open_with(&library, &bare, &told);
    put_old("errgloss/a.tsv", bad_row);
    assert_true(look(&library));
    assert_false(renew(&library));
    assert_false(look(&library));
    assert_false(look(&library));
    close_all(&library, &told);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CONFIGURED(a_file_that_becomes_bad_changes_nothing),
        CONFIGURED(what_was_wrong_before_may_be_wrong_again_and_nothing_else),
        CONFIGURED(files_are_looked_at_once_a_second),
        CONFIGURED(a_file_that_changes_while_it_is_read_is_noticed),
        CONFIGURED(what_stays_bad_is_not_read_again_and_again),
    };
    return RUN(tests);
}
