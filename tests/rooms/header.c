#include "staging.h"

#include <stdio.h>

#include "elements.h"
#include "header.h"

/* What a header says, with bars between: priority, time, host, program, process, elements, text; a
 * `5` before all of it where it is one of RFC 5424. */
static void describe(struct view raw, struct buffer *out) {
    struct header header;
    char *copy = copy_of(raw);
    struct view text = view_of(copy, raw.size);
    header_read(text, &header);
    assert_true(header.priority <= header.size && header.size <= raw.size);
    struct view parts[] = {view_part(text, 0, header.priority),
                           header.time,
                           header.host,
                           header.program,
                           header.process,
                           header.elements,
                           view_part(text, header.size, text.size)};
    buffer_clear(out);
    if (header.structured) buffer_append_byte(out, '5');
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (i) buffer_append_byte(out, '|');
        buffer_append(out, parts[i]);
    }
    free_copy(copy, raw);
}

static void assert_reads(struct view raw, const char *expected) {
    struct buffer out = {0};
    describe(raw, &out);
    if (!view_equal(buffer_view(&out), view_string(expected)))
        fail_msg("%.*s\nis read as %.*s\nnot as    %s", (int)raw.size, raw.at ? raw.at : "",
                 (int)out.size, out.at ? out.at : "", expected);
    buffer_free(&out);
}

struct example {
    const char *raw, *parts;
};

static void assert_all(const struct example *examples, size_t count) {
    for (size_t i = 0; i < count; i++)
        assert_reads(view_string(examples[i].raw), examples[i].parts);
}

#define TIME "2003-10-11T22:14:15.003Z"
#define MARK "\xef\xbb\xbf"

static const struct example structured[] = {
    {"<34>1 " TIME " host app 77 ID47 [a@1 b=\"c\"] text " MARK,
     "5<34>|" TIME "|host|app|77|[a@1 b=\"c\"]|text " MARK},
    {"<0>1 " TIME " host app 77 ID47 - text", "5<0>|" TIME "|host|app|77|-|text"},
    {"<191>1 - - - - - - text", "5<191>|-|-|-|-|-|text"},
    /* no text; the blank before it belongs to it */
    {"<34>1 - - - - - -", "5<34>|-|-|-|-|-|"},
    {"<34>1 - - - - - - ", "5<34>|-|-|-|-|-|"},
    {"<34>1 - - - - - -  x", "5<34>|-|-|-|-|-| x"},
    {"<34>1 - - - - - [a]", "5<34>|-|-|-|-|[a]|"},
    {"<34>1 - - - - - [a] - ", "5<34>|-|-|-|-|[a]|- "},
    {"<34>1 - - - - - - " MARK, "5<34>|-|-|-|-|-|"},
    {"<34>1 - - - - - - " MARK "text", "5<34>|-|-|-|-|-|text"},
    {"<34>1 - - - - - - \xef\xbb", "5<34>|-|-|-|-|-|\xef\xbb"},
    /* several elements, empty ones, several parameters, empty values, one name twice */
    {"<34>1 - - a - - [a][b@1 c=\"\" c=\"d e\"][f] x",
     "5<34>|-|-|a|-|[a][b@1 c=\"\" c=\"d e\"][f]|x"},
    {"<34>1 - - a - - [a] [b] x", "5<34>|-|-|a|-|[a]|[b] x"},
    /* escapes; a stray backslash is one too */
    {"<34>1 - - a - - [a b=\"\\\"\\]\\\\\"] x", "5<34>|-|-|a|-|[a b=\"\\\"\\]\\\\\"]|x"},
    {"<34>1 - - a - - [a b=\"\\n \xff\"] x", "5<34>|-|-|a|-|[a b=\"\\n \xff\"]|x"},
};

static void headers_of_rfc_5424(void **state) {
    (void)state;
    assert_all(structured, sizeof structured / sizeof *structured);
}

