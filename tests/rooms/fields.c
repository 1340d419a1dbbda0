#include "testing.h"

#include "escape.h"
#include "fields.h"
#include "tokens.h"

static const char catalog[] = "7\tSEVEN\tthe seventh\n"
                              "8\tEIGHT\tsays \"no\" \\ way\n"
                              "9\tNINE\tone of the longer ones\n";
static const char rules[] = "[r]\nmatch = (?:\\bcode|\xc3\xa9\xf0\x9f\x92\xa5) (?<code>[789])\n"
                            "family = app\nsample = code 7 => 7\nsilent = 7\n"
                            "[alone]\nmatch = ^(?<code>9) alone$\nfamily = app\n"
                            "sample = 9 alone => 9\nsilent = x9 alone\n"
                            "[ours]\nmatch = rc=(?<code>\\d)\ndialect = us\nfamily = app\n"
                            "sample = US rc=7 => 7\nsilent = rc=7\n"
                            "[us]\nlines = ^US\\b\nfamily = app\nsample = US begins\nsilent = us\n";

static eg_glossary *glossary_new(void) {
    eg_fault fault = {{0}};
    eg_glossary *glossary = eg_glossary_new();
    bool fine = eg_glossary_add_text(glossary, "app.tsv", catalog, sizeof catalog - 1, &fault) &&
                eg_glossary_add_text(glossary, "app.rules", rules, sizeof rules - 1, &fault) &&
                eg_glossary_seal(glossary, &fault);
    if (!fine) fail_msg("%s", fault.text);
    return glossary;
}

/* A glossary, what reads with it, and what came out last. */
struct bench {
    eg_glossary *glossary;
    struct fields *fields;
    struct buffer out;
};

static void begin(struct bench *bench, const char *names) {
    *bench = (struct bench){.glossary = glossary_new()};
    bench->fields = fields_new(bench->glossary, names);
    assert_non_null(bench->fields);
}

static void end(struct bench *bench) {
    fields_free(bench->fields);
    eg_glossary_free(bench->glossary);
    buffer_free(&bench->out);
}

/* The line is copied to the end of a room of its own, so that a read behind it is seen. */
static struct view annotated(struct bench *bench, struct view line) {
    char *copy = malloc(line.size ? line.size : 1);
    if (line.size) memcpy(copy, line.at, line.size);
    buffer_clear(&bench->out);
    assert_true(fields_line(bench->fields, view_of(copy, line.size), &bench->out));
    free(copy);
    return buffer_view(&bench->out);
}

static void assert_kept(struct bench *bench, struct view line) {
    struct view out = annotated(bench, line);
    if (!view_equal(out, line))
        fail_msg("%.*s became %.*s", (int)line.size, line.at, (int)out.size, out.at);
}

#define SEVEN " {SEVEN: the seventh}"
#define NINE " {NINE: one of the longer ones}"

