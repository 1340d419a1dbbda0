#include <stdio.h>
#include <string.h>

#include "testing.h"

#include "gate.h"

static const enum starts_build builds[] = {STARTS_PORTABLE, STARTS_SSSE3, STARTS_AVX2,
                                           STARTS_AVX512, STARTS_NEON};

/* The places of a text, written as `at:regex`. */
static const char *places_of(const struct gate *gate, struct view text, bool ends) {
    static char told[1024];
    struct sweep sweep;
    struct places places = {0};
    size_t size = 0;
    assert_true(sweep_init(&sweep, gate));
    assert_true(sweep_text(&sweep, text, ends, &places));
    told[0] = '\0';
    for (size_t i = 0; i < places.count; i++)
        size += (size_t)snprintf(told + size, sizeof told - size, "%s%u:%u", i ? " " : "",
                                 places.at[i].at, places.at[i].regex);
    places_free(&places);
    sweep_free(&sweep);
    return told;
}

/* Every build that this processor runs says the same. */
static void expect(const char *const *regexes, size_t count, struct view text, const char *places) {
    struct view views[8];
    for (size_t i = 0; i < count; i++) views[i] = view_string(regexes[i]);
    for (size_t i = 0; i < sizeof builds / sizeof *builds; i++) {
        struct gate gate;
        if (!starts_runs(builds[i])) continue;
        assert_true(gate_init(&gate, views, count, count, builds[i]));
        assert_string_equal(places_of(&gate, text, true), places);
        gate_free(&gate);
    }
}

static void expect_one(const char *regex, const char *text, const char *places) {
    expect(&regex, 1, view_string(text), places);
}

static void places_are_where_a_regex_may_begin(void **state) {
    (void)state;
    expect_one("\\berror (?<code>\\d+)", "error 5, error x, xerror 7, error 12", "0:0 28:0");
    expect_one("error (?<code>\\d+)", "xerror 7", "1:0");
    expect_one("(?i)\\bERR(?:or)?[ =](?<code>\\d+)", "eRR=1 Error 2 err 3", "0:0 6:0 14:0");
    expect_one("(?<![\\w.])(?<code>0x[0-9a-f]{8})", "0x80070005 a.0x80070005 x0x80070005", "0:0");
    expect_one("\\[(?<code>\\d{3})\\]", "a[404][40][4045]", "1:0");
    expect_one("(?<=, )(?<code>\\d+)(?=$)", "1, 2, 3", "6:0");
    expect_one("^(?<code>\\d+)$", "12\n13 \n14\r\n15", "0:0 7:0 11:0");
    expect_one("(?<code>\\d+)(?= (?:ms|s))", "5 ms 6 x 7 s", "0:0 9:0");
    expect_one("(?<code>\\d+)(?! ms)", "5 ms", "0:0");
    expect_one("a{2,3}(?<code>b)", "ab aab aaab aaaab", "3:0 7:0 8:0 13:0 14:0");
    expect_one("x.{0,40}(?<code>y)", "x0123456789012345678901234567890123456789012345y", "0:0");
    expect_one("\\Aa|b(?<code>c)\\z", "a bc\na bcd", "0:0 2:0 5:0");
    expect_one("[^\\W\\d_]+=(?<code>[[:xdigit:]]+)", "key=ff 1=ff", "0:0 1:0 2:0");
    expect_one("", "ab", "0:0 1:0");
}

static void all_regexes_are_looked_for_at_once(void **state) {
    (void)state;
    static const char *const regexes[] = {"\\berror (?<code>\\d)", "\\berr", "(?<code>\\d) ms$",
                                          "\\x1b", "^#F"};
    expect(regexes, 5, VIEW("error 5 ms\n#F err \x1b"), "0:1 0:0 6:2 11:4 14:1 18:3");
}

static void no_text_has_no_places(void **state) {
    (void)state;
    static const char *const regexes[] = {"\\berror (?<code>\\d)"};
    expect(regexes, 1, (struct view){NULL, 0}, "");
}

/* What it does not follow it does not name: whoever asks has to ask everywhere. */
static void some_regexes_are_not_followed(void **state) {
    (void)state;
    static const char *const regexes[] = {
        "(a)\\1",  "(?R)?a", "a(?(1)b)", "\\Ka",    "(*FAIL)",    "(?x) a",
        "\\Qa\\E", "\\p{L}", "\\G5",     "(?|a|b)", "(?P>code)a", "a{,3}",
    };
    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++) {
        struct gate gate;
        struct view views[] = {view_string(regexes[i]), {NULL, 0}, VIEW("a+?b*+(?>c)")};
        assert_true(gate_init(&gate, views, 3, 3, STARTS_BEST));
        assert_false(gate_follows(&gate, 0));
        assert_false(gate_follows(&gate, 1));
        assert_true(gate_follows(&gate, 2));
        gate_free(&gate);
    }
}

