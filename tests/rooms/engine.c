#include "testing.h"

#include "errgloss.h"

static eg_glossary *sealed(const char *catalog, const char *rules) {
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    assert_true(eg_glossary_add_text(glossary, "app.tsv", catalog, strlen(catalog), &fault));
    assert_true(eg_glossary_add_text(glossary, "app.rules", rules, strlen(rules), &fault));
    assert_true(eg_glossary_seal(glossary, &fault));
    return glossary;
}

#define RULE "[r]\nmatch = code (?<code>\\w+)\nfamily = app\nsample = code 5 => 5\nsilent = 5\n"

static void a_line_is_scanned(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("7\tSEVEN\tthe seventh\n", RULE);
    eg_scanner *scanner = eg_scanner_new(glossary);
    const eg_hit *hits;
    assert_int_equal(eg_scanner_line(scanner, "a code 7", 8, &hits), 1);
    assert_int_equal(hits->start, 7);
    assert_int_equal(hits->end, 8);
    assert_text(hits->family, "app");
    assert_text(hits->symbol, "SEVEN");
    assert_text(hits->summary, "the seventh");
    assert_text(hits->rule, "r");
    assert_true(hits->glossed);
    assert_int_equal(eg_scanner_line(scanner, "nothing", 7, &hits), 0);
    assert_int_equal(eg_scanner_line(scanner, NULL, 0, &hits), 0);
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
}

static void a_long_line_has_all_its_hits_once(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("7\tSEVEN\tthe seventh\n", RULE);
    eg_scanner *scanner = eg_scanner_new(glossary);
    const eg_hit *hits;
    size_t size = 1000000, count;
    char *line = malloc(size);
    for (size_t i = 0; i < size; i++) line[i] = "code 7, "[i % 8];
    count = eg_scanner_line(scanner, line, size, &hits);
    assert_int_equal(count, size / 8);
    for (size_t i = 0; i < count; i++) assert_int_equal(hits[i].start, i * 8 + 5);
    free(line);
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
}

static void a_hit_has_its_gloss(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("7\tSEVEN\tthe seventh\n8\tEIGHT\tthe eighth\n", RULE);
    eg_scanner *scanner = eg_scanner_new(glossary);
    const eg_hit *hits;
    eg_text gloss;
    static const char line[] = "code 7 code 8 code 7";
    assert_int_equal(eg_scanner_line(scanner, line, sizeof line - 1, &hits), 3);
    assert_true(eg_scanner_gloss(scanner, 0, NULL, &gloss));
    assert_text(gloss, " {SEVEN: the seventh}");
    assert_true(eg_scanner_gloss(scanner, 1, &(eg_style){.summary_most = 3}, &gloss));
    assert_text(gloss, " {EIGHT: the\u2026}");
    assert_true(eg_scanner_gloss(scanner, 1, &(eg_style){.coloured = true}, &gloss));
    assert_text(gloss, " {\033[36mEIGHT: the eighth\033[39m}");
    assert_false(hits[2].glossed);
    assert_true(eg_scanner_gloss(scanner, 2, NULL, &gloss));
    assert_text(gloss, "");
    assert_true(eg_scanner_gloss(scanner, 3, NULL, &gloss));
    assert_text(gloss, "");
    assert_int_equal(eg_scanner_line(scanner, "x", 1, &hits), 0);
    assert_true(eg_scanner_gloss(scanner, 0, NULL, &gloss));
    assert_text(gloss, "");
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
}

/* The first hit's gloss can be had when later pieces of its line have been judged. */
static void hits_of_a_long_line_have_their_glosses(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("7\tSEVEN\tthe seventh\n8\tEIGHT\tthe eighth\n", RULE);
    eg_scanner *scanner = eg_scanner_new(glossary);
    const eg_hit *hits;
    eg_text gloss;
    size_t size = 200000;
    char *line = malloc(size);
    memset(line, '.', size);
    memcpy(line, "code 7", 6);
    memcpy(line + size - 6, "code 8", 6);
    assert_int_equal(eg_scanner_line(scanner, line, size, &hits), 2);
    assert_true(eg_scanner_gloss(scanner, 0, NULL, &gloss));
    assert_text(gloss, " {SEVEN: the seventh}");
    assert_true(eg_scanner_gloss(scanner, 1, NULL, &gloss));
    assert_text(gloss, " {EIGHT: the eighth}");
    free(line);
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
}

/* Colours are taken out piece by piece, in memory that the next piece takes again. */
static void hits_of_a_long_coloured_line_keep_their_codes(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("7\tSEVEN\tthe seventh\n8\tEIGHT\tthe eighth\n", RULE);
    eg_scanner *scanner = eg_scanner_new(glossary);
    const eg_hit *hits;
    static const char first[] = "\x1b[31mcode 7\x1b[0m", last[] = "\x1b[32mcode 8\x1b[0m";
    size_t size = 200000;
    char *line = malloc(size);
    memset(line, '.', size);
    memcpy(line, first, sizeof first - 1);
    memcpy(line + 100000, "\x1b[0m", 4);
    memcpy(line + 120000, "code 7 ", 7);
    memcpy(line + size - sizeof last + 1, last, sizeof last - 1);
    assert_int_equal(eg_scanner_line(scanner, line, size, &hits), 3);
    assert_text(hits[0].text, "7");
    assert_text(hits[1].text, "7");
    assert_text(hits[2].text, "8");
    free(line);
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
}

