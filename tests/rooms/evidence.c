#include <stdio.h>

#include "testing.h"

#include "evidence.h"

#define DIALECT(name, regex) "[" name "]\nlines = " regex "\nfamily = a\nsample = x\nsilent = y\n"

static const char rules_text[] =
    "[code]\nmatch = (?<code>\\d)\nfamily = a\ndialect = b\n"
    "sample = 5 => 5\nsilent = x\n" DIALECT("a", "^A:") DIALECT("b", "^B:| path/");

struct world {
    struct ruleset rules;
    struct gate gate;
    struct evidence evidence;
};

static struct world *world_new(void) {
    struct world *world = calloc(1, sizeof *world);
    struct fault fault;
    assert_true(
        ruleset_add(&world->rules, VIEW("t.rules"), view_string(rules_text), 0, false, &fault));
    ruleset_sort(&world->rules);
    assert_true(ruleset_bind_dialects(&world->rules, &fault));
    assert_true(evidence_gate(&world->gate, &world->rules, STARTS_BEST));
    assert_true(evidence_init(&world->evidence, &world->rules, &world->gate));
    return world;
}

static void world_free(struct world *world) {
    evidence_free(&world->evidence);
    gate_free(&world->gate);
    ruleset_free(&world->rules);
    free(world);
}

static struct piece look(struct world *world, const char *line) {
    struct piece piece = piece_of_line(view_string(line), 0);
    piece.ending = VIEW("\n");
    assert_true(evidence_look(&world->evidence, &piece, piece.text));
    return piece;
}

static void pass(struct world *world, const char *line) {
    struct piece piece = look(world, line);
    assert_true(evidence_close(&world->evidence, &piece));
}

static struct verdict judge(struct world *world, const char *line, size_t start) {
    struct piece piece = look(world, line);
    return evidence_judge(&world->evidence, &piece, start);
}

static void assert_verdict(struct verdict verdict, size_t dialect, enum witness witness) {
    assert_int_equal(verdict.dialect, dialect);
    assert_int_equal(verdict.witness, witness);
}

static void rules_know_their_dialects(void **state) {
    (void)state;
    struct world *world = world_new();
    struct fault fault;
    assert_int_equal(world->rules.codes, 1);
    assert_int_equal(world->rules.rules[0]->dialects, 2);
    world->rules.rules[0]->spoken.words = VIEW("c");
    assert_false(ruleset_bind_dialects(&world->rules, &fault));
    world_free(world);
}

static void the_line_tells_before_the_stream(void **state) {
    (void)state;
    struct world *world = world_new();
    assert_verdict(judge(world, "plain 5", 6), NO_DIALECT, WITNESS_NONE);
    assert_verdict(judge(world, "A: 5", 3), 0, WITNESS_LINE);
    pass(world, "A: one");
    assert_verdict(judge(world, "plain 5", 6), 0, WITNESS_STREAM);
    assert_verdict(judge(world, "B: 5", 3), 1, WITNESS_LINE);
    evidence_begin(&world->evidence);
    assert_verdict(judge(world, "plain 5", 6), NO_DIALECT, WITNESS_NONE);
    world->evidence.forced = 1;
    assert_verdict(judge(world, "A: 5", 3), 1, WITNESS_USER);
    world_free(world);
}

static void only_what_stands_before_the_code_tells(void **state) {
    (void)state;
    struct world *world = world_new();
    char far[600];
    assert_verdict(judge(world, "5 in path/", 0), NO_DIALECT, WITNESS_NONE);
    assert_verdict(judge(world, "in path/ 5", 9), 1, WITNESS_LINE);
    snprintf(far, sizeof far, "%*s path/ 5", 510, "");
    assert_verdict(judge(world, far, 518), NO_DIALECT, WITNESS_NONE);
    world_free(world);
}

static void most_lines_lead_the_stream(void **state) {
    (void)state;
    struct world *world = world_new();
    pass(world, "B: one");
    assert_verdict(judge(world, "5", 0), 1, WITNESS_STREAM);
    pass(world, "A: one");
    assert_verdict(judge(world, "5", 0), 0, WITNESS_STREAM);
    pass(world, "B: two");
    assert_verdict(judge(world, "5", 0), 1, WITNESS_STREAM);
    world_free(world);
}

static void only_the_head_of_a_stream_tells(void **state) {
    (void)state;
    struct world *world = world_new();
    world->evidence.own.line_at = EVIDENCE_HEAD - 1;
    pass(world, "A: one");
    assert_verdict(judge(world, "5", 0), 0, WITNESS_STREAM);
    pass(world, "B: one");
    pass(world, "B: two");
    assert_verdict(judge(world, "5", 0), 0, WITNESS_STREAM);
    world_free(world);
}

/* A line over the size of a piece counts once, by its start. */
static void long_lines_tell_by_their_start(void **state) {
    (void)state;
    struct world *world = world_new();
    static char line[PIECE_MOST + 100];
    memset(line, 'x', sizeof line);
    memcpy(line, "A:", 2);
    struct view whole = view_of(line, sizeof line);
    for (size_t at = 0; at < whole.size; at += PIECE_STRIDE) {
        struct piece piece = piece_of_line(whole, at);
        assert_true(evidence_look(&world->evidence, &piece, piece.text));
        assert_verdict(evidence_judge(&world->evidence, &piece, 10), 0, WITNESS_LINE);
        if (piece.ends) assert_true(evidence_close(&world->evidence, &piece));
    }
    assert_int_equal(world->evidence.own.line_at, sizeof line);
    assert_int_equal(world->evidence.own.votes[0], 1);
    world_free(world);
}

