#include <jansson.h>
#include <stdio.h>

#include "testing.h"

#include "fields.h"
#include "filtering.h"
#include "generate.h"
#include "tokens.h"
#include "utf8.h"

/* What is promised for every line of JSON, tried on generated ones. The other side of each
 * comparison is jansson and a filter that goes through the texts of the strings as one stream. */

struct lab {
    eg_glossary *glossary;
    struct fields *fields;
    eg_filter *filter;
    struct generator generator;
    size_t rounds;
    struct buffer line, out;  /* of JSON, before and after */
    struct buffer plain, got; /* the texts of its named strings, likewise, a line end behind each */
    struct buffer value, filtered;
    size_t starts[64], ends[64]; /* where in the line these strings stand */
    size_t count;
};

static int set_up(void **state) {
    eg_fault fault;
    const char *rounds = getenv("ERRGLOSS_ROUNDS"), *seed = getenv("ERRGLOSS_SEED");
    struct lab *lab = calloc(1, sizeof *lab);
    lab->glossary = eg_glossary_new();
    assert_true(eg_glossary_add_builtin(lab->glossary, &fault));
    assert_true(eg_glossary_seal(lab->glossary, &fault));
    lab->fields = fields_new(lab->glossary, "msg,a.log");
    lab->filter = eg_filter_new(lab->glossary, EG_ANNOTATE);
    lab->generator.seed = seed ? strtoull(seed, NULL, 10) : 13883;
    lab->rounds = rounds ? strtoull(rounds, NULL, 10) : 300;
    *state = lab;
    return 0;
}

static int tear_down(void **state) {
    struct lab *lab = *state;
    struct buffer *buffers[] = {&lab->line, &lab->out,   &lab->plain,
                                &lab->got,  &lab->value, &lab->filtered};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) buffer_free(buffers[i]);
    fields_free(lab->fields);
    eg_filter_free(lab->filter);
    eg_glossary_free(lab->glossary);
    free(lab);
    return 0;
}

static size_t pick(struct lab *lab, size_t limit) {
    return generate_number(&lab->generator, limit);
}

static void put(struct lab *lab, const char *text) {
    buffer_append(&lab->line, view_string(text));
}

/* The next text for a string, in `value`: UTF-8, without braces, which a filter guards, and without
 * a CR at its end, to which the line end behind it would be joined. */
static void generate_value(struct lab *lab) {
    struct buffer *value = &lab->value;
    uint32_t point;
    size_t more = pick(lab, 8) ? pick(lab, 120) : pick(lab, 3000), size;
    buffer_clear(value);
    if (pick(lab, 2)) buffer_append(value, VIEW("\xf0\x9f\x92\xa5 \xe2\x82\xac, "));
    assert_true(buffer_reserve(value, more + 1));
    generate_text(&lab->generator, value->at + value->size, more);
    size = value->size += more;
    for (size_t at = 0, step; at < size; at += step) {
        step = utf8_decode(buffer_view(value), at, &point);
        if (step && !is_one_of(value->at[at], VIEW("{}"))) continue;
        value->at[at] = "?/\"\\"[pick(lab, 4)];
        step = 1;
    }
    if (size && value->at[size - 1] == '\r') value->at[size - 1] = '.';
}

static void put_unit(struct lab *lab, uint32_t unit) {
    buffer_format(&lab->line, pick(lab, 2) ? "\\u%04x" : "\\u%04X", unit);
}

/* Put a character in one of the ways in which it may be written. */
static void put_character(struct lab *lab, struct view bytes, uint32_t point) {
    static const char letters[] = "\"\\/\b\f\n\r\t", escaped[] = "\"\\/bfnrt";
    const char *letter = point && point < 0x80 ? strchr(letters, (int)point) : NULL;
    bool must = point < 0x20 || point == '"' || point == '\\';
    if (letter && (must || pick(lab, 2)) && pick(lab, 4))
        buffer_format(&lab->line, "\\%c", escaped[letter - letters]);
    else if (!must && pick(lab, 4))
        buffer_append(&lab->line, bytes);
    else if (point < 0x10000)
        put_unit(lab, point);
    else {
        put_unit(lab, 0xd800 + ((point - 0x10000) >> 10));
        put_unit(lab, 0xdc00 + ((point - 0x10000) & 0x3ff));
    }
}

static void put_string(struct lab *lab, struct view text) {
    uint32_t point;
    put(lab, "\"");
    for (size_t at = 0, size; at < text.size; at += size) {
        size = utf8_decode(text, at, &point);
        assert_true(size > 0);
        put_character(lab, view_part(text, at, at + size), point);
    }
    put(lab, "\"");
}

static void put_blanks(struct lab *lab) {
    static const char *const blanks[] = {"", "", "", " ", "\t", "  ", "\r"};
    put(lab, blanks[pick(lab, sizeof blanks / sizeof *blanks)]);
}

