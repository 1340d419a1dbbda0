#include <jansson.h>

#include "testing.h"

#include "escape.h"
#include "filtering.h"
#include "finder.h"
#include "messages.h"
#include "mmexternal.h"
#include "relay.h"
#include "tokens.h"
#include "utf8.h"

/* What is promised for every message, tried on generated ones in each of the ways. */

struct lab {
    eg_glossary *glossary;
    eg_scanner *scanner;
    eg_filter *filter; /* it strips */
    size_t rounds;
    struct messages made;
    struct buffer out, stripped;
};

static int set_up(void **state) {
    eg_fault fault;
    const char *rounds = getenv("ERRGLOSS_ROUNDS"), *seed = getenv("ERRGLOSS_SEED");
    struct lab *lab = calloc(1, sizeof *lab);
    lab->glossary = eg_glossary_new();
    assert_true(eg_glossary_add_builtin(lab->glossary, &fault));
    assert_true(eg_glossary_seal(lab->glossary, &fault));
    lab->scanner = eg_scanner_new(lab->glossary);
    lab->filter = eg_filter_new(lab->glossary, EG_STRIP);
    lab->made.generator.seed = seed ? strtoull(seed, NULL, 10) : 13883;
    lab->rounds = rounds ? strtoull(rounds, NULL, 10) : 300;
    *state = lab;
    return 0;
}

static int tear_down(void **state) {
    struct lab *lab = *state;
    messages_free(&lab->made);
    buffer_free(&lab->out);
    buffer_free(&lab->stripped);
    eg_scanner_free(lab->scanner);
    eg_filter_free(lab->filter);
    eg_glossary_free(lab->glossary);
    free(lab);
    return 0;
}

static bool is_utf8(struct view text) {
    uint32_t point;
    for (size_t at = 0, size; at < text.size; at += size)
        if ((size = utf8_decode(text, at, &point)) == 0) return false;
    return true;
}

/* One object, of no null. */
static bool is_object_without_null(struct view text) {
    struct tokens tokens;
    tokens_begin(&tokens, text);
    enum token token = tokens_next(&tokens);
    bool fine = token == TOKEN_OBJECT;
    while (token != TOKEN_END && token != TOKEN_WRONG) {
        token = tokens_next(&tokens);
        fine = fine && token != TOKEN_OTHER && token != TOKEN_WRONG;
    }
    return fine;
}

static void assert_reply(struct view line, struct view out, size_t most) {
    struct view object = view_part(out, 0, out.size ? out.size - 1 : 0);
    if (!view_ends(out, VIEW("\n")) || view_count(out, '\n') != 1 ||
        !is_object_without_null(object))
        fail_msg("%.*s\nis answered %.*s", (int)line.size, line.at, (int)out.size, out.at);
    assert_true(out.size <= most || view_equal(object, VIEW("{}")));
    json_t *json = json_loadb(object.at, object.size, JSON_ALLOW_NUL, NULL);
    if (is_utf8(line)) assert_true(json_is_object(json));
    json_decref(json);
}

/* Whatever comes, in whatever way, the reply is one line with one object, and short enough. */
static void each_line_has_a_reply(void **state) {
    struct lab *lab = *state;
    size_t said = 0;
    for (size_t round = 0; round < 20 * lab->rounds; round++) {
        struct mmexternal plugin;
        struct mmexternal_ways ways = {.input = (enum message_form)pick(&lab->made, 3),
                                       .into = (enum mmexternal_into)pick(&lab->made, 3),
                                       .reply_most =
                                           pick(&lab->made, 3) ? 8192 : pick(&lab->made, 300),
                                       .summary_most = pick(&lab->made, 2) * pick(&lab->made, 60)};
        assert_true(mmexternal_init(&plugin, &ways));
        generate_line(&lab->made, ways.input, pick(&lab->made, 4) > 0);
        buffer_clear(&lab->out);
        mmexternal_reply(&plugin, lab->scanner, buffer_view(&lab->made.line), &lab->out);
        assert_reply(buffer_view(&lab->made.line), buffer_view(&lab->out), ways.reply_most);
        said += lab->out.size > 3;
        mmexternal_free(&plugin);
    }
    assert_true(said > 5 * lab->rounds && said < 19 * lab->rounds);
}

