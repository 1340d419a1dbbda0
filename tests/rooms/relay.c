#include "staging.h"

#include "relay.h"

/* What relays, and its last line. */
struct bench {
    eg_glossary *glossary;
    eg_scanner *scanner;
    struct relay relay;
    struct buffer out;
};

static void begin(struct bench *bench) {
    *bench = (struct bench){.glossary = staging_glossary()};
    bench->scanner = eg_scanner_new(bench->glossary);
    assert_non_null(bench->scanner);
}

static void end(struct bench *bench) {
    relay_free(&bench->relay);
    eg_scanner_free(bench->scanner);
    eg_glossary_free(bench->glossary);
    buffer_free(&bench->out);
}

static struct view relayed(struct bench *bench, eg_scanner *scanner, struct view line) {
    char *copy = copy_of(line);
    buffer_clear(&bench->out);
    relay_line(&bench->relay, scanner, view_of(copy, line.size), &bench->out);
    free_copy(copy, line);
    assert_false(bench->out.failed);
    return buffer_view(&bench->out);
}

static void assert_relayed(struct bench *bench, struct view line, struct view expected) {
    struct view out = relayed(bench, bench->scanner, line);
    if (!view_equal(out, expected))
        fail_msg("%.*s\nbecame %.*s\nnot    %.*s", (int)line.size, line.at, (int)out.size, out.at,
                 (int)expected.size, expected.at);
}

static void assert_kept(struct bench *bench, struct view line) {
    struct buffer expected = {0};
    buffer_append(&expected, line);
    buffer_append_byte(&expected, '\n');
    assert_relayed(bench, line, buffer_view(&expected));
    buffer_free(&expected);
}

static const struct {
    const char *line, *out;
} examples[] = {
    {"<34>1 2003-10-11T22:14:15Z host app 7 id - code 7, x",
     "<34>1 2003-10-11T22:14:15Z host app 7 id - code 7" SEVEN ", x\n"},
    {"<34>Oct 11 22:14:15 host app[7]: code 7",
     "<34>Oct 11 22:14:15 host app[7]: code 7" SEVEN "\n"},
    {"<34>code 7", "<34>code 7" SEVEN "\n"},
    /* header and structured data stay, whatever is in them */
    {"<34>1 - h code 7 m [code code=\"code 7\"] x code 8",
     "<34>1 - h code 7 m [code code=\"code 7\"] x code 8 {EIGHT: says \"no\" \\ way]}\n"},
    {"<34>1 - h a 7 m [a b=\" {X: y}\"] {X: y} {!z} code 7",
     "<34>1 - h a 7 m [a b=\" {X: y}\"] {!X: y} {!!z} code 7" SEVEN "\n"},
    {"<34>1 - - - - - - \xef\xbb\xbf{X: y} \xff", "<34>1 - - - - - - \xef\xbb\xbf{X: y} \xff\n"},
    {"<34>1 - h a 7 m [a b=code 7] x", "<34>1 - h a 7 m [a b=code 7" SEVEN "] x\n"},
    {"<34>Oct 11 22:14:15 h a: {X: y}", "<34>Oct 11 22:14:15 h a: {!X: y}\n"},
    {"<34>    {X: y}", "<34>    {!X: y}\n"},
    /* a rule that is tied to the begin of a text does not see the header by RFC 5424 */
    {"<34>1 - - - - - - 9 alone", "<34>1 - - - - - - 9" NINE " alone\n"},
    /* lines of a log, whose headers are text like the rest */
    {"Oct 11 22:14:15 host app[7]: code 7", "Oct 11 22:14:15 host app[7]: code 7" SEVEN "\n"},
    {"Oct 11 22:14:15 code 7: x", "Oct 11 22:14:15 code 7" SEVEN ": x\n"},
    {"<34>Oct 11 22:14:15 code 7: x", "<34>Oct 11 22:14:15 code 7: x\n"},
    {"code 7: code 8", "code 7" SEVEN ": code 8 {EIGHT: says \"no\" \\ way]}\n"},
    {"9 alone", "9" NINE " alone\n"},
    {"    {X: y}", "    {!X: y}\n"},
    {"{\"msg\":\"code 7\"}", "{\"msg\":\"code 7" SEVEN "\"}\n"},
    /* line ends of CR LF stay, and no rule sees them */
    {"9 alone\r", "9" NINE " alone\r\n"},
    {"<34>1 - - - - - - 9 alone\r", "<34>1 - - - - - - 9" NINE " alone\r\n"},
    {"<34>1 - - - - - -\r", "<34>1 - - - - - -\r\n"},
    {"<34>1 - h a 7 m [a]\r", "<34>1 - h a 7 m [a]\r\n"},
    {"\r", "\r\n"},
    {"code 7\r\r", "code 7" SEVEN "\r\r\n"},
    {"", "\n"},
};

