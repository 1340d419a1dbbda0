#include <stdio.h>

#include "testing.h"

#include "lines.h"

enum { COUNT = 40 };

/* Lines of which some have hits, by the bits of a number. */
struct stream {
    char text[COUNT][32];
    bool hit[COUNT];
};

static struct stream make_stream(uint64_t bits) {
    struct stream stream;
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(stream.text[i], sizeof stream.text[i], "line %zu of many\n", i);
        stream.hit[i] = bits >> i & 1;
    }
    return stream;
}

static bool is_near(const struct stream *stream, size_t at, size_t before, size_t after) {
    for (size_t i = 0; i < COUNT; i++)
        if (stream->hit[i] && i <= at + before && at <= i + after) return true;
    return false;
}

/* What has to come, said plainly. */
static void expect(const struct stream *stream, size_t before, size_t after, struct buffer *out) {
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < COUNT; i++) {
        if (!is_near(stream, i, before, after)) continue;
        if (last != SIZE_MAX && last + 1 != i && (before || after))
            buffer_append(out, VIEW("--\n"));
        buffer_format(out, "log%c%s", stream->hit[i] ? ':' : '-', stream->text[i]);
        last = i;
    }
}

/* Lines without hits come many at a time, others in two parts. */
static void send(struct lines *lines, const struct stream *stream, struct buffer *out) {
    struct buffer many = {0};
    for (size_t i = 0; i < COUNT; i++) {
        struct view line = view_string(stream->text[i]);
        if (!stream->hit[i]) {
            buffer_append(&many, line);
            continue;
        }
        lines_pass(lines, out, buffer_view(&many));
        buffer_clear(&many);
        buffer_append(&lines->line, view_part(line, 0, 5));
        lines_take(lines, out, i % 2, false);
        buffer_append(&lines->line, view_part(line, 5, line.size));
        lines_take(lines, out, true, true);
    }
    lines_pass(lines, out, buffer_view(&many));
    buffer_free(&many);
}

static void lines_around_hits_are_written(void **state) {
    (void)state;
    uint64_t bits = 0x9e3779b97f4a7c15u;
    for (size_t round = 0; round < 400; round++) {
        struct lines lines = {.selects = true, .named = true};
        struct buffer expected = {0}, out = {0};
        bits = bits * 0xd1342543de82ef95u + 1;
        struct stream stream = make_stream(bits & bits >> 7 & bits >> 13);
        lines.before = round % 5;
        lines.after = round / 5 % 5;
        lines_begin(&lines, VIEW("log"));
        send(&lines, &stream, &out);
        expect(&stream, lines.before, lines.after, &expected);
        assert_int_equal(out.size, expected.size);
        if (out.size) assert_memory_equal(out.at, expected.at, out.size);
        lines_free(&lines);
        buffer_free(&out);
        buffer_free(&expected);
    }
}

static void a_last_line_is_ended_where_another_stream_follows(void **state) {
    (void)state;
    struct lines lines = {.named = true};
    struct buffer out = {0};
    lines_begin(&lines, VIEW("a"));
    lines_pass(&lines, &out, VIEW("1\n"));
    buffer_append(&lines.line, VIEW("2"));
    lines_take(&lines, &out, false, true);
    lines_begin(&lines, VIEW("b"));
    lines_pass(&lines, &out, VIEW("3\n"));
    assert_text(out, "a:1\na:2\nb:3\n");
    lines_free(&lines);
    buffer_free(&out);
}

static void little_is_held_of_a_long_line_without_hits(void **state) {
    (void)state;
    struct lines lines = {.selects = true};
    struct buffer out = {0};
    lines_begin(&lines, VIEW(""));
    for (size_t i = 0; i < 100; i++) {
        for (size_t j = 0; j < 6000; j++) buffer_append(&lines.line, VIEW("0123456789"));
        lines_take(&lines, &out, false, false);
        assert_true(lines.line.size <= LINE_HELD_MOST);
    }
    assert_int_equal(out.size, 0);
    buffer_append(&lines.line, VIEW("hit\n"));
    lines_take(&lines, &out, true, true);
    assert_true(out.size >= 4 && out.size <= LINE_HELD_MOST + 4);
    lines_free(&lines);
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_around_hits_are_written),
        cmocka_unit_test(a_last_line_is_ended_where_another_stream_follows),
        cmocka_unit_test(little_is_held_of_a_long_line_without_hits),
    };
    return RUN(tests);
}
