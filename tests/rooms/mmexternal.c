#include "replying.h"

struct example {
    const char *line, *reply;
};

static void assert_replies(enum message_form input, enum mmexternal_into into,
                           const struct example *examples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct bench bench;
        begin(&bench, input, into);
        assert_reply(&bench, view_string(examples[i].line), examples[i].reply);
        end(&bench);
    }
}

#define ASSERT_REPLIES(input, into, examples)                                                      \
    assert_replies(input, into, examples, sizeof(examples) / sizeof *(examples))

/* As a string of JSON: what the catalog says of 8, and as a parameter in such a string. */
#define EIGHT " {EIGHT: says \\\"no\\\" \\\\ way]}"
#define EIGHT_TEXT "says \\\\\\\"no\\\\\\\" \\\\\\\\ way\\\\]"

static const struct example msg_into_msg[] = {
    {"code 7", "{\"msg\":\"code 7" SEVEN "\"}"},
    /* the blank that stands behind the tag stays, and is no part of the text */
    {" code 7, x", "{\"msg\":\" code 7" SEVEN ", x\"}"},
    {" 9 alone", "{\"msg\":\" 9" NINE " alone\"}"},
    {"  9 alone", "{}"},
    {"code 8", "{\"msg\":\"code 8" EIGHT "\"}"},
    {"code 7 and code 8", "{\"msg\":\"code 7" SEVEN " and code 8" EIGHT "\"}"},
    {"code 6", "{\"msg\":\"code 6 {= a sixth that has no symbol}\"}"},
    /* what is escaped, and what is not */
    {"\"\\/\t\r code 7", "{\"msg\":\"\\\"\\\\/\\u0009\\u000d code 7" SEVEN "\"}"},
    {"\x01\x1f\x7f\x1b[1mcode 7", "{\"msg\":\"\\u0001\\u001f\x7f\\u001b[1mcode 7" SEVEN "\"}"},
    {"\xff\xc3 \xc3\xa9\xe2\x80\xa8 code 7",
     "{\"msg\":\"\xff\xc3 \xc3\xa9\xe2\x80\xa8 code 7" SEVEN "\"}"},
    {"{\"msg\":null} code 7", "{\"msg\":\"{\\\"msg\\\":null} code 7" SEVEN "\"}"},
    {" {\"msg\":\"code 7\"}", "{\"msg\":\" {\\\"msg\\\":\\\"code 7" SEVEN "\\\"}\"}"},
    {"code 7\\n{}\\", "{\"msg\":\"code 7" SEVEN "\\\\n{}\\\\\"}"},
    /* what looks like a gloss is guarded, also where the blank before it is the tag's */
    {"x {X: y} code 7", "{\"msg\":\"x {!X: y} code 7" SEVEN "\"}"},
    {" {X: y} code 7", "{\"msg\":\" {!X: y} code 7" SEVEN "\"}"},
    {"{X: y} code 7", "{\"msg\":\"{!X: y} code 7" SEVEN "\"}"},
    {" {!x} code 7", "{\"msg\":\" {!!x} code 7" SEVEN "\"}"},
    {" {x} code 7", "{\"msg\":\" {x} code 7" SEVEN "\"}"},
    /* nothing to say */
    {"code 5", "{}"},
    {"{X: y}", "{}"},
    {"null", "{}"},
    {"{}", "{}"},
    {" ", "{}"},
    {"", "{}"},
    {"rc=7", "{}"},
    {"US rc=7", "{\"msg\":\"US rc=7" SEVEN "\"}"},
};