static const struct {
    const char *names, *line, *out;
} examples[] = {
    {"msg", "{\"msg\":\"code 7\"}", "{\"msg\":\"code 7" SEVEN "\"}"},
    {"msg", "{\"msg\":\"a code 7, b\"}", "{\"msg\":\"a code 7" SEVEN ", b\"}"},
    /* every other byte stays */
    {"msg", " { \"n\" : 1.50e+1 ,\t\"msg\" : \"code 7\" , \"x\" : [ ] }\r",
     " { \"n\" : 1.50e+1 ,\t\"msg\" : \"code 7" SEVEN "\" , \"x\" : [ ] }\r"},
    {"msg", "{\"msg\":\"\\u0061\\/ code 7 \\u000A\"}",
     "{\"msg\":\"\\u0061\\/ code 7" SEVEN " \\u000A\"}"},
    {"msg", "\xef\xbb\xbf{\"msg\":\"code 7\"}", "\xef\xbb\xbf{\"msg\":\"code 7" SEVEN "\"}"},
    /* only these members, each of them, and only where they are strings */
    {"msg", "{\"other\":\"code 7\",\"msg\":\"code 7\",\"msg\":\"code 7\"}",
     "{\"other\":\"code 7\",\"msg\":\"code 7" SEVEN "\",\"msg\":\"code 7" SEVEN "\"}"},
    {"msg, log ,,message", "{\"log\":\"code 7\",\"message\":\"code 7\",\"msg\":7}",
     "{\"log\":\"code 7" SEVEN "\",\"message\":\"code 7" SEVEN "\",\"msg\":7}"},
    {"m\xc3\xa9g", "{\"m\\u00e9g\":\"code 7\"}", "{\"m\\u00e9g\":\"code 7" SEVEN "\"}"},
    {"code 7", "{\"code 7\":null,\"x\":\"code 7\"}", "{\"code 7\":null,\"x\":\"code 7\"}"},
    {"msg", "{\"ms\":\"code 7\",\"msgs\":\"code 7\",\"\":\"code 7\"}",
     "{\"ms\":\"code 7\",\"msgs\":\"code 7\",\"\":\"code 7\"}"},
    {"", "{\"\":\"code 7\"}", "{\"\":\"code 7\"}"},
    {NULL, "{\"msg\":\"code 7\"}", "{\"msg\":\"code 7\"}"},
    /* nested ones by their path, none within arrays */
    {"a.b", "{\"b\":\"code 7\",\"a\":{\"b\":\"code 7\",\"a\":{\"b\":\"code 7\"}},\"c\":\"code 7\"}",
     "{\"b\":\"code 7\",\"a\":{\"b\":\"code 7" SEVEN
     "\",\"a\":{\"b\":\"code 7\"}},\"c\":\"code 7\"}"},
    {"b", "{\"a\":{\"b\":\"code 7\"},\"b\":\"code 7\"}",
     "{\"a\":{\"b\":\"code 7\"},\"b\":\"code 7" SEVEN "\"}"},
    {"a.b", "{\"a.b\":\"code 7\"}", "{\"a.b\":\"code 7" SEVEN "\"}"},
    {"a.b.c,a.d", "{\"a\":{\"x\":{},\"b\":{\"c\":\"code 7\"},\"d\":\"code 7\"}}",
     "{\"a\":{\"x\":{},\"b\":{\"c\":\"code 7" SEVEN "\"},\"d\":\"code 7" SEVEN "\"}}"},
    {"a,a.b", "{\"a\":[{\"b\":\"code 7\"},\"code 7\",[\"code 7\"]],\"a\":\"code 7\"}",
     "{\"a\":[{\"b\":\"code 7\"},\"code 7\",[\"code 7\"]],\"a\":\"code 7" SEVEN "\"}"},
    /* what journald writes of a message that is no text */
    {"MESSAGE", "{\"MESSAGE\":[99,111,100,101,32,55],\"PRIORITY\":\"3\"}",
     "{\"MESSAGE\":[99,111,100,101,32,55],\"PRIORITY\":\"3\"}"},
    /* what is matched is what the string means */
    {"msg", "{\"msg\":\"\\u0063ode\\u00207!\"}", "{\"msg\":\"\\u0063ode\\u00207" SEVEN "!\"}"},
    {"msg", "{\"msg\":\"code \\u0037\\u0021\"}", "{\"msg\":\"code \\u0037" SEVEN "\\u0021\"}"},
    {"msg", "{\"msg\":\"\\\"code 7\\\"\"}", "{\"msg\":\"\\\"code 7" SEVEN "\\\"\"}"},
    {"msg", "{\"msg\":\"\\ud83d\\uDCA5\\u20ac code 7\\ud83d\\udca5\"}",
     "{\"msg\":\"\\ud83d\\uDCA5\\u20ac code 7" SEVEN "\\ud83d\\udca5\"}"},
    {"msg", "{\"msg\":\"\\u00E9\\uD83D\\udca5 7\"}",
     "{\"msg\":\"\\u00E9\\uD83D\\udca5 7" SEVEN "\"}"},
    {"msg", "{\"msg\":\"\xc3\xa9\xf0\x9f\x92\xa5 7\"}",
     "{\"msg\":\"\xc3\xa9\xf0\x9f\x92\xa5 7" SEVEN "\"}"},
    {"msg", "{\"msg\":\"\\\"\\\\\\/\\b\\f\\n\\r\\tcode 7\"}",
     "{\"msg\":\"\\\"\\\\\\/\\b\\f\\n\\r\\tcode 7" SEVEN "\"}"},
    {"msg", "{\"msg\":\"\\u0000code 7\\u0000\"}", "{\"msg\":\"\\u0000code 7" SEVEN "\\u0000\"}"},
    {"msg", "{\"msg\":\"\\\\ncode 7\"}", "{\"msg\":\"\\\\ncode 7\"}"},
    {"msg", "{\"msg\":\"\\\\u0063ode 7\"}", "{\"msg\":\"\\\\u0063ode 7\"}"},
    /* its lines are lines */
    {"msg", "{\"msg\":\"code 7\\ncode 7\\r\\n9 alone\\r\\n9 alone\\n\\n\"}",
     "{\"msg\":\"code 7" SEVEN "\\ncode 7" SEVEN "\\r\\n9" NINE " alone\\r\\n9" NINE
     " alone\\n\\n\"}"},
    /* what cannot be decoded passes through, and hides nothing beside it */
    {"msg", "{\"msg\":\"\\ud83d code 7\\udca5\"}", "{\"msg\":\"\\ud83d code 7" SEVEN "\\udca5\"}"},
    {"msg", "{\"msg\":\"\\ud83d\\\\udca5 code 7\\ud83d\"}",
     "{\"msg\":\"\\ud83d\\\\udca5 code 7" SEVEN "\\ud83d\"}"},
    {"msg", "{\"msg\":\"\xff code 7\xc3\",\"\xff\":\"\xc3\"}",
     "{\"msg\":\"\xff code 7" SEVEN "\xc3\",\"\xff\":\"\xc3\"}"},
    /* the gloss is escaped */
    {"msg", "{\"msg\":\"code 8\"}", "{\"msg\":\"code 8 {EIGHT: says \\\"no\\\" \\\\ way}\"}"},
    /* nothing is guarded */
    {"msg", "{\"msg\":\"code 7" SEVEN "\"}", "{\"msg\":\"code 7" SEVEN SEVEN "\"}"},
};