static void headers_name_columns(void **state) {
    (void)state;
    struct world *world = world_new();
    struct columns *columns = &world->evidence.own.columns;
    size_t start, end;
    pass(world, "#Fields: date cs-uri sc-status");
    assert_true(columns_find(columns, VIEW("SC-Status"), VIEW("d /x 404"), &start, &end));
    assert_int_equal(start, 5);
    assert_int_equal(end, 8);
    assert_true(columns_find(columns, VIEW("sc-status"), VIEW("d \"a b\" 404"), &start, &end));
    assert_int_equal(start, 8);
    assert_false(columns_find(columns, VIEW("sc-bytes"), VIEW("d /x 404"), &start, &end));
    assert_false(columns_find(columns, VIEW("sc-status"), VIEW("d /x 404 5"), &start, &end));
    assert_false(columns_find(columns, VIEW("sc-status"), VIEW("d /x"), &start, &end));
    assert_false(columns_find(columns, VIEW("sc-status"), VIEW("#d /x 404"), &start, &end));
    assert_int_equal(columns_undecided(columns, VIEW("sc-status"), VIEW("d /x 404 ")), 8);
    assert_int_equal(columns_undecided(columns, VIEW("sc-status"), VIEW("d /x 4")), 6);
    assert_int_equal(columns_undecided(columns, VIEW("sc-status"), VIEW("d /x ")), SIZE_MAX);
    world_free(world);
}

static void later_headers_count_where_the_head_held_one(void **state) {
    (void)state;
    struct world *world = world_new();
    struct columns *columns = &world->evidence.own.columns;
    pass(world, "#Fields: a b");
    world->evidence.own.line_at = EVIDENCE_HEAD;
    pass(world, "#Fields: a b c");
    assert_int_equal(columns->count, 3);
    evidence_begin(&world->evidence);
    assert_int_equal(columns->count, 0);
    world->evidence.own.line_at = EVIDENCE_HEAD;
    pass(world, "#Fields: a b c");
    assert_int_equal(columns->count, 0);
    world_free(world);
}

static void turn_to(struct world *world, const char *program) {
    assert_true(evidence_turn_to(&world->evidence, view_string(program)));
}

static void mixed_programs_tell_each_of_itself(void **state) {
    (void)state;
    struct world *world = world_new();
    turn_to(world, "one");
    pass(world, "A: one");
    turn_to(world, "two");
    assert_verdict(judge(world, "5", 0), NO_DIALECT, WITNESS_NONE);
    pass(world, "B: two");
    pass(world, "#Fields: a b");
    turn_to(world, "one");
    assert_verdict(judge(world, "5", 0), 0, WITNESS_STREAM);
    assert_int_equal(world->evidence.heard->columns.count, 0);
    turn_to(world, "two");
    assert_verdict(judge(world, "5", 0), 1, WITNESS_STREAM);
    assert_int_equal(world->evidence.heard->columns.count, 2);
    evidence_begin(&world->evidence);
    turn_to(world, "two");
    assert_verdict(judge(world, "5", 0), NO_DIALECT, WITNESS_NONE);
    world_free(world);
}

static void nobody_tells_of_a_line_of_nobody(void **state) {
    (void)state;
    struct world *world = world_new();
    pass(world, "A: one");
    turn_to(world, "");
    assert_verdict(judge(world, "5", 0), NO_DIALECT, WITNESS_NONE);
    pass(world, "A: two");
    turn_to(world, "");
    assert_verdict(judge(world, "5", 0), NO_DIALECT, WITNESS_NONE);
    world_free(world);
}

static void the_program_that_was_silent_for_longest_is_forgotten(void **state) {
    (void)state;
    struct world *world = world_new();
    char name[32];
    turn_to(world, "silent");
    pass(world, "A: one");
    turn_to(world, "lively");
    pass(world, "B: one");
    for (int i = 0; i < PROGRAMS_MOST - 1; i++) {
        snprintf(name, sizeof name, "%d", i);
        turn_to(world, name);
        turn_to(world, "lively");
    }
    assert_verdict(judge(world, "5", 0), 1, WITNESS_STREAM);
    turn_to(world, "silent");
    assert_verdict(judge(world, "5", 0), NO_DIALECT, WITNESS_NONE);
    world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_know_their_dialects),
        cmocka_unit_test(the_line_tells_before_the_stream),
        cmocka_unit_test(only_what_stands_before_the_code_tells),
        cmocka_unit_test(most_lines_lead_the_stream),
        cmocka_unit_test(only_the_head_of_a_stream_tells),
        cmocka_unit_test(long_lines_tell_by_their_start),
        cmocka_unit_test(headers_name_columns),
        cmocka_unit_test(later_headers_count_where_the_head_held_one),
        cmocka_unit_test(mixed_programs_tell_each_of_itself),
        cmocka_unit_test(nobody_tells_of_a_line_of_nobody),
        cmocka_unit_test(the_program_that_was_silent_for_longest_is_forgotten),
    };
    return RUN(tests);
}
