#include <stdio.h>

#include "testing.h"

#include "overlap.h"
#include "scan.h"
#include "whole.h"

/* A scan, and what it finds in a line, written as `rule@start-end` with `!` behind a beaten one. */
struct found {
    struct evidence evidence;
    struct scan scan;
    size_t undecided;
    char text[512];
};

/* Rules, asked of every line and through their gate: both find the same. */
struct bench {
    struct ruleset rules;
    struct gate codes, dialects;
    struct found plain, gated;
};

static const char rules_text[] =
    "[word]\nmatch = error (?<code>\\d+)\nfamily = a\nsample = error 5 => 5\nsilent = 5\n"
    "[pair]\nmatch = error (?<code>\\d+, \\d+)\nfamily = a\nsample = error 5, 6 => 5, 6\nsilent = "
    "5\n"
    "[late]\nmatch = error (?<code>\\d+)\nfamily = a\nsample = error 5 => 5\nsilent = 5\n"
    "[hex]\nmatch = #(?<code>[0-9a-f]{4})\nbase = hex\nfamily = a\nsample = #00ff => 00ff\nsilent "
    "= 5\n"
    "[run]\nmatch = z(?:a+)+(?<code>\\d)$\nfamily = a\nsample = za5 => 5\nsilent = 5\n";

static void begin(struct found *found, const struct bench *bench, const struct gate *codes,
                  const struct gate *dialects) {
    assert_true(evidence_init(&found->evidence, &bench->rules, dialects));
    assert_true(scan_init(&found->scan, &bench->rules, codes, &found->evidence));
}

static struct bench *bench_new(const char *text) {
    struct bench *bench = calloc(1, sizeof *bench);
    struct fault fault;
    assert_true(ruleset_add(&bench->rules, VIEW("t.rules"), view_string(text), 0, false, &fault));
    ruleset_sort(&bench->rules);
    assert_true(ruleset_bind_dialects(&bench->rules, &fault));
    assert_true(scan_gate(&bench->codes, &bench->rules, STARTS_BEST));
    assert_true(evidence_gate(&bench->dialects, &bench->rules, STARTS_BEST));
    begin(&bench->plain, bench, NULL, NULL);
    begin(&bench->gated, bench, &bench->codes, &bench->dialects);
    return bench;
}

static void end(struct found *found) {
    scan_free(&found->scan);
    evidence_free(&found->evidence);
}

static void bench_free(struct bench *bench) {
    end(&bench->plain);
    end(&bench->gated);
    gate_free(&bench->codes);
    gate_free(&bench->dialects);
    ruleset_free(&bench->rules);
    free(bench);
}

static void look_with(struct found *found, struct piece piece) {
    size_t size = 0;
    assert_true(scan_piece(&found->scan, &piece, &found->undecided));
    found->text[0] = '\0';
    for (size_t i = 0; i < found->scan.count; i++) {
        const struct candidate *c = &found->scan.candidates[i];
        size += (size_t)sprintf(found->text + size, "%s%.*s@%zu-%zu%s", i ? " " : "",
                                (int)c->rule->name.size, c->rule->name.at, c->start, c->end,
                                c->beaten ? "!" : "");
    }
}

static const char *look(struct bench *bench, struct piece piece, size_t *undecided) {
    look_with(&bench->plain, piece);
    look_with(&bench->gated, piece);
    assert_string_equal(bench->plain.text, bench->gated.text);
    assert_int_equal(bench->plain.undecided, bench->gated.undecided);
    *undecided = bench->plain.undecided;
    return bench->plain.text;
}

static const char *find(struct bench *bench, const char *line) {
    size_t undecided;
    return look(bench, piece_of_line(view_string(line), 0), &undecided);
}

static size_t undecided_of(struct bench *bench, const char *line) {
    size_t undecided;
    struct piece piece = piece_of_line(view_string(line), 0);
    piece.ends = false;
    piece.open = true;
    look(bench, piece, &undecided);
    return undecided;
}

static void overlaps_go_to_the_longest_then_the_earlier_rule(void **state) {
    (void)state;
    struct bench *bench = bench_new(rules_text);
    assert_string_equal(find(bench, "error 5"), "word@6-7 late@6-7!");
    assert_string_equal(find(bench, "error 5, 6"), "pair@6-10 word@6-7! late@6-7!");
    assert_string_equal(find(bench, "error 5 error 6"),
                        "word@6-7 late@6-7! word@14-15 late@14-15!");
    assert_string_equal(find(bench, "nothing"), "");
    bench_free(bench);
}

