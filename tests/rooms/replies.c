#include "replying.h"

#include <jansson.h>

/* Replies at their limits, and what counts as evidence. */

/* The reply is one line, of so many bytes at most, and one object without a null that jansson can
 * read too. */
static void assert_sound(struct view out, size_t most) {
    struct view line = view_part(out, 0, out.size - 1);
    json_t *object = json_loadb(line.at, line.size, JSON_ALLOW_NUL, NULL);
    assert_true(view_ends(out, VIEW("\n")) && view_count(out, '\n') == 1);
    assert_true(out.size <= most);
    assert_true(json_is_object(object));
    assert_null(memmem(line.at, line.size, "null", 4));
    json_decref(object);
}

/* The replies to a line in all their forms: how many differ as the limit goes down, each shorter
 * than the one before and the last `{}`. */
static size_t count_forms(enum message_form input, enum mmexternal_into into, const char *line) {
    struct bench bench;
    struct buffer last = {0};
    size_t forms = 0;
    begin(&bench, input, into);
    for (size_t most = 1000; most >= 3; most--) {
        bench.plugin.ways.reply_most = most;
        struct view out = reply(&bench, view_string(line));
        assert_sound(out, most);
        if (view_equal(out, buffer_view(&last))) continue;
        assert_true(forms == 0 || last.size > most);
        buffer_clear(&last);
        buffer_append(&last, out);
        forms++;
    }
    assert_text(last, "{}\n");
    buffer_free(&last);
    end(&bench);
    return forms;
}

static void what_is_too_long_is_said_in_fewer_words(void **state) {
    (void)state;
    static const char line[] = "code 9, code 7 and code 8";
    static const char json[] = "{\"msg\":\" code 9, code 7\",\"structured-data\":\"[a]\"}";
    assert_int_equal(count_forms(MESSAGE_TEXT, INTO_MSG, line), 4);
    assert_int_equal(count_forms(MESSAGE_TEXT, INTO_JSON, line), 4);
    assert_int_equal(count_forms(MESSAGE_RAW, INTO_MSG, line), 4);
    assert_int_equal(count_forms(MESSAGE_RAW, INTO_STRUCTURED_DATA, line), 4);
    assert_int_equal(count_forms(MESSAGE_RAW, INTO_JSON, line), 4);
    assert_int_equal(count_forms(MESSAGE_JSON, INTO_MSG, json), 4);
    assert_int_equal(count_forms(MESSAGE_JSON, INTO_STRUCTURED_DATA, json), 4);
    assert_int_equal(count_forms(MESSAGE_JSON, INTO_JSON, json), 4);
    /* cutting makes no difference here */
    assert_int_equal(count_forms(MESSAGE_TEXT, INTO_MSG, "code 7"), 3);
    assert_int_equal(count_forms(MESSAGE_TEXT, INTO_MSG, "code 5"), 1);
}

/* The reply to a line at the limit of `most` bytes. */
static void assert_reply_of(enum mmexternal_into into, size_t most, const char *expected) {
    struct bench bench;
    begin(&bench, MESSAGE_TEXT, into);
    bench.plugin.ways.reply_most = most;
    assert_reply(&bench, VIEW("code 9"), expected);
    end(&bench);
}

#define MSG_WHOLE "{\"msg\":\"code 9" NINE "\"}"
#define MSG_CUT "{\"msg\":\"code 9 {NINE: one of those that need a lot of words to\u2026}\"}"
#define MSG_BRIEF "{\"msg\":\"code 9 {= NINE}\"}"
#define TREE_9(gloss, text)                                                                        \
    "{\"$!\":{\"errgloss\":{\"message\":\"code 9\",\"annotated\":\"code 9 {" gloss "}\","          \
    "\"code\":\"9\",\"family\":\"app\",\"symbol\":\"NINE\",\"text\":\"" text "\"}}}"
#define WORDS "one of those that need a lot of words to"
#define TREE_CUT TREE_9("NINE: " WORDS "\u2026", WORDS "\u2026")
#define TREE_BRIEF TREE_9("= NINE", "")

