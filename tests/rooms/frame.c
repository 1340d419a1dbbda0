#include "testing.h"

#include "framer.h"

static struct framer start(void) {
    struct framer framer;
    assert_true(framer_init(&framer));
    return framer;
}

static void feed(struct framer *framer, const char *bytes, size_t size) {
    size_t space;
    char *at = framer_space(framer, &space);
    assert_true(size <= space);
    memcpy(at, bytes, size);
    framer_commit(framer, size);
}

static void lines_are_cut_at_their_ends(void **state) {
    (void)state;
    struct framer framer = start();
    struct piece piece;
    feed(&framer, "one\ntwo\r\n\n\r\nlo\rne\nrest\r", 23);
    static const struct {
        const char *text, *ending;
    } lines[] = {{"one", "\n"}, {"two", "\r\n"}, {"", "\n"}, {"", "\r\n"}, {"lo\rne", "\n"}};
    for (size_t i = 0; i < 5; i++) {
        assert_true(framer_next(&framer, &piece));
        assert_text(piece.text, lines[i].text);
        assert_text(piece.ending, lines[i].ending);
        assert_int_equal(piece.line, i + 1);
        assert_true(piece.ends);
    }
    assert_false(framer_next(&framer, &piece));
    assert_true(framer_peek(&framer, &piece));
    assert_text(piece.text, "rest");
    assert_true(piece.open);
    framer_end(&framer);
    assert_true(framer_next(&framer, &piece));
    assert_text(piece.text, "rest\r");
    assert_text(piece.ending, "");
    assert_false(framer_next(&framer, &piece));
    framer_free(&framer);
}

static void settled_bytes_are_not_answered_for_again(void **state) {
    (void)state;
    struct framer framer = start();
    struct piece piece;
    feed(&framer, "hello", 5);
    assert_true(framer_peek(&framer, &piece));
    framer_settle(&framer, 4);
    feed(&framer, " you\nnext\n", 10);
    assert_true(framer_next(&framer, &piece));
    assert_text(piece.text, "hello you");
    assert_int_equal(piece.from, 4);
    assert_true(framer_next(&framer, &piece));
    assert_int_equal(piece.from, 0);
    framer_free(&framer);
}

/* The bytes that the pieces of a line of `size` bytes answer for, fed in chunks of `chunk`. */
static void check_long_line(size_t size, size_t chunk, const char *ending) {
    struct framer framer = start();
    struct piece piece;
    uint64_t answered = 0;
    size_t pieces = 0, ending_size = strlen(ending), total = size + ending_size;
    char *line = malloc(total);
    for (size_t i = 0; i < size; i++) line[i] = (char)('a' + i % 23);
    memcpy(line + size, ending, ending_size);
    for (size_t at = 0; at < total || !framer.ended;) {
        size_t part = total - at < chunk ? total - at : chunk;
        feed(&framer, line + at, part);
        at += part;
        if (at == total) framer_end(&framer);
        while (framer_next(&framer, &piece)) {
            assert_int_equal(piece.at, pieces * PIECE_STRIDE);
            assert_true(piece.text.size <= PIECE_MOST);
            assert_memory_equal(piece.text.at, line + piece.at, piece.text.size);
            assert_true(piece.at + piece.from == answered);
            answered = piece.at + piece.to;
            assert_int_equal(piece.ends, answered == size);
            struct piece same = piece_of_line(view_of(line, size), (size_t)piece.at);
            assert_int_equal(same.from, piece.from);
            assert_int_equal(same.to, piece.to);
            assert_int_equal(same.ends, piece.ends);
            pieces++;
        }
    }
    assert_int_equal(answered, size);
    free(line);
    framer_free(&framer);
}

static void long_lines_come_in_pieces_at_fixed_offsets(void **state) {
    (void)state;
    static const size_t sizes[] = {65534,  65535,  65536,  65537,  65538,
                                   126975, 126976, 126977, 126978, 400000};
    static const size_t chunks[] = {1000, 4096, 65536, 100000, 200000};
    static const char *const endings[] = {"", "\n", "\r\n"};
    for (size_t i = 0; i < 10; i++)
        for (size_t j = 0; j < 5; j++)
            for (size_t k = 0; k < 3; k++) check_long_line(sizes[i], chunks[j], endings[k]);
}

static void an_open_piece_stays_within_what_every_outcome_decides(void **state) {
    (void)state;
    struct framer framer = start();
    struct piece piece;
    char *line = malloc(65537);
    memset(line, 'a', 65537);
    feed(&framer, line, 65537);
    assert_false(framer_next(&framer, &piece));
    assert_true(framer_peek(&framer, &piece));
    assert_int_equal(piece.to, PIECE_STRIDE + PIECE_MARGIN);
    framer_settle(&framer, piece.to);
    feed(&framer, "aa", 2);
    assert_true(framer_next(&framer, &piece));
    assert_false(piece.ends);
    assert_int_equal(piece.from, piece.to);
    free(line);
    framer_free(&framer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_cut_at_their_ends),
        cmocka_unit_test(settled_bytes_are_not_answered_for_again),
        cmocka_unit_test(long_lines_come_in_pieces_at_fixed_offsets),
        cmocka_unit_test(an_open_piece_stays_within_what_every_outcome_decides),
    };
    return RUN(tests);
}