static void glosses_stand_in_the_text_alone(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        assert_relayed(&bench, view_string(examples[i].line), view_string(examples[i].out));
    end(&bench);
}

static void what_has_no_code_stays(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench);
    assert_kept(&bench, VIEW("<34>1 2003-10-11T22:14:15Z host code 7 id [code 7=\"\"] text"));
    assert_kept(&bench, VIEW("<34>1 - - - - - - "));
    assert_kept(&bench, VIEW("<34>"));
    assert_kept(&bench, VIEW("<"));
    assert_kept(&bench, VIEW("\0\xff\x01"));
    assert_kept(&bench, VIEW("<34>1 - h a\0 7 m [a b=\"\0\"] \0"));
    assert_kept(&bench, (struct view){NULL, 0});
    end(&bench);
}

static void a_nul_hides_nothing(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench);
    assert_relayed(&bench, VIEW("<34>a\0b: code 7\0 c"), VIEW("<34>a\0b: code 7" SEVEN "\0 c\n"));
    end(&bench);
}

static void without_a_scanner_all_stays(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench);
    assert_text(relayed(&bench, NULL, VIEW("<34>1 - h a 7 m - code 7 {X: y}")),
                "<34>1 - h a 7 m - code 7 {X: y}\n");
    assert_text(relayed(&bench, NULL, VIEW("code 7\r")), "code 7\r\n");
    end(&bench);
}

static void what_a_program_has_shown_counts_for_it_alone(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench);
    assert_kept(&bench, VIEW("<34>1 - h app 1 - - US begins"));
    assert_kept(&bench, VIEW("<34>1 - h other 1 - - rc=7"));
    assert_kept(&bench, VIEW("<34>rc=7"));
    assert_kept(&bench, VIEW("rc=7"));
    assert_relayed(&bench, VIEW("<34>Oct 11 22:14:15 h app: rc=7"),
                   VIEW("<34>Oct 11 22:14:15 h app: rc=7" SEVEN "\n"));
    assert_relayed(&bench, VIEW("Oct 11 22:14:15 h app[1]: rc=7"),
                   VIEW("Oct 11 22:14:15 h app[1]: rc=7" SEVEN "\n"));
    end(&bench);
}

static void lines_are_appended_in_the_style(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench);
    bench.relay.style = (eg_style){.summary_most = 6};
    relay_line(&bench.relay, bench.scanner, VIEW("code 9"), &bench.out);
    relay_line(&bench.relay, bench.scanner, VIEW("<34>code 7"), &bench.out);
    assert_text(bench.out, "code 9 {NINE: one of\u2026}\n<34>code 7 {SEVEN: the se\u2026}\n");
    end(&bench);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glosses_stand_in_the_text_alone),
        cmocka_unit_test(what_has_no_code_stays),
        cmocka_unit_test(a_nul_hides_nothing),
        cmocka_unit_test(without_a_scanner_all_stays),
        cmocka_unit_test(what_a_program_has_shown_counts_for_it_alone),
        cmocka_unit_test(lines_are_appended_in_the_style),
    };
    return RUN(tests);
}