static bool never(const void *context, const struct candidate *candidate) {
    (void)context;
    (void)candidate;
    return false;
}

static void settling_takes_chains_of_overlaps(void **state) {
    (void)state;
    struct candidate chain[] = {
        {.start = 0, .end = 4, .rank = 0},
        {.start = 3, .end = 9, .rank = 2},
        {.start = 8, .end = 12, .rank = 1},
        {.start = 8, .end = 12, .rank = 0},
        {.start = 8, .end = 10, .rank = 0, .doubtful = true},
        {.start = 13, .end = 14, .rank = 0, .doubtful = true},
    };
    const struct proviso proviso = {never, NULL};
    unsigned char taken[16] = {0};
    assert_int_equal(settle_overlaps(chain, 6, taken, &proviso), 4);
    assert_true(chain[0].beaten);
    assert_false(chain[1].beaten);
    assert_true(chain[2].beaten && chain[3].beaten);
    assert_int_equal(chain[2].rank, 0);
    for (size_t i = 0; i < sizeof taken; i++) assert_int_equal(taken[i], 0);
}

/* Rules that are asked everywhere add theirs behind all others, from the line's start again. */
static void candidates_of_several_rules_come_in_order(void **state) {
    (void)state;
    enum { EACH = 100 };
    struct candidate candidates[2 * EACH] = {0};
    unsigned char taken[4 * EACH] = {0};
    struct proviso proviso = {0};
    for (size_t i = 0; i < EACH; i++) {
        candidates[i] = (struct candidate){.start = 4 * i + 2, .end = 4 * i + 3};
        candidates[EACH + i] = (struct candidate){.start = 4 * i, .end = 4 * i + 1, .rank = 1};
    }
    assert_int_equal(settle_overlaps(candidates, 2 * EACH, taken, &proviso), 2 * EACH);
    for (size_t i = 0; i < 2 * EACH; i++) {
        assert_int_equal(candidates[i].start, 2 * i);
        assert_false(candidates[i].beaten);
    }
}

static void numbers_are_not_cut(void **state) {
    (void)state;
    struct rule decimal = {.base = BASE_AUTO}, hex = {.base = BASE_HEX}, text = {.textual = true};
    assert_true(code_is_whole(&decimal, VIEW("a 12 b"), 2, 4));
    assert_false(code_is_whole(&decimal, VIEW("a 123 b"), 2, 4));
    assert_false(code_is_whole(&decimal, VIEW("a 123 b"), 3, 5));
    assert_true(code_is_whole(&decimal, VIEW("12ms"), 0, 2));
    assert_true(code_is_whole(&decimal, VIEW("0x8007L"), 0, 6));
    assert_false(code_is_whole(&decimal, VIEW("0x80075"), 0, 6));
    assert_false(code_is_whole(&decimal, VIEW("0x80"), 0, 1));
    assert_false(code_is_whole(&decimal, VIEW("beef"), 0, 4));
    assert_true(code_is_whole(&hex, VIEW("be5f h"), 0, 4));
    assert_false(code_is_whole(&hex, VIEW("be5fe"), 0, 4));
    assert_true(code_is_whole(&text, VIEW("HY000 x"), 0, 5));
    assert_false(code_is_whole(&text, VIEW("HY000x"), 0, 5));
    assert_true(code_is_whole(&text, VIEW("NXDOMAIN"), 0, 8));
    assert_false(code_is_whole(&decimal, VIEW(""), 0, 0));
}

static void colours_are_seen_past(void **state) {
    (void)state;
    struct bench *bench = bench_new(rules_text);
    assert_string_equal(find(bench, "error \x1b[1;31m5\x1b[0m!"), "word@13-14 late@13-14!");
    assert_string_equal(find(bench, "error \x1b[31m\x1b[K12\x1b[m\x1b[K"),
                        "word@14-16 late@14-16!");
    assert_string_equal(find(bench, "error \x1b[2J5"), "");
    assert_string_equal(find(bench, "error \x1b[31"), "");
    bench_free(bench);
}