static void values_of_named_members_get_glosses(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct bench bench;
        begin(&bench, examples[i].names);
        struct view out = annotated(&bench, view_string(examples[i].line));
        if (!view_equal(out, view_string(examples[i].out)))
            fail_msg("%s became %.*s, not %s", examples[i].line, (int)out.size, out.at,
                     examples[i].out);
        end(&bench);
    }
}

/* Each holds a member that would get a gloss, were it one object. */
static const char *const no_objects[] = {
    "[{\"msg\":\"code 7\"}]",
    "\"msg\":\"code 7\"",
    "x{\"msg\":\"code 7\"}",
    "{\"msg\":\"code 7\"}x",
    "{\"msg\":\"code 7\"}{}",
    "{\"msg\":\"code 7\"},",
    "{\"msg\":\"code 7\",}",
    "{,\"msg\":\"code 7\"}",
    "{\"msg\" \"code 7\"}",
    "{\"msg\"::\"code 7\"}",
    "{\"msg\":\"code 7\" \"x\":1}",
    "{\"msg\":\"code 7\",\"x\"}",
    "{\"msg\":\"code 7\",\"x\":}",
    "{\"msg\":\"code 7\",x:1}",
    "{\"msg\":\"code 7\",'x':1}",
    "{\"msg\":\"code 7\",1:1}",
    "{\"msg\":\"code 7\",\"x\":01}",
    "{\"msg\":\"code 7\",\"x\":+1}",
    "{\"msg\":\"code 7\",\"x\":.5}",
    "{\"msg\":\"code 7\",\"x\":1.}",
    "{\"msg\":\"code 7\",\"x\":-}",
    "{\"msg\":\"code 7\",\"x\":1e}",
    "{\"msg\":\"code 7\",\"x\":1e+-1}",
    "{\"msg\":\"code 7\",\"x\":0x7}",
    "{\"msg\":\"code 7\",\"x\":NaN}",
    "{\"msg\":\"code 7\",\"x\":True}",
    "{\"msg\":\"code 7\",\"x\":nul}",
    "{\"msg\":\"code 7\",\"x\":nulll}",
    "{\"msg\":\"code 7\",\"x\":[1,]}",
    "{\"msg\":\"code 7\",\"x\":[,1]}",
    "{\"msg\":\"code 7\",\"x\":[1 2]}",
    "{\"msg\":\"code 7\",\"x\":[}",
    "{\"msg\":\"code 7\",\"x\":[1}]",
    "{\"msg\":\"code 7\",\"x\":{]}",
    "{\"msg\":\"code 7\",\"x\":\"\\x\"}",
    "{\"msg\":\"code 7\",\"x\":\"\\u12g4\"}",
    "{\"msg\":\"code 7\",\"x\":\"\\u123\"}",
    "{\"msg\":\"code 7\",\"x\":\"\t\"}",
    "{\"msg\":\"code 7\",\"x\":\"\x1f\"}",
    "{\"msg\":\"code 7\",\f\"x\":1}",
    "{\"msg\":\"code 7\xc2\xa0\"}\xc2\xa0",
    "{\"msg\":\"code 7\"}\xef\xbb\xbf",
    "\xef\xbb\xbf\xef\xbb\xbf{\"msg\":\"code 7\"}",
    "\xef\xbb{\"msg\":\"code 7\"}",
    "code 7",
    "7",
    " ",
    "",
};