static void put_name(struct lab *lab, const char *name) {
    put_blanks(lab);
    put_string(lab, view_string(name));
    put_blanks(lab);
    put(lab, ":");
    put_blanks(lab);
}

/* The string of a named member, or of its name anything that is no string. */
static void put_named(struct lab *lab, const char *name) {
    static const char *const others[] = {"5", "null", "[\"error 5\"]", "{\"msg\":\"error 5\"}"};
    put_name(lab, name);
    if (pick(lab, 6) == 0) {
        put(lab, others[pick(lab, 4)]);
        return;
    }
    generate_value(lab);
    lab->starts[lab->count] = lab->line.size + 1;
    put_string(lab, buffer_view(&lab->value));
    lab->ends[lab->count++] = lab->line.size - 1;
    buffer_append(&lab->plain, buffer_view(&lab->value));
    buffer_append_byte(&lab->plain, '\n');
}

static void put_other_value(struct lab *lab, size_t depth);

/* Something with members or items in brackets, with commas between them. */
static void put_nest(struct lab *lab, bool object, size_t depth) {
    static const char *const names[] = {"msg", "log", "a", "", "error 5", "a.msg"};
    size_t count = pick(lab, 4);
    put(lab, object ? "{" : "[");
    put_blanks(lab);
    for (size_t i = 0; i < count; i++) {
        if (i) put(lab, ",");
        if (object) put_name(lab, names[pick(lab, sizeof names / sizeof *names)]);
        put_other_value(lab, depth + 1);
        put_blanks(lab);
    }
    put(lab, object ? "}" : "]");
}

static void put_other_value(struct lab *lab, size_t depth) {
    static const char *const values[] = {
        "0", "-0", "13883", "5e+3", "-1.50E-2", "true", "null", "false", "\"\\ud83d\\udca5\""};
    size_t choice = pick(lab, depth < 6 ? 5 : 3);
    if (choice == 0) {
        generate_value(lab);
        put_string(lab, buffer_view(&lab->value));
    } else if (choice < 3)
        put(lab, values[pick(lab, sizeof values / sizeof *values)]);
    else
        put_nest(lab, choice == 3, depth);
}

/* The member a, whose member log is named. */
static void put_outer(struct lab *lab) {
    put_name(lab, "a");
    put(lab, "{");
    put_named(lab, "log");
    put(lab, ",");
    put_name(lab, "msg");
    put_other_value(lab, 2);
    put(lab, "}");
}

static void put_member(struct lab *lab) {
    static const char *const names[] = {"ms", "msgs", "log", "", "error 5", "b"};
    size_t choice = pick(lab, 6);
    if (choice < 2)
        put_named(lab, "msg");
    else if (choice == 2)
        put_named(lab, "a.log");
    else if (choice == 3)
        put_outer(lab);
    else {
        put_name(lab, names[pick(lab, sizeof names / sizeof *names)]);
        put_other_value(lab, 1);
    }
    put_blanks(lab);
}

/* A line of JSON; what its named strings say is put behind what is in `plain`. */
static void generate_line(struct lab *lab) {
    size_t count = pick(lab, 8);
    buffer_clear(&lab->line);
    lab->count = 0;
    put_blanks(lab);
    put(lab, "{");
    for (size_t i = 0; i < count; i++) {
        if (i) put(lab, ",");
        put_member(lab);
    }
    put_blanks(lab);
    put(lab, "}");
    put_blanks(lab);
    assert_false(lab->line.failed);
}

static json_t *load(struct view text, json_error_t *error) {
    return json_loadb(text.at, text.size, JSON_ALLOW_NUL | JSON_DECODE_ANY, error);
}

static struct view annotated(struct lab *lab, struct view line) {
    buffer_clear(&lab->out);
    assert_true(fields_line(lab->fields, line, &lab->out));
    return buffer_view(&lab->out);
}

/* Where the string that begins at `from` ends. */
static size_t string_end(struct view text, size_t from) {
    while (from < text.size && text.at[from] != '"') from += text.at[from] == '\\' ? 2 : 1;
    assert_true(from < text.size);
    return from;
}

/* Put what a string says, quotes around it, behind what is in `got`. */
static void append_meaning(struct lab *lab, struct view quoted) {
    json_t *string = load(quoted, NULL);
    assert_true(json_is_string(string));
    buffer_append(&lab->got, view_of(json_string_value(string), json_string_length(string)));
    buffer_append_byte(&lab->got, '\n');
    json_decref(string);
}

/* All between the named strings is the same to the byte; what these say now goes to `got`. */
static void compare_around(struct lab *lab, struct view line, struct view out) {
    size_t from = 0, at = 0;
    for (size_t i = 0; i <= lab->count; i++) {
        size_t to = i < lab->count ? lab->starts[i] : line.size;
        assert_true(to - from <= out.size - at);
        assert_memory_equal(line.at + from, out.at + at, to - from);
        at += to - from;
        if (i == lab->count) break;
        from = lab->ends[i];
        size_t end = string_end(out, at);
        append_meaning(lab, view_part(out, at - 1, end + 1));
        at = end;
    }
    assert_int_equal(at, out.size);
}