static void unfinished_lines_wait_at_the_first_open_gloss(void **state) {
    (void)state;
    struct bench *bench = bench_new(rules_text);
    assert_true(undecided_of(bench, "hello ") == ALL_DECIDED);
    assert_int_equal(undecided_of(bench, "hello err"), 9);
    assert_int_equal(undecided_of(bench, "error 12"), 8);
    assert_int_equal(undecided_of(bench, "error 12,"), 8);
    assert_true(undecided_of(bench, "error 12 ok") == ALL_DECIDED);
    assert_int_equal(undecided_of(bench, "error 12\x1b[0"), 8);
    bench_free(bench);
}

/* A gap before the code does not keep text back that no code can end in. */
static void gaps_wait_only_where_a_code_has_ended(void **state) {
    (void)state;
    struct bench *bench =
        bench_new("[gap]\nmatch = error.{0,80} code (?<code>\\d+)(?! ms)\nfamily = a\n"
                  "sample = error, code 5 => 5\nsilent = x\n"
                  "[ahead]\nmatch = fail(?=.*!).* (?<code>\\d+)\nfamily = a\n"
                  "sample = fail 5! => 5\nsilent = x\n");
    assert_int_equal(undecided_of(bench, "error 12 of 40, retry? "), 23);
    assert_int_equal(undecided_of(bench, "error 12, code 13"), 17);
    assert_int_equal(undecided_of(bench, "error 12, code 13 "), 17);
    assert_int_equal(undecided_of(bench, "error 12, code 13 m"), 17);
    assert_int_equal(undecided_of(bench, "error 1 code 13 is 14 x"), 15);
    assert_int_equal(undecided_of(bench, "fail 12 and 13"), 7);
    bench_free(bench);
}

static void rules_for_a_dialect_look_at_the_line(void **state) {
    (void)state;
    struct bench *bench =
        bench_new("[ours]\nmatch = (?<code>\\d+)$\ndialect = us\nfamily = a\nsample = us: 5 => 5\n"
                  "silent = 5\n[other]\nmatch = code (?<code>\\d+)\ndialect = none\nfamily = a\n"
                  "sample = code 5 => 5\nsilent = us: code 5\n"
                  "[us]\nlines = ^us:\nfamily = a\nsample = us: x\nsilent = x\n");
    struct fault fault;
    assert_string_equal(find(bench, "us: code 5"), "ours@9-10");
    assert_string_equal(find(bench, "code 5"), "other@5-6");
    for (size_t i = 0; i < 3; i++)
        assert_true(scan_prove(&bench->plain.scan, bench->rules.rules[i], &fault));
    bench_free(bench);
}

static bool knows_long_ones(const void *context, const struct candidate *candidate) {
    (void)context;
    return candidate->end - candidate->start > 1;
}

static void what_nobody_knows_leaves_its_place_to_others(void **state) {
    (void)state;
    struct bench *bench = bench_new(
        "[quiet]\nmatch = error (?<code>\\d+)\nunknown = silent\nfamily = a\nsample = error 5 => "
        "5\n"
        "silent = x\n[late]\nmatch = error (?<code>\\d+)\nfamily = a\nsample = error 5 => 5\n"
        "silent = x\n");
    bench->plain.scan.knower = bench->gated.scan.knower = (struct knower){knows_long_ones, NULL};
    assert_string_equal(find(bench, "error 12"), "quiet@6-8 late@6-8!");
    assert_string_equal(find(bench, "error 5"), "late@6-7 quiet@6-7!");
    bench_free(bench);
}

static void a_runaway_rule_gives_the_line_up(void **state) {
    (void)state;
    struct bench *bench = bench_new(rules_text);
    char line[128] = "error 5 z";
    memset(line + 9, 'a', 60);
    strcpy(line + 69, "5!");
    assert_string_equal(find(bench, line), "word@6-7 late@6-7!");
    assert_int_equal(bench->plain.scan.skips, 1);
    /* the gate knows that the line does not end there */
    assert_int_equal(bench->gated.scan.skips, 0);
    bench_free(bench);
}