static void each_form_has_its_limit(void **state) {
    (void)state;
    assert_reply_of(INTO_MSG, sizeof MSG_WHOLE, MSG_WHOLE);
    assert_reply_of(INTO_MSG, sizeof MSG_WHOLE - 1, MSG_CUT);
    assert_reply_of(INTO_MSG, sizeof MSG_CUT, MSG_CUT);
    assert_reply_of(INTO_MSG, sizeof MSG_CUT - 1, MSG_BRIEF);
    assert_reply_of(INTO_MSG, sizeof MSG_BRIEF, MSG_BRIEF);
    assert_reply_of(INTO_MSG, sizeof MSG_BRIEF - 1, "{}");
    assert_reply_of(INTO_MSG, 3, "{}");
    assert_reply_of(INTO_JSON, 1000, TREE_9("NINE: " WORDS " be told", WORDS " be told"));
    assert_reply_of(INTO_JSON, sizeof TREE_CUT, TREE_CUT);
    assert_reply_of(INTO_JSON, sizeof TREE_CUT - 1, TREE_BRIEF);
    assert_reply_of(INTO_JSON, sizeof TREE_BRIEF, TREE_BRIEF);
    assert_reply_of(INTO_JSON, sizeof TREE_BRIEF - 1, "{}");
}

#define MSG_OF_SIX "{\"msg\":\"code 9 {NINE: one of\u2026}\"}"

/* No form is longer than what was asked for. */
static void summaries_have_a_length(void **state) {
    (void)state;
    struct bench bench;
    begin_with(&bench, staging_glossary(),
               (struct mmexternal_ways){.reply_most = sizeof MSG_OF_SIX, .summary_most = 6});
    assert_reply(&bench, VIEW("code 9"), MSG_OF_SIX);
    bench.plugin.ways.reply_most--;
    assert_reply(&bench, VIEW("code 9"), MSG_BRIEF);
    end(&bench);
}

static void long_messages_stay_below_the_limit(void **state) {
    (void)state;
    struct bench bench;
    struct buffer line = {0};
    begin(&bench, MESSAGE_TEXT, INTO_MSG);
    buffer_append(&line, VIEW("code 7"));
    for (size_t i = 0; i < 65536; i++) buffer_append_byte(&line, '"');
    assert_reply(&bench, buffer_view(&line), "{}");
    bench.plugin.ways.reply_most = 200000;
    assert_sound(reply(&bench, buffer_view(&line)), 200000);
    assert_int_equal(bench.out.size, sizeof "{\"msg\":\"code 7" SEVEN "\"}" + 2 * (size_t)65536);
    buffer_free(&line);
    end(&bench);
}

static void a_text_is_judged_by_itself(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, MESSAGE_TEXT, INTO_MSG);
    assert_reply(&bench, VIEW("US begins"), "{}");
    assert_reply(&bench, VIEW("US rc=7"), "{\"msg\":\"US rc=7" SEVEN "\"}");
    assert_reply(&bench, VIEW("rc=7"), "{}");
    end(&bench);
}

static void what_a_program_has_shown_counts_for_it_alone(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, MESSAGE_RAW, INTO_MSG);
    assert_reply(&bench, VIEW("<34>1 - h app 1 - - rc=7"), "{}");
    assert_reply(&bench, VIEW("<34>1 - h app 1 - - US begins"), "{}");
    assert_reply(&bench, VIEW("<34>1 - h other 1 - - rc=7"), "{}");
    assert_reply(&bench, VIEW("<34>1 - h - 1 - - rc=7"), "{}");
    assert_reply(&bench, VIEW("<34>rc=7"), "{}");
    /* another process of it, another form of header */
    assert_reply(&bench, VIEW("<34>1 - h app 2 - - rc=7"),
                 "{\"rawmsg\":\"<34>1 - h app 2 - - rc=7" SEVEN "\"}");
    assert_reply(&bench, VIEW("<34>Oct 11 22:14:15 h app[3]: rc=7"),
                 "{\"rawmsg\":\"<34>Oct 11 22:14:15 h app[3]: rc=7" SEVEN "\"}");
    assert_reply(&bench, VIEW("<34>Oct 11 22:14:15 h other[3]: rc=7"), "{}");
    end(&bench);
    begin(&bench, MESSAGE_JSON, INTO_MSG);
    assert_reply(&bench, VIEW("{\"programname\":\"app\",\"msg\":\"US begins\"}"), "{}");
    assert_reply(&bench, VIEW("{\"programname\":\"other\",\"msg\":\"rc=7\"}"), "{}");
    assert_reply(&bench, VIEW("{\"msg\":\"rc=7\"}"), "{}");
    assert_reply(&bench, VIEW("{\"msg\":\"rc=7\",\"programname\":\"a\\u0070p\"}"),
                 "{\"msg\":\"rc=7" SEVEN "\"}");
    end(&bench);
}

