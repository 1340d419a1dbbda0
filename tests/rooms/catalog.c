#include "testing.h"

#include "shelf.h"

static const struct catalog *put(struct shelf *shelf, const char *origin, const char *text) {
    struct fault fault;
    assert_true(shelf_put(shelf, view_string(origin), view_string(text), &fault));
    return shelf_find(shelf, catalog_family_of(view_string(origin)));
}

static void rows_are_found_by_number(void **state) {
    (void)state;
    struct shelf shelf = {0};
    const struct catalog *catalog = put(&shelf, "x/app.tsv",
                                        "# head\n"
                                        "0x80070005\tE_DENIED\tnot allowed\n"
                                        "5\tDENIED\tnot allowed here\n"
                                        "5\tALSO_DENIED\n"
                                        "\n"
                                        "-1023\tNEGATIVE\tbelow zero\r\n");
    assert_int_equal(catalog_size(catalog), 4);
    assert_false(catalog_is_textual(catalog));
    struct rows rows = catalog_find_number(catalog, 5);
    assert_int_equal(rows.count, 2);
    assert_text(catalog_row(catalog, rows.first).symbol, "DENIED");
    assert_text(catalog_row(catalog, rows.first + 1).symbol, "ALSO_DENIED");
    assert_text(catalog_row(catalog, rows.first + 1).summary, "not allowed here");
    rows = catalog_find_number(catalog, (uint64_t)-1023);
    assert_int_equal(rows.count, 1);
    assert_text(catalog_row(catalog, rows.first).summary, "below zero");
    assert_int_equal(catalog_find_number(catalog, 6).count, 0);
    assert_int_equal(catalog_find_text(catalog, VIEW("5")).count, 0);
    shelf_free(&shelf);
}

static void text_codes_keep_their_zeros_and_wildcards(void **state) {
    (void)state;
    struct shelf shelf = {0};
    const struct catalog *catalog = put(&shelf, "sql.tsv", "08001\tNO_CONNECTION\n404\tODD\n");
    assert_true(catalog_is_textual(catalog));
    assert_int_equal(catalog_find_text(catalog, VIEW("08001")).count, 1);
    assert_int_equal(catalog_find_text(catalog, VIEW("8001")).count, 0);
    assert_int_equal(catalog_find_text(catalog, VIEW("404")).count, 1);
    catalog = put(&shelf, "mail.tsv", "X.7.1\t-\trefused\n5.7.9\t-\tnot secure enough\n");
    assert_text(catalog_row(catalog, catalog_find_text(catalog, VIEW("4.7.1")).first).summary,
                "refused");
    assert_int_equal(catalog_find_text(catalog, VIEW("5.7.9")).count, 1);
    assert_int_equal(catalog_find_text(catalog, VIEW("4.7.9")).count, 0);
    shelf_free(&shelf);
}

static void a_family_stands_once(void **state) {
    (void)state;
    struct shelf shelf = {0};
    put(&shelf, "b.tsv", "1\tB\n");
    put(&shelf, "a.tsv", "1\tA\n");
    put(&shelf, "other/b.tsv", "2\tBB\n");
    assert_int_equal(shelf.count, 2);
    assert_text(shelf.catalogs[0]->family, "a");
    assert_text(shelf_find(&shelf, VIEW("b"))->origin, "other/b.tsv");
    assert_null(shelf_find(&shelf, VIEW("c")));
    struct fault fault;
    assert_false(shelf_put(&shelf, VIEW("a b.tsv"), VIEW(""), &fault));
    assert_false(shelf_put(&shelf, VIEW(".tsv"), VIEW(""), &fault));
    shelf_free(&shelf);
}