static void pieces_of_long_lines_have_no_false_ends(void **state) {
    (void)state;
    struct bench *bench = bench_new("[start]\nmatch = ^(?<code>\\d+)\nfamily = a\nsample = 5 => 5\n"
                                    "silent = x\n[end]\nmatch = (?<code>\\d+)$\nfamily = a\n"
                                    "sample = 5 => 5\nsilent = x\n");
    size_t undecided;
    struct piece piece = piece_of_line(VIEW("12 x 34"), 0);
    assert_string_equal(look(bench, piece, &undecided), "start@0-2 end@5-7");
    piece.at = PIECE_STRIDE;
    piece.ends = false;
    assert_string_equal(look(bench, piece, &undecided), "");
    bench_free(bench);
}

static void a_rule_may_want_words_before_its_match(void **state) {
    (void)state;
    struct bench *bench =
        bench_new("[far]\nmatch = code (?<code>\\d+)\nafter = \\bdisk\\b.{0,9}$\nfamily = a\n"
                  "sample = disk: code 5 => 5\nsilent = code 5 of the disk\n"
                  "[first]\nmatch = code (?<code>\\d+)\nafter = ^$\nfamily = a\n"
                  "sample = code 5 => 5\nsilent = disk code 5\n");
    assert_string_equal(find(bench, "disk: code 5, code 6"), "far@11-12");
    assert_string_equal(find(bench, "code 5, disk, code 6"), "first@5-6 far@19-20");
    assert_string_equal(find(bench, "disk 0123456789 code 5"), "");
    bench_free(bench);
}

/* The places of whole lines are known before they are judged one by one. */
static void lines_ahead_are_swept_at_once(void **state) {
    (void)state;
    struct bench *bench = bench_new(rules_text);
    struct scan *scan = &bench->gated.scan;
    struct view lines = VIEW("nothing\nerror 5\r\n12 {\n\n\x1b[1merror\nend\n");
    assert_false(scan_sees_ahead(scan));
    bench->gated.evidence.own.line_at = EVIDENCE_HEAD;
    assert_true(scan_sees_ahead(scan));
    assert_true(scan_ahead(scan, lines));
    assert_int_equal(scan_next_line(scan, 0), 8);
    struct piece piece = piece_of_line(view_part(lines, 8, 15), 0);
    look_with(&bench->gated, piece);
    assert_string_equal(bench->gated.text, "word@6-7 late@6-7!");
    assert_int_equal(scan_next_line(scan, 17), 17);
    assert_int_equal(scan_next_line(scan, 22), 23);
    assert_int_equal(scan_next_line(scan, 33), lines.size);
    bench_free(bench);
}

static void proofs_are_run(void **state) {
    (void)state;
    struct bench *bench = bench_new(
        "[a]\nmatch = error (?<code>\\d+)\nfamily = a\nsample = error 5 => 6\nsilent = 5\n"
        "[b]\nmatch = error (?<code>\\d+)\nfamily = a\nsample = error 5 => 5\nsilent = error 7\n");
    struct fault fault;
    char text[256];
    assert_false(scan_prove(&bench->plain.scan, bench->rules.rules[0], &fault));
    fault_print(&fault, text, sizeof text);
    assert_string_equal(text, "t.rules:4:10: rule a does not find the code of this sample");
    assert_false(scan_prove(&bench->plain.scan, bench->rules.rules[1], &fault));
    fault_print(&fault, text, sizeof text);
    assert_string_equal(text, "t.rules:10:10: rule b hits this silent line");
    bench_free(bench);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlaps_go_to_the_longest_then_the_earlier_rule),
        cmocka_unit_test(settling_takes_chains_of_overlaps),
        cmocka_unit_test(candidates_of_several_rules_come_in_order),
        cmocka_unit_test(numbers_are_not_cut),
        cmocka_unit_test(colours_are_seen_past),
        cmocka_unit_test(unfinished_lines_wait_at_the_first_open_gloss),
        cmocka_unit_test(gaps_wait_only_where_a_code_has_ended),
        cmocka_unit_test(rules_for_a_dialect_look_at_the_line),
        cmocka_unit_test(what_nobody_knows_leaves_its_place_to_others),
        cmocka_unit_test(a_runaway_rule_gives_the_line_up),
        cmocka_unit_test(pieces_of_long_lines_have_no_false_ends),
        cmocka_unit_test(a_rule_may_want_words_before_its_match),
        cmocka_unit_test(lines_ahead_are_swept_at_once),
        cmocka_unit_test(proofs_are_run),
    };
    return RUN(tests);
}