/* What begins with a bracket and is no structured data is text, and told as elements too, which
 * cannot be kept then. */
static const struct example broken[] = {
    {"<34>1 - h a p m [", "5<34>|-|h|a|p|[|["},
    {"<34>1 - h a p m []", "5<34>|-|h|a|p|[]|[]"},
    {"<34>1 - h a p m [ a] x", "5<34>|-|h|a|p|[ a] x|[ a] x"},
    {"<34>1 - h a p m [a ] x", "5<34>|-|h|a|p|[a ] x|[a ] x"},
    {"<34>1 - h a p m [a b] x", "5<34>|-|h|a|p|[a b] x|[a b] x"},
    {"<34>1 - h a p m [a b=] x", "5<34>|-|h|a|p|[a b=] x|[a b=] x"},
    {"<34>1 - h a p m [a b=c] x", "5<34>|-|h|a|p|[a b=c] x|[a b=c] x"},
    {"<34>1 - h a p m [a b=\"", "5<34>|-|h|a|p|[a b=\"|[a b=\""},
    {"<34>1 - h a p m [a b=\"\\", "5<34>|-|h|a|p|[a b=\"\\|[a b=\"\\"},
    {"<34>1 - h a p m [a b=\"c\"", "5<34>|-|h|a|p|[a b=\"c\"|[a b=\"c\""},
    {"<34>1 - h a p m [a b=\"c\"  d=\"e\"] x",
     "5<34>|-|h|a|p|[a b=\"c\"  d=\"e\"] x|[a b=\"c\"  d=\"e\"] x"},
    {"<34>1 - - a - - [a b=\"] \\n\"] x", "5<34>|-|-|a|-|[a b=\"] \\n\"] x|[a b=\"] \\n\"] x"},
    {"<34>1 - h a p m [a b=\"c\"]x", "5<34>|-|h|a|p|[a b=\"c\"]x|[a b=\"c\"]x"},
    {"<34>1 - h a p m [\xc3\xa9] x", "5<34>|-|h|a|p|[\xc3\xa9] x|[\xc3\xa9] x"},
};

static void broken_structured_data_is_text(void **state) {
    (void)state;
    assert_all(broken, sizeof broken / sizeof *broken);
}

/* These are read as RFC 3164 has it. */
static const struct example others[] = {
    {"<34>1 - h a p m", "<34>||||||1 - h a p m"},
    {"<34>1 - h a p m ", "<34>||||||1 - h a p m "},
    {"<34>1 - h a p", "<34>||||||1 - h a p"},
    {"<34>1 - h a p m text", "<34>||||||1 - h a p m text"},
    {"<34>1 - h a p m -text", "<34>||||||1 - h a p m -text"},
    {"<34>1  h a p m - text", "<34>||||||1  h a p m - text"},
    {"<34>1 - h  p m - text", "<34>||||||1 - h  p m - text"},
    {"<34>1", "<34>||||||1"},
    {"<34>1 ", "<34>||||||1 "},
    {"<34>2 - h a p m - text", "<34>||||||2 - h a p m - text"},
    {"<34>01 - h a p m - text", "<34>||||||01 - h a p m - text"},
    {"<34> 1 - h a p m - text", "<34>|||||| 1 - h a p m - text"},
    {"1 - h a p m - text", "||||||1 - h a p m - text"},
    /* words of a text are no header */
    {"<34>1 of 4 disks is bad - replace it", "<34>||||||1 of 4 disks is bad - replace it"},
};

static void what_is_no_header_of_rfc_5424(void **state) {
    (void)state;
    assert_all(others, sizeof others / sizeof *others);
}

