#include "testing.h"

#include <jansson.h>
#include <stdio.h>

#include "rooms/seeing.h"

/* What most tests begin with: two files, three codes. */
static struct report *some_report(void) {
    struct report *report = report_new(NOW);
    assert_true(report_file(report, "one.log"));
    see(report, 3, TEXT_OF("2026-03-02 08:14:07 failed 5"), "5", "win32", 5);
    see(report, 4, TEXT_OF("2026-03-02 08:14:09 failed 0x80070005"), "0x80070005", "hresult",
        0x80070005);
    see(report, 5, TEXT_OF("no time, failed 5"), "5", "win32", 5);
    assert_true(report_file(report, "-"));
    see(report, 1, TEXT_OF("2026-03-01 08:14:07 failed 5"), "5", "win32", 5);
    see(report, 2, TEXT_OF("state 42P01"), "42P01", "sqlstate", 0);
    report_lines(report, 1000);
    return report;
}

static json_t *json_of(const struct report *report) {
    struct buffer out = {0};
    assert_true(report_json(report, &out));
    json_t *root = json_loadb(out.at, out.size, JSON_ALLOW_NUL, NULL);
    assert_non_null(root);
    buffer_free(&out);
    return root;
}

static const json_t *code_at(const json_t *root, size_t index) {
    return json_array_get(json_object_get(root, "codes"), index);
}