static void what_is_no_object_stays(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, "msg");
    for (size_t i = 0; i < sizeof no_objects / sizeof *no_objects; i++)
        assert_kept(&bench, view_string(no_objects[i]));
    assert_kept(&bench, (struct view){NULL, 0});
    assert_kept(&bench, VIEW("{\"msg\":\"code 7\"}\0"));
    assert_kept(&bench, VIEW("{\"msg\":\"code 7\0\"}"));
    assert_kept(&bench, VIEW("{\"msg\":\"code 7\"\0}"));
    end(&bench);
}

static const char busy[] = "{\"a\":[1,-2.5e-3,true,false,null,{\"msg\":\"code 7\"}],"
                           "\"msg\":\"x\\\\ \\u00e9\\ud83d\\udca5 code 7\\n\",\"b\":{\"c\":[]}}";

static void a_line_that_is_cut_off_stays(void **state) {
    (void)state;
    struct bench bench;
    struct view line = view_string(busy);
    begin(&bench, "msg");
    for (size_t size = 0; size < line.size; size++) assert_kept(&bench, view_part(line, 0, size));
    assert_true(annotated(&bench, line).size > line.size);
    end(&bench);
}

/* `depth` arrays and objects in each other, with a member before them. */
static struct view nested(struct buffer *text, size_t depth, const char *open, const char *inner,
                          const char *close) {
    buffer_clear(text);
    buffer_append(text, VIEW("{\"msg\":\"code 7\",\"x\":"));
    for (size_t i = 1; i < depth; i++) buffer_append(text, view_string(open));
    buffer_append(text, view_string(inner));
    for (size_t i = 1; i < depth; i++) buffer_append(text, view_string(close));
    buffer_append_byte(text, '}');
    return buffer_view(text);
}

static void depth_has_a_limit(void **state) {
    (void)state;
    struct bench bench;
    struct buffer text = {0};
    struct view line;
    begin(&bench, "msg");
    line = nested(&text, DEPTH_MOST, "[", "1", "]");
    assert_int_equal(annotated(&bench, line).size, line.size + strlen(SEVEN));
    line = nested(&text, DEPTH_MOST, "{\"x\":", "1", "}");
    assert_int_equal(annotated(&bench, line).size, line.size + strlen(SEVEN));
    assert_kept(&bench, nested(&text, DEPTH_MOST + 1, "[", "1", "]"));
    assert_kept(&bench, nested(&text, DEPTH_MOST + 1, "{\"x\":", "1", "}"));
    assert_kept(&bench, nested(&text, 1000000, "[", "", ""));
    buffer_free(&text);
    end(&bench);
}