static void bad_rows_are_named_by_line_and_column(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *fault;
    } rows[] = {
        {"5", "a.tsv:1:1: a row is: code TAB symbol TAB summary"},
        {"# c\n\tX\ty", "a.tsv:2:1: the code is missing"},
        {"5\tA B\tx", "a.tsv:1:4: a symbol is made of letters, digits and _ . + - only"},
        {"5\t+A\tx", "a.tsv:1:3: a symbol starts with a letter, a digit or _"},
        {"5\tA\ta {b", "a.tsv:1:7: a summary holds no braces"},
        {"5\tA\ta\x1b[31m", "a.tsv:1:6: a summary holds no control characters"},
        {"5\tA\ta\xc2\x9b", "a.tsv:1:6: a summary holds no control characters"},
        {"5\tA\ta\xff", "a.tsv:1:6: the summary is not UTF-8 here"},
        {"5\tA\ta\tb", "a.tsv:1:6: a row has three columns at most"},
        {"5 6\tA\ta", "a.tsv:1:2: a code holds no blanks and is plain ASCII"},
        {"5\tA\ta\n6\tB\tb\n5\tA\tc", "a.tsv:3:1: this code and symbol stand above already"},
        {"5\tA\ta\nfive\tB\tb",
         "a.tsv:2:1: this code is no number, as the first one is; where codes are text, let one "
         "that is no number come first"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shelf shelf = {0};
        struct fault fault;
        char text[512];
        const struct catalog *catalog = put(&shelf, "a.tsv", rows[i].text);
        assert_false(catalog_check(catalog, &fault));
        fault_print(&fault, text, sizeof text);
        assert_string_equal(text, rows[i].fault);
        shelf_free(&shelf);
    }
}

static void good_rows_pass(void **state) {
    (void)state;
    struct shelf shelf = {0};
    struct fault fault;
    const struct catalog *catalog =
        put(&shelf, "a.tsv", "5\tA\ta caf\xc3\xa9 | closed\n5\tB\n6\t-\tno symbol\n7\tS-1+x.y");
    assert_true(catalog_check(catalog, &fault));
    assert_int_equal(catalog_size(catalog), 4);
    shelf_free(&shelf);
}

#define SECTIONS_OF(code, related)                                                                 \
    "[" code                                                                                       \
    "]\nmeaning: it\n  means this\nwhere: here\ncauses:\n  - one\n  - two\nsteps:\n  - look\n"     \
    "related: " related "\n"

static void explanations_are_read_and_found(void **state) {
    (void)state;
    struct shelf shelf = {0};
    struct fault fault;
    struct explanation entry;
    static const char text[] = "# comment\n" SECTIONS_OF("5", "0x6") "\n" SECTIONS_OF("6", "5 a:5");
    const struct catalog *catalog = put(&shelf, "a.tsv", "5\tA\n5\tALIAS\n6\tB\n7\tC\n");
    assert_true(companions_add(&shelf.commentaries, VIEW("a.explain"), view_string(text)));
    assert_true(shelf_check_commentary(&shelf, &shelf.commentaries.at[0], &fault));
    assert_true(shelf_explain(&shelf, catalog, 1, &entry));
    assert_text(entry.code, "5");
    assert_text(entry.sections[SECTION_MEANING], " it\n  means this");
    assert_text(entry.sections[SECTION_CAUSES], "\n  - one\n  - two");
    assert_text(entry.sections[SECTION_RELATED], " 0x6");
    assert_true(shelf_explain(&shelf, catalog, 2, &entry));
    assert_int_equal(entry.line, 13);
    assert_false(shelf_explain(&shelf, catalog, 3, &entry));
    shelf_free(&shelf);
}