/* What stands before a match is looked for by its begin alone, where that tells enough. */
static void begins_are_followed_up_to_a_gap(void **state) {
    (void)state;
    struct view regexes[] = {VIEW("\\b(?:disk|tape)\\b.{0,60}$"), VIEW("\\b\\w+ of .{0,20}$"),
                             VIEW("(?:disk|$)")};
    struct gate gate;
    assert_true(gate_init(&gate, regexes, 3, 0, STARTS_BEST));
    assert_true(gate_follows(&gate, 0));
    assert_false(gate_follows(&gate, 1));
    assert_false(gate_follows(&gate, 2));
    assert_string_equal(places_of(&gate, VIEW("the tape and the disk"), true), "4:0 17:0");
    gate_free(&gate);
}

/* A text that more may follow tells whom that could matter to. */
static void open_texts_tell_who_was_on_the_way(void **state) {
    (void)state;
    struct view regexes[] = {VIEW("\\berror (?<code>\\d+)"), VIEW("\\bstatus (?<code>\\d+)")};
    struct gate gate;
    struct sweep sweep;
    struct places places = {0};
    assert_true(gate_init(&gate, regexes, 2, 2, STARTS_BEST));
    assert_true(sweep_init(&sweep, &gate));
    assert_true(sweep_text(&sweep, VIEW("all is well, but err"), false, &places));
    assert_true(sweep.alive[0] && !sweep.alive[1]);
    assert_true(sweep_text(&sweep, VIEW("all is well "), false, &places));
    assert_true(!sweep.alive[0] && !sweep.alive[1]);
    places_free(&places);
    sweep_free(&sweep);
    gate_free(&gate);
}

/* A walk that does not end is given up, and its regexes are asked. */
static void long_walks_are_given_up(void **state) {
    (void)state;
    char text[3 * WALK_MOST];
    struct view regex = VIEW("x.*(?<code>y)");
    struct gate gate;
    memset(text, ' ', sizeof text);
    text[5] = 'x';
    assert_true(gate_init(&gate, &regex, 1, 1, STARTS_BEST));
    assert_string_equal(places_of(&gate, view_of(text, sizeof text), true), "5:0");
    gate_free(&gate);
}

/* Places at every offset of the blocks that are looked at together, and at their seams. */
static void places_are_found_at_every_offset(void **state) {
    (void)state;
    char text[300], expected[32];
    struct view regex = VIEW("\\bcode=(?<code>\\d)");
    struct gate gate;
    assert_true(gate_init(&gate, &regex, 1, 1, STARTS_BEST));
    for (size_t at = 0; at + 6 <= sizeof text; at++) {
        memset(text, ' ', sizeof text);
        memcpy(text + at, "code=5", 6);
        snprintf(expected, sizeof expected, "%zu:0", at);
        assert_string_equal(places_of(&gate, view_of(text, sizeof text), true), expected);
        assert_string_equal(places_of(&gate, view_of(text, at + 6), false), expected);
    }
    gate_free(&gate);
}

/* More words than states are kept for: what was forgotten is made again. */
static void states_are_forgotten_and_made_again(void **state) {
    (void)state;
    struct view regex = VIEW("\\b(?:[a-h]{1,12}|[b-i]{1,12}|[c-j]{1,12})(?<code>\\d)");
    struct gate gate;
    struct sweep sweep;
    struct places places = {0};
    char text[64];
    uint32_t seed = 13883;
    assert_true(gate_init(&gate, &regex, 1, 1, STARTS_BEST));
    assert_true(sweep_init(&sweep, &gate));
    for (size_t round = 0; round < 3000; round++) {
        for (size_t i = 0; i < 8; i++)
            text[i] = "abcdefgh"[(seed = seed * 1664525 + 1013904223) >> 29];
        memcpy(text + 8, "5 ", 2);
        assert_true(sweep_text(&sweep, view_of(text, 10), true, &places));
        assert_int_equal(places.count, 1);
        if (round % 1000 == 999) lazy_forget(&sweep.lazy);
    }
    places_free(&places);
    sweep_free(&sweep);
    gate_free(&gate);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_where_a_regex_may_begin),
        cmocka_unit_test(all_regexes_are_looked_for_at_once),
        cmocka_unit_test(no_text_has_no_places),
        cmocka_unit_test(some_regexes_are_not_followed),
        cmocka_unit_test(begins_are_followed_up_to_a_gap),
        cmocka_unit_test(open_texts_tell_who_was_on_the_way),
        cmocka_unit_test(long_walks_are_given_up),
        cmocka_unit_test(places_are_found_at_every_offset),
        cmocka_unit_test(states_are_forgotten_and_made_again),
    };
    return RUN(tests);
}