static struct view stripped(struct lab *lab, struct view text) {
    return filter_whole(lab->filter, text, &lab->stripped);
}

/* The string that the last reply sets, decoded, behind what is in `out`; false for `{}`. */
static bool append_reply(struct lab *lab, struct view reply, struct buffer *out) {
    struct finder finder = {0};
    assert_true(finder_name(&finder, VIEW("msg,rawmsg")));
    assert_int_equal(finder_find(&finder, view_part(reply, 0, reply.size - 1)), FINDER_FOUND);
    bool there = finder.count == 1;
    if (there) escape_decode(finder.found[0].string, out);
    assert_int_equal(there, lab->out.size > 3);
    finder_free(&finder);
    return there;
}

static void assert_strips(struct lab *lab, struct view annotated, struct view plain) {
    struct view out = stripped(lab, annotated);
    if (!view_equal(out, plain))
        fail_msg("%.*s\nis stripped to %.*s\nnot            %.*s", (int)annotated.size,
                 annotated.at, (int)out.size, out.at, (int)plain.size, plain.at);
}

/* Begin a line of a log file with what stands before a message's text there. */
static void begin_line(struct lab *lab, struct buffer *line, bool raw) {
    bool blank = view_starts(buffer_view(&lab->made.text), VIEW(" "));
    buffer_clear(line);
    if (!raw) buffer_append(line, blank ? VIEW("app:") : VIEW("app: "));
}

/* The line of the log file that comes of an annotated message is stripped to what it would have
 * been. */
static void annotated_messages_are_stripped(void **state) {
    struct lab *lab = *state;
    struct buffer annotated = {0}, plain = {0};
    size_t said = 0;
    for (size_t round = 0; round < 20 * lab->rounds; round++) {
        struct mmexternal plugin;
        struct mmexternal_ways ways = {.input = (enum message_form)pick(&lab->made, 3),
                                       .reply_most = 100000};
        bool raw = ways.input == MESSAGE_RAW;
        assert_true(mmexternal_init(&plugin, &ways));
        generate_line(&lab->made, ways.input, true);
        begin_line(lab, &annotated, raw);
        begin_line(lab, &plain, raw);
        buffer_append(&plain, raw ? buffer_view(&lab->made.line) : buffer_view(&lab->made.text));
        buffer_clear(&lab->out);
        mmexternal_reply(&plugin, lab->scanner, buffer_view(&lab->made.line), &lab->out);
        if (append_reply(lab, buffer_view(&lab->out), &annotated)) {
            if (raw)
                assert_true(view_starts(buffer_view(&annotated), buffer_view(&lab->made.header)));
            assert_strips(lab, buffer_view(&annotated), buffer_view(&plain));
            said++;
        }
        mmexternal_free(&plugin);
    }
    assert_true(said > 5 * lab->rounds);
    buffer_free(&annotated);
    buffer_free(&plain);
}

/* How much of a line no gloss stands in. */
static size_t header_size(struct view line) {
    struct header header;
    header_read(line, &header);
    return header.priority ? header.size : 0;
}

/* Relayed lines keep their headers, and are stripped to what they were, unless the header holds a
 * brace: it is not guarded. */
static void relayed_lines_are_stripped(void **state) {
    struct lab *lab = *state;
    struct relay relay = {0};
    size_t longer = 0;
    for (size_t round = 0; round < 20 * lab->rounds; round++) {
        generate_line(&lab->made, MESSAGE_RAW, pick(&lab->made, 4) > 0);
        size_t size = header_size(buffer_view(&lab->made.line));
        buffer_clear(&lab->out);
        relay_line(&relay, lab->scanner, buffer_view(&lab->made.line), &lab->out);
        struct view header = view_part(buffer_view(&lab->made.line), 0, size);
        assert_true(view_starts(buffer_view(&lab->out), header));
        buffer_append_byte(&lab->made.line, '\n');
        longer += lab->out.size > lab->made.line.size;
        if (view_find(header, 0, '{') < size) continue;
        assert_strips(lab, buffer_view(&lab->out), buffer_view(&lab->made.line));
    }
    assert_true(longer > 5 * lab->rounds);
    relay_free(&relay);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_has_a_reply),
        cmocka_unit_test(annotated_messages_are_stripped),
        cmocka_unit_test(relayed_lines_are_stripped),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