static void bad_explanations_are_named_by_line(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *fault;
    } rows[] = {
        {"5\n", "a.explain:1:1: an entry's head is [code] on a line of its own"},
        {"[5]\nwhere: x\n", "a.explain:2:1: expected the section `meaning:`"},
        {"[5]\nmeaning:\nwhere: x\n", "a.explain:2:1: the section is empty"},
        {"[5]\nmeaning: x\n", "a.explain:3:1: expected the section `where:`"},
        {SECTIONS_OF("9", "5"), "a.explain:1:1: the code '9' stands in no catalog of the family"},
        {SECTIONS_OF("5", "5 9"), "a.explain:1:1: the related code '9' is unknown"},
        {SECTIONS_OF("5", "b:5"), "a.explain:1:1: the related code '5' is unknown"},
        {SECTIONS_OF("5", "5") "stray\n",
         "a.explain:11:1: an entry's head is [code] on a line of its own"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shelf shelf = {0};
        struct fault fault;
        char text[512];
        put(&shelf, "a.tsv", "5\tA\n6\tB\n");
        assert_true(
            companions_add(&shelf.commentaries, VIEW("a.explain"), view_string(rows[i].text)));
        assert_false(shelf_check_commentary(&shelf, &shelf.commentaries.at[0], &fault));
        fault_print(&fault, text, sizeof text);
        assert_string_equal(text, rows[i].fault);
        shelf_free(&shelf);
    }
}

static void mappings_are_followed_both_ways(void **state) {
    (void)state;
    struct shelf shelf = {0};
    struct fault fault;
    const struct catalog *other;
    size_t row;
    const struct catalog *outer = put(&shelf, "outer.tsv", "0x10\tA\n0x11\tB\n0x12\tC\n");
    const struct catalog *inner = put(&shelf, "inner.tsv", "5\tX\n6\tY\n");
    const struct view text = VIEW("# both\n0x10\tinner:5\n\n0x12\tinner:5\n");
    assert_true(companions_add(&shelf.mappings, VIEW("outer.mapping"), text));
    assert_true(shelf_check_mapping(&shelf, &shelf.mappings.at[0], &fault));
    assert_true(shelf_mapped(&shelf, outer, 0, 0, &other, &row));
    assert_ptr_equal(other, inner);
    assert_int_equal(row, 0);
    assert_false(shelf_mapped(&shelf, outer, 0, 1, &other, &row));
    assert_false(shelf_mapped(&shelf, outer, 1, 0, &other, &row));
    assert_true(shelf_mapped(&shelf, inner, 0, 1, &other, &row));
    assert_ptr_equal(other, outer);
    assert_int_equal(row, 2);
    assert_false(shelf_mapped(&shelf, inner, 0, 2, &other, &row));
    assert_false(shelf_mapped(&shelf, inner, 1, 0, &other, &row));
    shelf_free(&shelf);
}

static void bad_mappings_are_named_by_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *fault;
    } rows[] = {
        {"# c\n9\ta:5\n", "a.mapping:2:1: the code '9' stands in no catalog"},
        {"5\ta:9\n", "a.mapping:1:3: the code 'a:9' stands in no catalog"},
        {"5\tb:5\n", "a.mapping:1:3: the code 'b:5' stands in no catalog"},
        {"5\n", "a.mapping:1:2: the code '' stands in no catalog"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shelf shelf = {0};
        struct fault fault;
        char text[512];
        put(&shelf, "a.tsv", "5\tA\n6\tB\n");
        assert_true(companions_add(&shelf.mappings, VIEW("a.mapping"), view_string(rows[i].text)));
        assert_false(shelf_check_mapping(&shelf, &shelf.mappings.at[0], &fault));
        fault_print(&fault, text, sizeof text);
        assert_string_equal(text, rows[i].fault);
        shelf_free(&shelf);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_number),
        cmocka_unit_test(text_codes_keep_their_zeros_and_wildcards),
        cmocka_unit_test(a_family_stands_once),
        cmocka_unit_test(bad_rows_are_named_by_line_and_column),
        cmocka_unit_test(good_rows_pass),
        cmocka_unit_test(explanations_are_read_and_found),
        cmocka_unit_test(bad_explanations_are_named_by_line),
        cmocka_unit_test(mappings_are_followed_both_ways),
        cmocka_unit_test(bad_mappings_are_named_by_line),
    };
    return RUN(tests);
}