static const char *told(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

static int number(const json_t *object, const char *key) {
    return (int)json_integer_value(json_object_get(object, key));
}

static void json_tells_what_was_counted(void **state) {
    (void)state;
    struct report *report = some_report();
    json_t *root = json_of(report);
    assert_int_equal(number(root, "files"), 2);
    assert_int_equal(number(root, "lines"), 1000);
    assert_int_equal(number(root, "lines_with_hits"), 5);
    assert_int_equal(number(root, "hits"), 5);
    assert_string_equal(told(root, "from"), "2026-03-01T08:14:07Z");
    assert_string_equal(told(root, "to"), "2026-03-02T08:14:09Z");
    const json_t *code = code_at(root, 0);
    assert_string_equal(told(code, "family"), "win32");
    assert_string_equal(told(code, "code"), "5");
    assert_string_equal(told(code, "value"), "5");
    assert_string_equal(told(code, "rule"), "some-rule");
    assert_int_equal(number(code, "count"), 3);
    assert_int_equal(number(code, "files"), 2);
    assert_string_equal(told(code, "first"), "2026-03-01T08:14:07Z");
    const json_t *samples = json_object_get(code, "samples");
    assert_int_equal(json_array_size(samples), 3);
    assert_string_equal(told(json_array_get(samples, 2), "file"), "standard input");
    assert_int_equal(number(json_array_get(samples, 1), "line"), 5);
    const json_t *histogram = json_object_get(code, "histogram");
    assert_int_equal(number(histogram, "width_seconds"), 900);
    assert_int_equal(json_array_size(json_object_get(histogram, "counts")), 97);
    json_decref(root);
    report_free(report);
}

/* by count, then family, then code */
static void codes_have_an_order(void **state) {
    (void)state;
    static const eg_text line = {"7 30 100 30", 11};
    struct report *report = report_new(NOW);
    report_file(report, "f");
    see(report, 1, line, "100", "b", 100);
    see(report, 1, line, "30", "b", 30);
    see(report, 1, line, "7", "c", 7);
    see(report, 1, line, "7", "a", 7);
    see(report, 2, line, "7", "c", 7);
    json_t *root = json_of(report);
    static const char *const order[] = {"c7", "a7", "b30", "b100"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(told(code_at(root, i), "family"), ((char[]){order[i][0], 0}));
        assert_string_equal(told(code_at(root, i), "code"), order[i] + 1);
    }
    json_decref(root);
    report_free(report);
}

static void codes_are_spelled_as_their_kind_is(void **state) {
    (void)state;
    static const struct {
        eg_text text;
        uint64_t value;
        const char *code, *decimal;
    } rows[] = {
        {{"5", 1}, 5, "5", "5"},
        {{"0x5", 3}, 5, "0x00000005", "5"},
        {{"1e", 2}, 0x1e, "0x0000001E", "30"},
        {{"ENOENT", 6}, 2, "2", "2"},
        {{"-2147467259", 11}, 0x80004005, "0x80004005", "2147500037"},
        {{"-911", 4}, (uint64_t)-911, "-911", "-911"},
        {{"0x0", 3}, 0, "0x00000000", "0"},
        {{"0", 1}, 0, "0", "0"},
        {{"00000", 5}, 0, "00000", "00000"},
        {{"HY000", 5}, 0, "HY000", "HY000"},
        {{"0x123456789a", 12}, 0x123456789a, "0x000000123456789A", "78187493530"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct report *report = report_new(NOW);
        report_file(report, "f");
        see(report, 1, rows[i].text, rows[i].text.at, "x", rows[i].value);
        json_t *root = json_of(report);
        assert_string_equal(told(code_at(root, 0), "code"), rows[i].code);
        assert_string_equal(told(code_at(root, 0), "value"), rows[i].decimal);
        json_decref(root);
        report_free(report);
    }
}

static void bits_tell_of_a_code_without_family(void **state) {
    (void)state;
    struct report *report = report_new(NOW);
    report_file(report, "f");
    see(report, 1, TEXT_OF("hr=0x8007FFFF"), "0x8007FFFF", "", 0x8007FFFF);
    json_t *root = json_of(report);
    assert_true(json_is_null(json_object_get(code_at(root, 0), "family")));
    char bits[512];
    assert_true(eg_bits(0x8007FFFF, bits, sizeof bits));
    assert_string_equal(told(code_at(root, 0), "summary"), bits);
    json_decref(root);
    report_free(report);
}

static void a_line_is_one_sample_and_counts_each_hit(void **state) {
    (void)state;
    struct report *report = report_new(NOW);
    eg_text line = TEXT_OF("failed 5, failed 5");
    eg_hit hits[2] = {hit_of(line, "5", "win32", 5), hit_of(line, "5", "win32", 5)};
    report_file(report, "f");
    for (uint64_t i = 1; i <= 9; i++) assert_true(report_line(report, i, line, hits, 2));
    assert_true(report_line(report, 10, line, NULL, 0));
    json_t *root = json_of(report);
    assert_int_equal(number(code_at(root, 0), "count"), 18);
    const json_t *samples = json_object_get(code_at(root, 0), "samples");
    assert_int_equal(json_array_size(samples), REPORT_SAMPLES);
    assert_int_equal(number(json_array_get(samples, 4), "line"), 5);
    assert_int_equal(number(root, "lines_with_hits"), 9);
    json_decref(root);
    report_free(report);
}

/* The part of a long line that is kept has the code in it, and whole characters. */
static void long_lines_are_cut_around_the_code(void **state) {
    (void)state;
    static char bytes[4004];
    for (size_t at = 0; at < 4000; at += 2) bytes[at] = '\xc3', bytes[at + 1] = '\xa9';
    for (size_t at = 0; at < 4000; at += 331) {
        struct report *report = report_new(NOW);
        eg_hit hit = {.start = at, .end = at + 3, .family = TEXT_OF("x"), .value = 123};
        char saved[4004];
        memcpy(saved, bytes, sizeof saved);
        for (size_t i = 0; i < 3; i++) saved[at + i] = "123"[i];
        hit.text = (eg_text){saved + at, 3};
        report_file(report, "f");
        assert_true(report_line(report, 1, (eg_text){saved, 4000}, &hit, 1));
        json_t *root = json_of(report);
        const char *text =
            told(json_array_get(json_object_get(code_at(root, 0), "samples"), 0), "text");
        assert_non_null(strstr(text, "123"));
        assert_true(strlen(text) <= REPORT_SAMPLE_SIZE + 4);
        json_decref(root);
        report_free(report);
    }
}

static void what_comes_beyond_is_counted_as_other(void **state) {
    (void)state;
    struct report *report = report_new(NOW);
    struct report_look look = {0};
    struct buffer out = {0};
    eg_text line = TEXT_OF("2026-03-02 08:14:07 x 1");
    report_file(report, "f");
    for (uint64_t i = 0; i < REPORT_ROWS + 5; i++) see(report, i, line, "1", "x", i + 1);
    see(report, 1, line, "1", "x", 1);
    json_t *root = json_of(report);
    assert_int_equal(json_array_size(json_object_get(root, "codes")), REPORT_ROWS);
    assert_int_equal(number(root, "hits"), REPORT_ROWS + 6);
    assert_int_equal(number(root, "other_hits"), 5);
    assert_int_equal(number(code_at(root, 0), "count"), 2);
    assert_true(report_short(report, &look, &out));
    assert_int_equal(view_count(buffer_view(&out), '\n'), 12);
    json_decref(root);
    finish(report, &out);
}

static void text_without_a_terminal_is_whole(void **state) {
    (void)state;
    struct report *report = some_report();
    struct report_look look = {0};
    struct buffer out = {0};
    assert_true(report_text(report, &look, &out));
    assert_text(
        out, "5 hits of 3 codes in 1000 lines of 2 files\n"
             "2026-03-01 08:14:07 to 2026-03-02 08:14:09\n"
             "COUNT  FILES  CODE                FIRST                LAST                 MEANING\n"
             "    3      2  win32:5             2026-03-01 08:14:07  2026-03-02 08:14:07  "
             "SYMBOL: what it means\n"
             "    1      1  hresult:0x80070005  2026-03-02 08:14:09  2026-03-02 08:14:09  "
             "SYMBOL: what it means\n"
             "    1      1  sqlstate:42P01      -                    -                    "
             "SYMBOL: what it means\n");
    finish(report, &out);
}

static void text_fits_a_terminal(void **state) {
    (void)state;
    struct report *report = some_report();
    struct report_look look = {.width = 76, .sparklines = true};
    struct buffer out = {0};
    assert_true(report_text(report, &look, &out));
    assert_text(out, "5 hits of 3 codes in 1000 lines of 2 files\n"
                     "2026-03-01 08:14:07 to 2026-03-02 08:14:09\n"
                     "COUNT  FILES  CODE                TREND                 MEANING\n"
                     "    3      2  win32:5             \u2588                  \u2588  "
                     "SYMBOL: what it mea\u2026\n"
                     "    1      1  hresult:0x80070005                     \u2588  "
                     "SYMBOL: what it mea\u2026\n"
                     "    1      1  sqlstate:42P01                            "
                     "SYMBOL: what it mea\u2026\n");
    finish(report, &out);
}

static void a_wide_terminal_has_times_and_trend(void **state) {
    (void)state;
    struct report *report = some_report();
    struct report_look look = {.width = 150, .sparklines = true};
    struct buffer out = {0};
    assert_true(report_text(report, &look, &out));
    buffer_append_byte(&out, '\0');
    assert_non_null(strstr(out.at, "TREND"));
    assert_non_null(strstr(out.at, "FIRST                LAST                 MEANING\n"));
    assert_non_null(strstr(out.at, "2026-03-01 08:14:07  2026-03-02 08:14:0"));
    finish(report, &out);
}

static void a_narrow_terminal_has_no_trend(void **state) {
    (void)state;
    struct report *report = some_report();
    struct report_look look = {.width = 52, .colours = true};
    struct buffer out = {0};
    assert_true(report_short(report, &look, &out));
    buffer_append_byte(&out, '\0');
    assert_non_null(strstr(out.at, "\033[33mwin32:5           \033[39m  SYMBOL: what it...\n"));
    assert_null(strstr(out.at, "TREND"));
    finish(report, &out);
}

static void an_empty_report_says_so(void **state) {
    (void)state;
    struct report *report = report_new(NOW);
    struct report_look look = {0};
    struct buffer out = {0};
    assert_true(report_text(report, &look, &out));
    assert_text(out, "0 hits of 0 codes in 0 lines of 0 files\n");
    json_t *root = json_of(report);
    assert_int_equal(json_array_size(json_object_get(root, "codes")), 0);
    assert_true(json_is_null(json_object_get(root, "from")));
    json_decref(root);
    assert_true(report_html(report, NULL, &out));
    assert_non_null(memmem(out.at, out.size, "<table role=\"table\" hidden>", 27));
    finish(report, &out);
}

static void csv_is_for_spreadsheets(void **state) {
    (void)state;
    struct report *report = report_new(NOW);
    struct buffer out = {0};
    report_file(report, "@cmd\"|'x, y");
    see(report, 7, TEXT_OF("=HYPERLINK(\"x\")\xff E\r\n5"), "5", "win32", 5);
    see(report, 8, TEXT_OF("2026-03-02 08:14:07 -911"), "-911", "+db2", (uint64_t)-911);
    assert_true(report_csv(report, &out));
    assert_text(out, "family,code,value,symbol,summary,count,files,first,last,rule,sample_file,"
                     "sample_line,sample_text\r\n"
                     "'+db2,-911,-911,SYMBOL,what it means,1,1,2026-03-02T08:14:07Z,"
                     "2026-03-02T08:14:07Z,some-rule,\"'@cmd\"\"|'x, y\",8,"
                     "2026-03-02 08:14:07 -911\r\n"
                     "win32,5,5,SYMBOL,what it means,1,1,,,some-rule,\"'@cmd\"\"|'x, y\",7,"
                     "\"'=HYPERLINK(\"\"x\"\")\uFFFD E\r\n5\"\r\n");
    finish(report, &out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_tells_what_was_counted),
        cmocka_unit_test(codes_have_an_order),
        cmocka_unit_test(codes_are_spelled_as_their_kind_is),
        cmocka_unit_test(bits_tell_of_a_code_without_family),
        cmocka_unit_test(a_line_is_one_sample_and_counts_each_hit),
        cmocka_unit_test(long_lines_are_cut_around_the_code),
        cmocka_unit_test(what_comes_beyond_is_counted_as_other),
        cmocka_unit_test(text_without_a_terminal_is_whole),
        cmocka_unit_test(text_fits_a_terminal),
        cmocka_unit_test(a_wide_terminal_has_times_and_trend),
        cmocka_unit_test(a_narrow_terminal_has_no_trend),
        cmocka_unit_test(an_empty_report_says_so),
        cmocka_unit_test(csv_is_for_spreadsheets),
    };
    return RUN(tests);
}