static const struct example raw_into_msg[] = {
    {"<34>Oct 11 22:14:15 host app[7]: code 7",
     "{\"rawmsg\":\"<34>Oct 11 22:14:15 host app[7]: code 7" SEVEN "\"}"},
    {"<34>1 2003-10-11T22:14:15Z code7 code 7 m [a b=\"code 7\"] code 7",
     "{\"rawmsg\":\"<34>1 2003-10-11T22:14:15Z code7 code 7 m [a b=\\\"code 7\\\"] code 7" SEVEN
     "\"}"},
    {"<34>1 - h code 7 m [a b=\"code 7 \\\"\"] \xef\xbb\xbf"
     "code 7",
     "{\"rawmsg\":\"<34>1 - h code 7 m [a b=\\\"code 7 \\\\\\\"\\\"] \xef\xbb\xbf"
     "code 7" SEVEN "\"}"},
    {"<34>code 7", "{\"rawmsg\":\"<34>code 7" SEVEN "\"}"},
    {"code 7", "{\"rawmsg\":\"code 7" SEVEN "\"}"},
    /* codes of a header say nothing */
    {"<34>1 - h code 7 m - text", "{}"},
    {"<34>1 - h a p m [code code=\"code 7\"] text", "{}"},
    /* and what looks like a gloss there stays */
    {"<34>1 - h a p m [a b=\" {X: y}\"] {X: y} code 7",
     "{\"rawmsg\":\"<34>1 - h a p m [a b=\\\" {X: y}\\\"] {!X: y} code 7" SEVEN "\"}"},
    {"<34>1 - - - - - - {X: y} code 7",
     "{\"rawmsg\":\"<34>1 - - - - - - {!X: y} code 7" SEVEN "\"}"},
    {"<34>1 - h a p m - \xef\xbb\xbf{X: y} code 7",
     "{\"rawmsg\":\"<34>1 - h a p m - \xef\xbb\xbf{X: y} code 7" SEVEN "\"}"},
    {"<34>1 - h a p m [a b=\"\x01\xff\"] code 7",
     "{\"rawmsg\":\"<34>1 - h a p m [a b=\\\"\\u0001\xff\\\"] code 7" SEVEN "\"}"},
    {"<34>1 - h a p m -", "{}"},
    {"<34>", "{}"},
    {"", "{}"},
};

static const struct example json_into_msg[] = {
    {"{\"msg\":\" code 7\",\"programname\":\"app\"}", "{\"msg\":\" code 7" SEVEN "\"}"},
    {"{\"msg\":\"code 7\"}", "{\"msg\":\"code 7" SEVEN "\"}"},
    {"{\"msg\":\"x\",\"syslogtag\":\"code 7\",\"hostname\":\"code 7\"}", "{}"},
    {"{\"syslogtag\":\"code\",\"msg\":\"7\"}", "{\"msg\":\"7" SEVEN "\"}"},
    /* the last of several counts, as it does for others */
    {"{\"msg\":\"code 7\",\"msg\":\"x code 8\"}", "{\"msg\":\"x code 8" EIGHT "\"}"},
    {"{\"msg\":\"code 7\",\"msg\":\"x\"}", "{}"},
    {"{\"msg\":\"\\u0063ode\\u00207\\/\\t\\u00e9\"}",
     "{\"msg\":\"code 7" SEVEN "/\\u0009\xc3\xa9\"}"},
    {"{\"msg\":\"\\ud83d \\ud83d\\udca5 code 7\"}",
     "{\"msg\":\"\xef\xbf\xbd \xf0\x9f\x92\xa5 code 7" SEVEN "\"}"},
    {"{\"msg\":\"\xff code 7\"}", "{\"msg\":\"\xff code 7" SEVEN "\"}"},
    {"{\"msg\":\"{\\\"msg\\\":null} code 7\",\"uuid\":null,\"$!\":null}",
     "{\"msg\":\"{\\\"msg\\\":null} code 7" SEVEN "\"}"},
    {"{\"msg\":\" {X: y} code 7\"}", "{\"msg\":\" {!X: y} code 7" SEVEN "\"}"},
    {"{\"msg\":\"{X: y} code 7\"}", "{\"msg\":\"{!X: y} code 7" SEVEN "\"}"},
    {"{\"msg\":\"{X: y} code 7\",\"syslogtag\":\"app:\"}", "{\"msg\":\"{!X: y} code 7" SEVEN "\"}"},
    /* a NUL would end the message */
    {"{\"msg\":\"code 7\\u0000 and more\"}", "{}"},
    /* no message */
    {"{\"rawmsg\":\"code 7\",\"$!\":{\"msg\":\"code 7\"},\"msg\":null}", "{}"},
    {"{\"msg\":7}", "{}"},
    {"{\"msg\":[\"code 7\"]}", "{}"},
    {"{\"msg\":\"code 7\"", "{}"},
    {"{\"msg\":\"code 7\"} x", "{}"},
    {"[\"code 7\"]", "{}"},
    {"code 7", "{}"},
    {"null", "{}"},
    {"{}", "{}"},
    {"", "{}"},
};

