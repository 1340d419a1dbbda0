#include "testing.h"

#include "ruleset.h"

static const char good[] = "# rules\n"
                           "[one]\n"
                           "match = error (?<code>\\d+)\n"
                           "family = app\n"
                           "sample = error 5 => 5\n"
                           "silent = 5\n"
                           "\n"
                           "[two]\n"
                           "match  =   a = b;  # (?<code>[0-9a-f]+)   \n"
                           "base = hex\n"
                           "family = app other\n"
                           "sample = a = b;  # ff => x => ff\n"
                           "silent = b\n";

static void rules_are_read_as_written(void **state) {
    (void)state;
    struct ruleset set = {0};
    struct fault fault;
    assert_true(ruleset_add(&set, VIEW("t.rules"), view_string(good), 0, false, &fault));
    assert_int_equal(set.count, 2);
    const struct rule *two = ruleset_find(&set, VIEW("two"));
    assert_int_equal(two->line, 8);
    assert_int_equal(two->base, BASE_HEX);
    assert_text(two->families.words, "app other");
    assert_text(two->proofs->text, "a = b;  # ff => x");
    assert_text(two->proofs->code, "ff");
    assert_true(two->proofs->next->silent);
    ruleset_free(&set);
}

static void later_layers_win_and_replace(void **state) {
    (void)state;
    struct ruleset set = {0};
    struct fault fault;
    static const char more[] =
        "[three]\nmatch = (?<code>\\d)\nfamily = app\nsample = 5 => 5\nsilent = x\n"
        "[one]\nmatch = (?<code>\\d)\nfamily = app\nsample = 5 => 5\nsilent = x\n";
    assert_true(ruleset_add(&set, VIEW("t.rules"), view_string(good), 0, false, &fault));
    assert_true(ruleset_add(&set, VIEW("u.rules"), view_string(more), 1, false, &fault));
    ruleset_sort(&set);
    assert_int_equal(set.count, 3);
    assert_text(set.rules[0]->name, "three");
    assert_text(set.rules[1]->name, "one");
    assert_text(set.rules[1]->origin, "u.rules");
    assert_text(set.rules[2]->name, "two");
    assert_true(ruleset_drop(&set, VIEW("three")));
    assert_false(ruleset_drop(&set, VIEW("three")));
    assert_int_equal(set.count, 2);
    ruleset_free(&set);
}

#define BODY "match = (?<code>\\d)\nfamily = a\nsample = 5 => 5\nsilent = x\n"

static void bad_rules_are_named_by_line_and_column(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *fault;
    } rows[] = {
        {"match = x", "t.rules:1:1: a key stands below its rule's [name]"},
        {"[a\n", "t.rules:1:1: a rule's head is [name] on a line of its own"},
        {"[a] b\n", "t.rules:1:1: a rule's head is [name] on a line of its own"},
        {"[]\n", "t.rules:1:2: the rule has no name"},
        {"[a b]\n", "t.rules:1:3: a rule's name is made of letters, digits, _ and -"},
        {"[a]\nnonsense\n", "t.rules:2:1: expected [rule-name], key = value or a # comment"},
        {"[a]\nmach = x\n", "t.rules:2:1: unknown key `mach`; a rule has match, after, family, "
                            "base, dialect, unknown, "
                            "sample and silent"},
        {"[a]\nmatch = (?<code>\\d\n", "t.rules:2:19: regex: missing closing parenthesis"},
        {"[a]\nmatch = \\d+\n", "t.rules:2:9: the regex has no group (?<code>...)"},
        {"[a]\nmatch = (*UTF)(?<code>\\d)\n",
         "t.rules:2:15: regex: using UTF is disabled by the application"},
        {"[a]\nsample = error 5\n", "t.rules:2:10: a sample is: text => code"},
        {"[a]\nbase = octal\n", "t.rules:2:8: base is `dec` or `hex`"},
        {"[a]\nfamily = \n", "t.rules:2:10: a name is missing"},
        {"[a]\nmatch = (?<code>\\d)\nmatch = x\n",
         "t.rules:3:1: a rule has one of `match`, `column` and `lines` only"},
        {"[a]\nmatch = (?<code>\\d)\nlines = x\n",
         "t.rules:3:1: a rule has one of `match`, `column` and `lines` only"},
        {"[a]\ncolumn =\n", "t.rules:2:9: name a column"},
        {"[a]\nby = name\n", "t.rules:2:6: what stands there is a `symbol`, or say nothing"},
        {"[a]\nunknown = loud\n", "t.rules:2:11: an unknown code is `silent`, or say nothing"},
        {"[a]\nlines = (\n", "t.rules:2:10: regex: missing closing parenthesis"},
        {"[a]\nfamily = x\nfamily = y\n", "t.rules:3:1: a rule has one `family` only"},
        {"[a]\nfamily = x\n", "t.rules:1:1: rule a has no `match`"},
        {"[a]\nmatch = (?<code>\\d)\n[b]\n", "t.rules:1:1: rule a has no `family`"},
        {"[a]\nmatch = (?<code>\\d)\nfamily = x\n", "t.rules:1:1: rule a has no `sample`"},
        {"[a]\nmatch = (?<code>\\d)\nfamily = x\nsample = 5 => 5\n",
         "t.rules:1:1: rule a has no `silent`"},
        {"[a]\n" BODY "[a]\n" BODY, "t.rules:6:2: rule a stands on line 1 already"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ruleset set = {0};
        struct fault fault;
        char text[512];
        assert_false(
            ruleset_add(&set, VIEW("t.rules"), view_string(rows[i].text), 0, false, &fault));
        fault_print(&fault, text, sizeof text);
        assert_string_equal(text, rows[i].fault);
        ruleset_free(&set);
    }
}