static void a_line_is_annotated_from_a_byte_on(void **state) {
    (void)state;
    eg_glossary *glossary =
        sealed("7\tSEVEN\tthe seventh\n8\tEIGHT\tthe eighth\n9\t-\thas no symbol\n", RULE);
    eg_scanner *scanner = eg_scanner_new(glossary);
    const eg_hit *hits;
    eg_text text;
    static const char line[] = "code 7: code 8 {= x}";
    assert_int_equal(eg_scanner_line(scanner, line, sizeof line - 1, &hits), 2);
    assert_true(eg_scanner_annotate(scanner, 0, NULL, &text));
    assert_text(text, "code 7 {SEVEN: the seventh}: code 8 {EIGHT: the eighth} {!= x}");
    assert_true(eg_scanner_annotate(scanner, 7, NULL, &text));
    assert_text(text, " code 8 {EIGHT: the eighth} {!= x}");
    assert_true(eg_scanner_annotate(scanner, 7, &(eg_style){.brief = true}, &text));
    assert_text(text, " code 8 {= EIGHT} {!= x}");
    assert_int_equal(eg_scanner_line(scanner, "code 9", 6, &hits), 1);
    assert_true(eg_scanner_annotate(scanner, 0, &(eg_style){.brief = true}, &text));
    assert_text(text, "code 9 {= has no symbol}");
    assert_int_equal(eg_scanner_line(scanner, line, sizeof line - 1, &hits), 2);
    assert_true(eg_scanner_annotate(scanner, sizeof line - 1, NULL, &text));
    assert_text(text, "");
    assert_int_equal(eg_scanner_line(scanner, "", 0, &hits), 0);
    assert_true(eg_scanner_annotate(scanner, 0, NULL, &text));
    assert_text(text, "");
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
}

#define DIALECTS                                                                                   \
    "[a]\nlines = ^A:\nfamily = app\nsample = A: x\nsilent = x\n"                                  \
    "[r]\nmatch = code (?<code>\\d+)\nfamily = app\ndialect = a\nsample = A: code 7 => 7\n"        \
    "silent = 7\n"

static void a_program_tells_of_its_own_lines(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("7\tSEVEN\tthe seventh\n", DIALECTS);
    eg_scanner *scanner = eg_scanner_new(glossary);
    const eg_hit *hits;
    assert_true(eg_scanner_turn_to(scanner, (eg_text){"one", 3}));
    assert_int_equal(eg_scanner_line(scanner, "A: begins", 9, &hits), 0);
    assert_true(eg_scanner_turn_to(scanner, (eg_text){"two", 3}));
    assert_int_equal(eg_scanner_line(scanner, "code 7", 6, &hits), 0);
    assert_true(eg_scanner_turn_to(scanner, (eg_text){"one", 3}));
    assert_int_equal(eg_scanner_line(scanner, "code 7", 6, &hits), 1);
    assert_true(eg_scanner_turn_to(scanner, (eg_text){NULL, 0}));
    assert_int_equal(eg_scanner_line(scanner, "code 7", 6, &hits), 0);
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
}