static void glosses_stand_in_the_text(void **state) {
    (void)state;
    ASSERT_REPLIES(MESSAGE_TEXT, INTO_MSG, msg_into_msg);
    ASSERT_REPLIES(MESSAGE_RAW, INTO_MSG, raw_into_msg);
    ASSERT_REPLIES(MESSAGE_JSON, INTO_MSG, json_into_msg);
}

static void a_message_with_a_nul_stays(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, MESSAGE_TEXT, INTO_MSG);
    assert_reply(&bench, VIEW("code 7\0 and more"), "{}");
    assert_reply(&bench, VIEW("\0"), "{}");
    assert_reply(&bench, (struct view){NULL, 0}, "{}");
    bench.plugin.ways.into = INTO_JSON;
    assert_reply(&bench, VIEW("code 7\0 and more"), "{}");
    end(&bench);
    for (int into = INTO_MSG; into <= INTO_JSON; into++) {
        begin(&bench, MESSAGE_RAW, (enum mmexternal_into)into);
        assert_reply(&bench, VIEW("<34>1 - h a p m - code 7\0"), "{}");
        assert_reply(&bench, VIEW("<34>1 - h a p m [a b=\"\0\"] code 7"), "{}");
        assert_reply(&bench, VIEW("<34>1 - h a p m\0 - code 7"), "{}");
        end(&bench);
    }
}

#define OURS(parameters) "[errgloss@32473" parameters "]"
#define PARAMETERS_7 " code=\\\"7\\\" symbol=\\\"SEVEN\\\" text=\\\"the seventh\\\""
#define PARAMETERS_8 " code=\\\"8\\\" symbol=\\\"EIGHT\\\" text=\\\"" EIGHT_TEXT "\\\""
#define DATA(elements) "{\"structured-data\":\"" elements "\"}"

static const struct example raw_into_elements[] = {
    {"<34>1 - h a p m - code 7", DATA(OURS(PARAMETERS_7))},
    {"<34>Oct 11 22:14:15 host app: code 7", DATA(OURS(PARAMETERS_7))},
    {"code 7", DATA(OURS(PARAMETERS_7))},
    {"<34>1 - h a p m [a b=\"\\\"\\]\"] code 7",
     DATA("[a b=\\\"\\\\\\\"\\\\]\\\"]" OURS(PARAMETERS_7))},
    {"<34>1 - h a p m [a][errgloss@32473 code=\"1\"][b] code 7", DATA("[a][b]" OURS(PARAMETERS_7))},
    {"<34>1 - h a p m - code 8 code 7 code 6",
     DATA(OURS(PARAMETERS_8 PARAMETERS_7
               " code=\\\"6\\\" symbol=\\\"\\\" text=\\\"a sixth that has no symbol\\\""))},
    {"<34>1 - h a p m [a b=code] code 7", "{}"},
    {"<34>1 - h a p m [a b=\"code 7\"] x", "{}"},
    {"<34>1 - h code 7 m - x", "{}"},
};

static const struct example json_into_elements[] = {
    {"{\"msg\":\" code 7\",\"structured-data\":\"-\"}", DATA(OURS(PARAMETERS_7))},
    {"{\"msg\":\" code 7\"}", DATA(OURS(PARAMETERS_7))},
    {"{\"structured-data\":\"[a b=\\\"c\\\\\\\"\\\"]\",\"msg\":\"code 7\"}",
     DATA("[a b=\\\"c\\\\\\\"\\\"]" OURS(PARAMETERS_7))},
    {"{\"structured-data\":\"" OURS(PARAMETERS_8) "[a]\",\"msg\":\"code 7\"}",
     DATA("[a]" OURS(PARAMETERS_7))},
    {"{\"structured-data\":\"[a\",\"msg\":\"code 7\"}", "{}"},
    {"{\"structured-data\":\"[a b=\\\"\\u0000\\\"]\",\"msg\":\"code 7\"}", "{}"},
};