static const struct example traditional[] = {
    /* routers number their messages */
    {"<187>45: *Oct 11 22:14:15: text", "<187>|||||| *Oct 11 22:14:15: text"},
    {"<34>Oct 11 22:14:15 host app[77]: text", "<34>|Oct 11 22:14:15|host|app|77|| text"},
    {"<34>Oct  1 22:14:15 host app: text", "<34>|Oct  1 22:14:15|host|app||| text"},
    {"Oct 11 22:14:15 host app[77]: text", "|Oct 11 22:14:15|host|app|77|| text"},
    {"<34>" TIME " host app[77]: text", "<34>|" TIME "|host|app|77|| text"},
    {"<34>2003-10-11T22:14:15+02:00 host app: text",
     "<34>|2003-10-11T22:14:15+02:00|host|app||| text"},
    {TIME " host app: text", "|" TIME "|host|app||| text"},
    /* no host, no tag, no time, nothing but a priority */
    {"<34>Oct 11 22:14:15 app[77]: text", "<34>|Oct 11 22:14:15||app|77|| text"},
    {"<34>Oct 11 22:14:15 app: text", "<34>|Oct 11 22:14:15||app||| text"},
    {"<34>app[77]: text", "<34>|||app|77|| text"},
    {"<34>app: text", "<34>|||app||| text"},
    {"app: text", "|||app||| text"},
    {"<34>a text", "<34>||||||a text"},
    {"a text", "||||||a text"},
    {"<34>", "<34>||||||"},
    {"<34>x", "<34>||||||x"},
    /* no colon, no blank behind it, no text */
    {"<34>Oct 11 22:14:15 host app[77] text", "<34>|Oct 11 22:14:15|host|app|77|| text"},
    {"<34>Oct 11 22:14:15 host app text", "<34>|Oct 11 22:14:15|host|app||| text"},
    {"<34>Oct 11 22:14:15 host app:text", "<34>|Oct 11 22:14:15|host|app|||text"},
    {"<34>Oct 11 22:14:15 host app:", "<34>|Oct 11 22:14:15|host|app|||"},
    {"<34>Oct 11 22:14:15 host app", "<34>|Oct 11 22:14:15|host|app|||"},
    {"<34>Oct 11 22:14:15 host ", "<34>|Oct 11 22:14:15|host||||"},
    {"<34>Oct 11 22:14:15 ", "<34>|Oct 11 22:14:15|||||"},
    {"<34>app[]: text", "<34>|||app||| text"},
    {"<34>[77]: text", "<34>||||77|| text"},
    {"<34>[]", "<34>||||||"},
    {"<34>]: x", "<34>|||]||| x"},
    {"<34>: x", "<34>|||||| x"},
    {"<34>a/b-c.d_e[7]: x", "<34>|||a/b-c.d_e|7|| x"},
    /* a brace begins no tag: text that looks like a gloss is not to be divided */
    {"<34>Oct 11 22:14:15 host {X: y}", "<34>|Oct 11 22:14:15|host||||{X: y}"},
    {"<34>Oct 11 22:14:15 {X: y}", "<34>|Oct 11 22:14:15|||||{X: y}"},
    {"<34>{\"msg\":\"x\"}", "<34>||||||{\"msg\":\"x\"}"},
    /* almost a time */
    {"<34>Oct 11 22:14:15", "<34>||||||Oct 11 22:14:15"},
    {"<34>Oct 1 22:14:15 host app: x", "<34>||||||Oct 1 22:14:15 host app: x"},
    {"<34>Oct 11 22.14.15 host app: x", "<34>||||||Oct 11 22.14.15 host app: x"},
    {"<34>1234 host app: x", "<34>||||||1234 host app: x"},
    {"<34>2003-10-11 host app: x", "<34>||||||2003-10-11 host app: x"},
};

static void headers_as_rfc_3164_describes_them(void **state) {
    (void)state;
    assert_all(traditional, sizeof traditional / sizeof *traditional);
}