static struct view filtered(struct lab *lab, struct view plain) {
    return filter_whole(lab->filter, plain, &lab->filtered);
}

/* Strings get what a filter gives to the stream of their texts, and nothing else changes. */
static void named_strings_are_a_stream_of_their_own(void **state) {
    struct lab *lab = *state;
    size_t longer = 0;
    for (size_t round = 0; round < lab->rounds; round++) {
        fields_begin(lab->fields);
        buffer_clear(&lab->plain);
        buffer_clear(&lab->got);
        for (size_t lines = 1 + pick(lab, 20); lines > 0; lines--) {
            generate_line(lab);
            struct view line = buffer_view(&lab->line), out = annotated(lab, line);
            json_t *after = load(out, NULL);
            assert_true(json_is_object(after));
            json_decref(after);
            compare_around(lab, line, out);
            longer += out.size > line.size;
        }
        struct view expected = filtered(lab, buffer_view(&lab->plain));
        if (!view_equal(buffer_view(&lab->got), expected))
            fail_msg("round %zu: %.*s\nis not\n%.*s", round, (int)lab->got.size, lab->got.at,
                     (int)expected.size, expected.at);
    }
    assert_true(longer > lab->rounds);
}

static bool is_object(struct view text) {
    struct tokens tokens;
    tokens_begin(&tokens, text);
    enum token token = tokens_next(&tokens);
    bool object = token == TOKEN_OBJECT;
    while (token != TOKEN_END && token != TOKEN_WRONG) token = tokens_next(&tokens);
    return object && token == TOKEN_END;
}

/* Take some bytes out. */
static void cut_out(struct buffer *text, size_t at, size_t size) {
    memmove(text->at + at, text->at + at + size, text->size - at - size);
    text->size -= size;
}

static void mutate(struct lab *lab) {
    static const char marks[] = "{}[]\",:\\ \t\n\0e+-.0159tfnu/\x1f\x7f";
    struct buffer *line = &lab->line;
    size_t at = pick(lab, line->size), left = line->size - at;
    size_t choice = pick(lab, 6);
    if (choice < 4)
        line->at[at] = marks[pick(lab, sizeof marks - 1)];
    else if (choice == 4)
        line->size = at + 1;
    else
        cut_out(line, at, pick(lab, left));
}

/* Say whether jansson tells of the text what we do, when this came of it. Bytes that are no UTF-8,
 * lone surrogates, numbers that no machine holds and names with a NUL are JSON to us alone; a NUL
 * behind a number or a word it overlooks. */
static bool is_told_alike(struct view text, const json_error_t *error) {
    enum json_error_code why = json_error_code(error);
    bool surrogates =
        memmem(text.at, text.size, "\\ud", 3) || memmem(text.at, text.size, "\\uD", 3);
    return !surrogates && !memchr(text.at, '\0', text.size) && why != json_error_invalid_utf8 &&
           why != json_error_numeric_overflow && why != json_error_null_byte_in_key;
}

/* The members that are not named are the same in both. */
static void compare_rest(json_t *before, json_t *after) {
    json_t *objects[] = {before, after};
    for (size_t i = 0; i < 2; i++) {
        json_object_del(objects[i], "msg");
        json_object_del(objects[i], "a.log");
        json_object_del(json_object_get(objects[i], "a"), "log");
    }
    assert_true(json_equal(before, after));
}

/* Compare with what jansson says before and after; false where it tells something else of JSON. */
static bool compare_with_jansson(struct view line, struct view out, bool object) {
    json_error_t error;
    json_t *before = load(line, &error), *after = load(out, NULL);
    bool alike = is_told_alike(line, &error);
    if (alike && json_is_object(before) != object)
        fail_msg("%d to us: %.*s", object, (int)line.size, line.at);
    if (alike && object) {
        assert_true(json_is_object(after));
        compare_rest(before, after);
    }
    json_decref(before);
    json_decref(after);
    return alike;
}

/* A line that something happened to is still judged as jansson does, and is one object afterwards
 * or the same. */
static void damaged_lines_stay_or_stay_json(void **state) {
    struct lab *lab = *state;
    size_t alike[2] = {0, 0};
    for (size_t round = 0; round < 20 * lab->rounds; round++) {
        buffer_clear(&lab->plain);
        generate_line(lab);
        for (size_t times = 1 + pick(lab, 3); times > 0; times--) mutate(lab);
        struct view line = buffer_view(&lab->line), out = annotated(lab, line);
        bool object = is_object(line);
        if (!object) assert_true(view_equal(line, out));
        assert_int_equal(is_object(out), object);
        alike[object] += compare_with_jansson(line, out, object);
    }
    assert_true(alike[0] > lab->rounds && alike[1] > lab->rounds);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(named_strings_are_a_stream_of_their_own),
        cmocka_unit_test(damaged_lines_stay_or_stay_json),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