/* Without a program nothing that was shown counts, not even by others without one. */
static void messages_without_a_program_show_nothing(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, MESSAGE_RAW, INTO_MSG);
    assert_reply(&bench, VIEW("<34>1 - h - 1 - - US begins"), "{}");
    assert_reply(&bench, VIEW("<34>US begins"), "{}");
    assert_reply(&bench, VIEW("<34>1 - h - 1 - - rc=7"), "{}");
    assert_reply(&bench, VIEW("<34>rc=7"), "{}");
    assert_reply(&bench, VIEW("<34>1 - h app 1 - - rc=7"), "{}");
    end(&bench);
}

static eg_glossary *builtin(void) {
    eg_fault fault = {{0}};
    eg_glossary *glossary = eg_glossary_new();
    bool fine = eg_glossary_add_builtin(glossary, &fault) && eg_glossary_seal(glossary, &fault);
    if (!fine) fail_msg("%s", fault.text);
    return glossary;
}

/* The reply to a text into $!errgloss with the built-in tables, to be freed. */
static json_t *tree_of(struct view line) {
    struct bench bench;
    begin_with(&bench, builtin(), (struct mmexternal_ways){.into = INTO_JSON, .reply_most = MOST});
    struct view out = reply(&bench, line);
    assert_sound(out, MOST);
    json_t *tree = json_loadb(out.at, out.size, 0, NULL);
    end(&bench);
    return tree;
}

static const char *member(json_t *tree, const char *name) {
    const char *text = json_string_value(
        json_object_get(json_object_get(json_object_get(tree, "$!"), "errgloss"), name));
    return text ? text : "(none)";
}

static void codes_with_several_readings_tell_them(void **state) {
    (void)state;
    json_t *tree = tree_of(VIEW("the call failed with error 5"));
    assert_string_equal(member(tree, "code"), "5");
    assert_non_null(strstr(member(tree, "text"), " | "));
    assert_null(strchr(member(tree, "text"), '{'));
    assert_null(strchr(member(tree, "text"), '}'));
    assert_string_not_equal(member(tree, "symbol"), "");
    json_decref(tree);
}

static void unknown_codes_tell_of_their_bits(void **state) {
    (void)state;
    json_t *tree = tree_of(VIEW("hr=0x8024DEAD"));
    assert_string_equal(member(tree, "code"), "0x8024DEAD");
    assert_string_equal(member(tree, "family"), "");
    assert_string_equal(member(tree, "symbol"), "");
    assert_string_equal(member(tree, "text"),
                        "HRESULT failure, facility WindowsUpdate, code 0xDEAD");
    json_decref(tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_too_long_is_said_in_fewer_words),
        cmocka_unit_test(each_form_has_its_limit),
        cmocka_unit_test(summaries_have_a_length),
        cmocka_unit_test(long_messages_stay_below_the_limit),
        cmocka_unit_test(a_text_is_judged_by_itself),
        cmocka_unit_test(what_a_program_has_shown_counts_for_it_alone),
        cmocka_unit_test(messages_without_a_program_show_nothing),
        cmocka_unit_test(codes_with_several_readings_tell_them),
        cmocka_unit_test(unknown_codes_tell_of_their_bits),
    };
    return RUN(tests);
}