static void the_stream_tells_of_its_program(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, "msg");
    assert_kept(&bench, VIEW("{\"msg\":\"rc=7\"}"));
    assert_kept(&bench, VIEW("US begins"));
    assert_kept(&bench, VIEW("{\"msg\":\"US begins\",\"other\":7"));
    assert_kept(&bench, VIEW("{\"other\":\"US begins\"}"));
    assert_kept(&bench, VIEW("{\"msg\":\"rc=7\"}"));
    assert_kept(&bench, VIEW("{\"msg\":\"US begins\"}"));
    assert_text(annotated(&bench, VIEW("{\"msg\":\"rc=7\"}")), "{\"msg\":\"rc=7" SEVEN "\"}");
    fields_begin(bench.fields);
    assert_kept(&bench, VIEW("{\"msg\":\"rc=7\"}"));
    end(&bench);
}

static void glosses_have_a_style(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, "msg");
    fields_set_style(bench.fields, &(eg_style){.summary_most = 7, .coloured = true});
    assert_text(annotated(&bench, VIEW("{\"msg\":\"code 9\"}")),
                "{\"msg\":\"code 9 {\\u001b[36mNINE: one of \xe2\x80\xa6\\u001b[39m}\"}");
    end(&bench);
}

/* A value of three codes with 80,000 bytes of text between them, and glosses or not. */
static struct view long_value(struct buffer *line, const char *filler, bool glossed) {
    static const char *const codes[] = {"code 7", "code\\u00208", "code 9"};
    static const char *const glosses[] = {SEVEN, " {EIGHT: says \\\"no\\\" \\\\ way}", NINE};
    buffer_clear(line);
    buffer_append(line, VIEW("{\"msg\":\""));
    for (size_t i = 0; i < 3; i++) {
        buffer_append(line, view_string(codes[i]));
        if (glossed) buffer_append(line, view_string(glosses[i]));
        for (size_t j = 0; j < 80000; j++) buffer_append(line, view_string(filler));
    }
    buffer_append(line, VIEW("\"}"));
    return buffer_view(line);
}

static void long_values_are_read_to_their_end(void **state) {
    (void)state;
    static const char *const fillers[] = {".", "\\u002e", "\\n", "\\ud83d\\udca5"};
    struct bench bench;
    struct buffer line = {0}, expected = {0};
    begin(&bench, "msg");
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        assert_true(view_equal(annotated(&bench, long_value(&line, fillers[i], false)),
                               long_value(&expected, fillers[i], true)));
    buffer_free(&line);
    buffer_free(&expected);
    end(&bench);
}

static void lone_surrogates_are_read_as_no_character(void **state) {
    (void)state;
    static const char *const raws[] = {"\\ud83d", "\\udfff", "\\uDCA5\\ud83d", "\\ud83d\\u0041"};
    static const char *const texts[] = {"\ufffd", "\ufffd", "\ufffd\ufffd", "\ufffdA"};
    struct buffer text = {0};
    for (size_t i = 0; i < sizeof raws / sizeof *raws; i++) {
        buffer_clear(&text);
        escape_decode(view_string(raws[i]), &text);
        assert_text(text, texts[i]);
    }
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_named_members_get_glosses),
        cmocka_unit_test(what_is_no_object_stays),
        cmocka_unit_test(a_line_that_is_cut_off_stays),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(the_stream_tells_of_its_program),
        cmocka_unit_test(glosses_have_a_style),
        cmocka_unit_test(lone_surrogates_are_read_as_no_character),
        cmocka_unit_test(long_values_are_read_to_their_end),
    };
    return RUN(tests);
}