static const struct example no_priorities[] = {
    {"", "||||||"},           {"<", "||||||<"},         {"<>", "||||||<>"},
    {"<>x", "||||||<>x"},     {"<1", "||||||<1"},       {"<12", "||||||<12"},
    {"<123", "||||||<123"},   {"<1234", "||||||<1234"}, {"<1234>", "||||||<1234>"},
    {"<-1>x", "||||||<-1>x"}, {"<1 >x", "||||||<1 >x"}, {">", "||||||>"},
    {"<a>", "||||||<a>"},     {" <1>x", "|||||| <1>x"}, {"<<1>x", "||||||<<1>x"},
};

static void what_is_no_priority(void **state) {
    (void)state;
    assert_all(no_priorities, sizeof no_priorities / sizeof *no_priorities);
    assert_reads((struct view){NULL, 0}, "||||||");
}

/* Each start of a header is read within its bounds. */
static void headers_that_are_cut_off(void **state) {
    (void)state;
    struct buffer out = {0};
    const char *const raws[] = {structured[0].raw, structured[11].raw, traditional[0].raw,
                                traditional[3].raw, structured[9].raw};
    for (size_t i = 0; i < sizeof raws / sizeof *raws; i++)
        for (size_t size = 0; size <= strlen(raws[i]); size++)
            describe(view_of(raws[i], size), &out);
    buffer_free(&out);
}

static const struct {
    const char *elements, *kept; /* NULL: they are left alone */
} keeps[] = {
    {"", ""},
    {"-", ""},
    {"[a b=\"c\"]", "[a b=\"c\"]"},
    {"[errgloss@32473 code=\"5\"]", ""},
    {"[errgloss@1]", ""},
    {"[a][errgloss@32473 code=\"\\]\" text=\"[b]\"][c]", NULL},
    {"[a][errgloss@32473 code=\"\\]\" text=\"[b\\]\"][c]", "[a][c]"},
    {"[errgloss][errgloss2@1][x errgloss@1=\"\"]", "[errgloss][errgloss2@1][x errgloss@1=\"\"]"},
    {"[errgloss@32473][errgloss@32473][a]", "[a]"},
    {"--", NULL},
    {"[a] ", NULL},
    {"[a] [b]", NULL},
    {"[a b=c]", NULL},
    {"[a][", NULL},
    {"x", NULL},
};

static void elements_of_others_are_kept(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof keeps / sizeof *keeps; i++) {
        struct buffer out = {0};
        struct view elements = view_string(keeps[i].elements);
        char *copy = copy_of(elements);
        assert_int_equal(elements_keep(view_of(copy, elements.size), &out), keeps[i].kept != NULL);
        if (keeps[i].kept) assert_text(out, keeps[i].kept);
        if (!keeps[i].kept) assert_int_equal(out.size, 0);
        free_copy(copy, elements);
        buffer_free(&out);
    }
}

static void an_element_is_escaped_and_read_again(void **state) {
    (void)state;
    struct buffer out = {0};
    element_begin(&out);
    element_add(&out, VIEW("code"), VIEW("5"));
    element_add(&out, VIEW("text"), VIEW("\"a\\]b[=\xc3\xa9"));
    element_add(&out, VIEW("none"), VIEW(""));
    element_end(&out);
    assert_text(out, "[errgloss@32473 code=\"5\" text=\"\\\"a\\\\\\]b[=\xc3\xa9\" none=\"\"]");
    assert_int_equal(elements_size(buffer_view(&out)), out.size);
    buffer_append(&out, VIEW("[x] and text"));
    assert_int_equal(elements_size(buffer_view(&out)), out.size - strlen(" and text"));
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_of_rfc_5424),
        cmocka_unit_test(broken_structured_data_is_text),
        cmocka_unit_test(what_is_no_header_of_rfc_5424),
        cmocka_unit_test(headers_as_rfc_3164_describes_them),
        cmocka_unit_test(what_is_no_priority),
        cmocka_unit_test(headers_that_are_cut_off),
        cmocka_unit_test(elements_of_others_are_kept),
        cmocka_unit_test(an_element_is_escaped_and_read_again),
    };
    return RUN(tests);
}