static void faults_are_told(void **state) {
    (void)state;
    static const struct {
        const char *name, *text, *fault;
    } rows[] = {
        {"app.txt", "",
         "app.txt: expected a catalog (.tsv), explanations (.explain), a mapping (.mapping) or "
         "rules (.rules)"},
        {"app.tsv", "5", "app.tsv:1:1: a row is: code TAB symbol TAB summary"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        eg_fault fault;
        eg_glossary *glossary = eg_glossary_new();
        assert_false(eg_glossary_add_text(glossary, rows[i].name, rows[i].text,
                                          strlen(rows[i].text), &fault));
        assert_string_equal(fault.text, rows[i].fault);
        eg_glossary_free(glossary);
    }
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    assert_true(eg_glossary_add_text(glossary, "a.rules", RULE, strlen(RULE), &fault));
    assert_false(eg_glossary_seal(glossary, &fault));
    assert_string_equal(fault.text, "a.rules:3:10: there is no catalog 'app'");
    assert_false(eg_glossary_drop_rule(glossary, "none", &fault));
    assert_string_equal(fault.text, "there is no rule 'none'");
    assert_false(eg_glossary_ignore(glossary, "app", &fault));
    assert_false(eg_glossary_add_file(glossary, "/nowhere/x.tsv", &fault));
    assert_string_equal(fault.text, "/nowhere/x.tsv: No such file or directory");
    eg_glossary_free(glossary);
}

static void samples_are_run_when_families_are_known(void **state) {
    (void)state;
    static const char catalog[] = "NXDOMAIN\t-\tno such name\n";
    static const char rules[] = "[r]\nmatch = code (?<code>\\w+)\nfamily = app\n"
                                "sample = code NXDOMAIN => NXDOMAIN\nsilent = NXDOMAIN\n";
    static const char wrong[] = "[w]\nmatch = code (?<code>\\d)\nfamily = app\n"
                                "sample = 5 => 5\nsilent = x\n";
    eg_fault fault;
    eg_glossary *glossary = sealed(catalog, rules);
    assert_true(eg_glossary_add_text(glossary, "w.rules", wrong, sizeof wrong - 1, &fault));
    assert_false(eg_glossary_seal(glossary, &fault));
    assert_string_equal(fault.text, "w.rules:4:10: rule w does not find the code of this sample");
    eg_glossary_free(glossary);
}

static void a_byte_order_mark_is_no_code(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("\xef\xbb\xbf"
                                   "7\tSEVEN\tthe seventh\n",
                                   RULE);
    eg_reading reading;
    assert_int_equal(eg_lookup(glossary, (eg_text){"7", 1}, &reading, 1), 1);
    assert_text(reading.symbol, "SEVEN");
    eg_glossary_free(glossary);
}

static void every_reading_is_looked_up(void **state) {
    (void)state;
    eg_fault fault;
    eg_reading readings[8];
    eg_glossary *glossary = eg_glossary_new();
    assert_true(eg_glossary_add_builtin(glossary, &fault));
    assert_true(eg_glossary_seal(glossary, &fault));
    size_t count = eg_lookup(glossary, (eg_text){"-2147024891", 11}, readings, 8);
    assert_true(count >= 2);
    assert_text(readings[0].symbol, "E_ACCESSDENIED");
    assert_text(readings[1].symbol, "ERROR_ACCESS_DENIED");
    assert_int_equal(readings[1].carrier, 0x80070005);
    static const char symbol[] = "error_ipsec_ike_negotiation_disabled";
    assert_int_equal(eg_lookup(glossary, (eg_text){symbol, sizeof symbol - 1}, readings, 8), 1);
    assert_int_equal(readings[0].value, 13883);
    count = eg_lookup(glossary, (eg_text){"363B", 4}, readings, 8);
    assert_int_equal(readings[0].value, 13883);
    assert_int_equal(eg_lookup(glossary, (eg_text){"", 0}, readings, 8), 0);
    eg_glossary_free(glossary);
}

static void words_are_searched_best_first(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("1\tREDDISH\ta door\n2\tDOOR\tit is red\n3\tRED_DOOR\n", RULE);
    eg_reading readings[2];
    assert_int_equal(eg_search(glossary, (eg_text){"Red door", 8}, readings, 2), 3);
    assert_text(readings[0].symbol, "RED_DOOR");
    assert_text(readings[1].symbol, "DOOR");
    assert_int_equal(eg_search(glossary, (eg_text){"red window", 10}, readings, 2), 0);
    assert_int_equal(eg_search(glossary, (eg_text){"", 0}, readings, 2), 0);
    eg_glossary_free(glossary);
}

static void filters_tell_what_went_through(void **state) {
    (void)state;
    eg_glossary *glossary = sealed("7\tSEVEN\tthe seventh\n", RULE);
    eg_filter *filter = eg_filter_new(glossary, EG_ANNOTATE);
    size_t size;
    eg_text out;
    static const char log[] = "code 7\ncode 7 code 7\nx";
    eg_filter_begin(filter, NULL);
    memcpy(eg_filter_space(filter, &size), log, sizeof log - 1);
    assert_true(size >= 65536);
    eg_filter_commit(filter, sizeof log - 1);
    eg_filter_end(filter);
    assert_int_equal(eg_filter_next(filter, &out), EG_OUTPUT);
    assert_text(out, "code 7 {SEVEN: the seventh}\ncode 7 {SEVEN: the seventh} code 7\nx");
    assert_int_equal(eg_filter_next(filter, &out), EG_HUNGRY);
    eg_stats stats = eg_filter_stats(filter);
    assert_int_equal(stats.bytes, sizeof log - 1);
    assert_int_equal(stats.lines, 3);
    assert_int_equal(stats.hits, 3);
    assert_int_equal(stats.glosses, 2);
    eg_filter_free(filter);
    eg_glossary_free(glossary);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_scanned),
        cmocka_unit_test(a_long_line_has_all_its_hits_once),
        cmocka_unit_test(a_hit_has_its_gloss),
        cmocka_unit_test(hits_of_a_long_line_have_their_glosses),
        cmocka_unit_test(hits_of_a_long_coloured_line_keep_their_codes),
        cmocka_unit_test(a_line_is_annotated_from_a_byte_on),
        cmocka_unit_test(a_program_tells_of_its_own_lines),
        cmocka_unit_test(faults_are_told),
        cmocka_unit_test(samples_are_run_when_families_are_known),
        cmocka_unit_test(a_byte_order_mark_is_no_code),
        cmocka_unit_test(every_reading_is_looked_up),
        cmocka_unit_test(words_are_searched_best_first),
        cmocka_unit_test(filters_tell_what_went_through),
    };
    return RUN(tests);
}