static void an_element_is_appended_or_replaced(void **state) {
    (void)state;
    ASSERT_REPLIES(MESSAGE_RAW, INTO_STRUCTURED_DATA, raw_into_elements);
    ASSERT_REPLIES(MESSAGE_JSON, INTO_STRUCTURED_DATA, json_into_elements);
}

#define MEMBERS_7 "\"code\":\"7\",\"family\":\"app\",\"symbol\":\"SEVEN\",\"text\":\"the seventh\""
#define MEMBERS_8                                                                                  \
    "\"code\":\"8\",\"family\":\"app\",\"symbol\":\"EIGHT\",\"text\":\"says \\\"no\\\" \\\\ "      \
    "way]\""
#define TREE(message, annotated, members)                                                          \
    "{\"$!\":{\"errgloss\":{\"message\":\"" message "\",\"annotated\":\"" annotated "\"," members  \
    "}}}"

static const struct example msg_into_json[] = {
    {" code 7", TREE(" code 7", " code 7" SEVEN, MEMBERS_7)},
    {"code 7 code 8", TREE("code 7 code 8", "code 7" SEVEN " code 8" EIGHT,
                           MEMBERS_7 ",\"more\":[{" MEMBERS_8 "}]")},
    /* once each */
    {"code 8 code 7 code 8", TREE("code 8 code 7 code 8", "code 8" EIGHT " code 7" SEVEN " code 8",
                                  MEMBERS_8 ",\"more\":[{" MEMBERS_7 "}]")},
    {"code 6", TREE("code 6", "code 6 {= a sixth that has no symbol}",
                    "\"code\":\"6\",\"family\":\"app\",\"symbol\":\"\",\"text\":\"a sixth that has "
                    "no symbol\"")},
    {" {X: y} code 7", TREE(" {X: y} code 7", " {!X: y} code 7" SEVEN, MEMBERS_7)},
    {"\"\x01 code 7", TREE("\\\"\\u0001 code 7", "\\\"\\u0001 code 7" SEVEN, MEMBERS_7)},
    {"code 5", "{}"},
    {"", "{}"},
};
static const struct example raw_into_json[] = {
    {"<34>1 - h code 7 m [a b=\"code 7\"] code 8", TREE("code 8", "code 8" EIGHT, MEMBERS_8)},
    {"<34>Oct 11 22:14:15 host app: code 8", TREE(" code 8", " code 8" EIGHT, MEMBERS_8)},
    {"<34>1 - h code 7 m [a b=\"code 7\"] x", "{}"},
};
static const struct example json_into_json[] = {
    {"{\"syslogtag\":\"code 7\",\"msg\":\" code 8\",\"$!\":{}}",
     TREE(" code 8", " code 8" EIGHT, MEMBERS_8)},
    {"{\"syslogtag\":\"code 7\",\"msg\":\"\"}", "{}"},
};

static void a_tree_tells_of_each_code(void **state) {
    (void)state;
    ASSERT_REPLIES(MESSAGE_TEXT, INTO_JSON, msg_into_json);
    ASSERT_REPLIES(MESSAGE_RAW, INTO_JSON, raw_into_json);
    ASSERT_REPLIES(MESSAGE_JSON, INTO_JSON, json_into_json);
}

static void without_a_scanner_nothing_is_said(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, MESSAGE_TEXT, INTO_MSG);
    mmexternal_reply(&bench.plugin, NULL, VIEW("code 7"), &bench.out);
    assert_text(bench.out, "{}\n");
    /* replies are appended */
    mmexternal_reply(&bench.plugin, bench.scanner, VIEW("code 7"), &bench.out);
    assert_text(bench.out, "{}\n{\"msg\":\"code 7" SEVEN "\"}\n");
    end(&bench);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glosses_stand_in_the_text),
        cmocka_unit_test(a_message_with_a_nul_stays),
        cmocka_unit_test(an_element_is_appended_or_replaced),
        cmocka_unit_test(a_tree_tells_of_each_code),
        cmocka_unit_test(without_a_scanner_nothing_is_said),
    };
    return RUN(tests);
}