struct probe {
    struct pattern pattern;
    struct matcher *matcher;
};

static struct probe probe(const char *regex) {
    struct fault fault;
    struct probe probe = {.pattern = {.regex = view_string(regex)}, .matcher = matcher_new(1)};
    assert_true(pattern_check(probe.pattern.regex, true, VIEW("t"), 1, 1, &fault));
    assert_non_null(probe.matcher);
    return probe;
}

static void done(struct probe probe) {
    matcher_free(probe.matcher);
}

static void patterns_find_their_code(void **state) {
    (void)state;
    struct probe p = probe("(?:code (?<code>\\d+)|(?<code>0x\\w+) code)");
    struct pattern_match match;
    assert_int_equal(pattern_find(&p.pattern, p.matcher, VIEW("a code 12 b"), 0, 0, &match),
                     PATTERN_FOUND);
    assert_int_equal(match.start, 7);
    assert_int_equal(match.end, 9);
    assert_int_equal(pattern_find(&p.pattern, p.matcher, VIEW("0x1f code"), 0, 0, &match),
                     PATTERN_FOUND);
    assert_int_equal(match.end, 4);
    assert_int_equal(pattern_find(&p.pattern, p.matcher, VIEW("code x"), 0, 0, &match),
                     PATTERN_NONE);
    done(p);
}

static void a_place_is_tried_alone(void **state) {
    (void)state;
    struct probe p = probe("code (?<code>\\d+)");
    struct pattern_match match;
    struct view text = VIEW("a code 12 b");
    assert_int_equal(pattern_find(&p.pattern, p.matcher, text, 0, MATCH_HERE, &match),
                     PATTERN_NONE);
    assert_int_equal(pattern_find(&p.pattern, p.matcher, text, 2, MATCH_HERE, &match),
                     PATTERN_FOUND);
    assert_int_equal(match.begin, 2);
    assert_int_equal(match.start, 7);
    assert_int_equal(
        pattern_find(&p.pattern, p.matcher, text, 3, MATCH_HERE | MATCH_INTERPRETED, &match),
        PATTERN_NONE);
    done(p);
}

static void a_code_outside_its_match_is_none(void **state) {
    (void)state;
    struct probe p = probe("(?<=(?<code>\\d\\d))!");
    struct pattern_match match;
    assert_int_equal(pattern_find(&p.pattern, p.matcher, VIEW("12!"), 0, 0, &match), PATTERN_FOUND);
    assert_int_equal(match.start, match.end);
    done(p);
}

static void line_ends_are_where_the_line_ends(void **state) {
    (void)state;
    struct probe p = probe("^(?<code>\\d+)$");
    struct pattern_match match;
    assert_int_equal(pattern_find(&p.pattern, p.matcher, VIEW("12"), 0, 0, &match), PATTERN_FOUND);
    assert_int_equal(pattern_find(&p.pattern, p.matcher, VIEW("12"), 0, MATCH_NOT_END, &match),
                     PATTERN_NONE);
    assert_int_equal(pattern_find(&p.pattern, p.matcher, VIEW("12"), 0, MATCH_NOT_START, &match),
                     PATTERN_NONE);
    done(p);
}

static void unfinished_text_is_undecided(void **state) {
    (void)state;
    struct probe p = probe("error (?<code>\\d+)");
    struct pattern_match match;
    assert_int_equal(
        pattern_find(&p.pattern, p.matcher, VIEW("an err"), 0, MATCH_UNFINISHED, &match),
        PATTERN_OPEN);
    assert_int_equal(match.start, 3);
    assert_int_equal(
        pattern_find(&p.pattern, p.matcher, VIEW("error 5"), 0, MATCH_UNFINISHED, &match),
        PATTERN_OPEN);
    assert_int_equal(
        pattern_find(&p.pattern, p.matcher, VIEW("error 5 "), 0, MATCH_UNFINISHED, &match),
        PATTERN_FOUND);
    assert_int_equal(
        pattern_find(&p.pattern, p.matcher, VIEW("error x"), 0, MATCH_UNFINISHED, &match),
        PATTERN_NONE);
    done(p);
}

static void runaway_regexes_are_given_up(void **state) {
    (void)state;
    struct probe p = probe("(?:a+)+(?<code>\\d)$");
    struct pattern_match match;
    struct view text = VIEW("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa5!");
    assert_int_equal(pattern_find(&p.pattern, p.matcher, text, 0, 0, &match), PATTERN_LIMIT);
    assert_int_equal(pattern_find(&p.pattern, p.matcher, text, 0, MATCH_INTERPRETED, &match),
                     PATTERN_LIMIT);
    done(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_read_as_written),
        cmocka_unit_test(later_layers_win_and_replace),
        cmocka_unit_test(bad_rules_are_named_by_line_and_column),
        cmocka_unit_test(patterns_find_their_code),
        cmocka_unit_test(a_place_is_tried_alone),
        cmocka_unit_test(a_code_outside_its_match_is_none),
        cmocka_unit_test(line_ends_are_where_the_line_ends),
        cmocka_unit_test(unfinished_text_is_undecided),
        cmocka_unit_test(runaway_regexes_are_given_up),
    };
    return RUN(tests);
}
