#include "testing.h"

#include "encoding.h"

static bool guess(struct view first, bool ended, enum encoding *encoding, size_t *mark) {
    struct guess guess;
    bool told = encoding_guess(first, ended, &guess);
    *encoding = guess.encoding;
    *mark = guess.mark;
    return told;
}

static void the_first_bytes_tell_the_encoding(void **state) {
    (void)state;
    static const struct {
        struct view first;
        enum encoding encoding;
        size_t mark;
    } rows[] = {
        {{"plain text", 10}, ENCODING_BYTES, 0},
        {{"\xef\xbb\xbf"
          "text",
          7},
         ENCODING_BYTES,
         3},
        {{"\xff\xfe"
          "a\0",
          4},
         ENCODING_UTF16LE,
         2},
        {{"\xfe\xff\0a", 4}, ENCODING_UTF16BE, 2},
        {{"2\0000\0002\0006\0", 8}, ENCODING_UTF16LE, 0},
        {{"\0002\0000\0002\0006", 8}, ENCODING_UTF16BE, 0},
        {{"a\0b\0c\0dd", 8}, ENCODING_BYTES, 0},
        {{"a\0b\0\0\0\0\0", 8}, ENCODING_BYTES, 0},
        {{"\0\0\0\0\0\0\0\0", 8}, ENCODING_BYTES, 0},
        {{"\xff\xd8\xff\xe0", 4}, ENCODING_BYTES, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum encoding encoding;
        size_t mark;
        assert_true(guess(rows[i].first, false, &encoding, &mark));
        assert_int_equal(encoding, rows[i].encoding);
        assert_int_equal(mark, rows[i].mark);
    }
}

static void nothing_is_held_longer_than_it_may_tell(void **state) {
    (void)state;
    enum encoding encoding;
    size_t mark;
    assert_false(guess(VIEW("\xef"), false, &encoding, &mark));
    assert_false(guess(VIEW("\xef\xbb"), false, &encoding, &mark));
    assert_true(guess(VIEW("\xef\xbb"), true, &encoding, &mark));
    assert_int_equal(encoding, ENCODING_BYTES);
    assert_true(guess(VIEW("ab"), false, &encoding, &mark));
    assert_true(guess(VIEW("\x80"), false, &encoding, &mark));
    assert_false(guess(VIEW("a\0b"), false, &encoding, &mark));
    assert_true(guess(VIEW("a\0b\0"), true, &encoding, &mark));
    assert_int_equal(encoding, ENCODING_UTF16LE);
    assert_true(guess(VIEW("a"), true, &encoding, &mark));
    assert_int_equal(encoding, ENCODING_BYTES);
    assert_true(guess(VIEW(""), true, &encoding, &mark));
}

static void utf16_becomes_utf8(void **state) {
    (void)state;
    static const char text[] = "e\0\xe9\0\xac\x20\x3d\xd8\x00\xde\n";
    struct decoder decoder = {.encoding = ENCODING_UTF16LE};
    struct buffer out = {0};
    decode(&decoder, view_of(text, sizeof text), &out);
    assert_text(out, "e\u00e9\u20ac\U0001f600\n");
    buffer_free(&out);
}

/* Some bytes of which many are surrogates, odd or line ends. */
static void fill(char *bytes, size_t size, uint64_t *seed) {
    static const unsigned char often[] = {0, 0, 0xd8, 0xdb, 0xdc, 0xdf, '\n', 'a', 0x20, 0xff};
    for (size_t i = 0; i < size; i++) {
        *seed = *seed * 0xd1342543de82ef95u + 1;
        unsigned value = (unsigned)(*seed >> 40);
        bytes[i] = (char)(value % 3 ? often[value / 3 % sizeof often] : value >> 8);
    }
}

/* Decode and encode again in chunks of these sizes. */
static void there_and_back(enum encoding encoding, struct view in, size_t chunk, size_t other,
                           struct buffer *back) {
    struct decoder decoder = {.encoding = encoding};
    struct encoder encoder = {.encoding = encoding};
    struct buffer text = {0};
    char last;
    for (size_t at = 0; at < in.size; at += chunk)
        decode(&decoder, view_part(in, at, at + chunk < in.size ? at + chunk : in.size), &text);
    bool odd = decode_end(&decoder, &text, &last);
    for (size_t at = 0; at < text.size; at += other)
        encode(&encoder,
               view_part(buffer_view(&text), at, at + other < text.size ? at + other : text.size),
               back);
    assert_int_equal(encoder.rest_size, 0);
    if (odd) buffer_append_byte(back, last);
    buffer_free(&text);
}

static void any_bytes_come_back_as_they_were(void **state) {
    (void)state;
    uint64_t seed = 13883;
    for (size_t round = 0; round < 3000; round++) {
        char bytes[97];
        size_t size = round % sizeof bytes;
        struct buffer back = {0};
        fill(bytes, size, &seed);
        there_and_back(round % 2 ? ENCODING_UTF16LE : ENCODING_UTF16BE, view_of(bytes, size),
                       1 + round % 5, 1 + round % 7, &back);
        assert_int_equal(back.size, size);
        if (size) assert_memory_equal(back.at, bytes, size);
        buffer_free(&back);
    }
}

static void what_is_no_utf8_becomes_a_replacement(void **state) {
    (void)state;
    struct encoder encoder = {.encoding = ENCODING_UTF16BE};
    struct buffer out = {0};
    encode(&encoder, VIEW("a\xff\xc0\x80\xf4\x90\x80\x80z"), &out);
    static const char expected[] = "\0a\xff\xfd\xff\xfd\xff\xfd\xff\xfd\xff\xfd\xff\xfd\xff\xfd\0z";
    assert_int_equal(out.size, sizeof expected - 1);
    assert_memory_equal(out.at, expected, out.size);
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_bytes_tell_the_encoding),
        cmocka_unit_test(nothing_is_held_longer_than_it_may_tell),
        cmocka_unit_test(utf16_becomes_utf8),
        cmocka_unit_test(any_bytes_come_back_as_they_were),
        cmocka_unit_test(what_is_no_utf8_becomes_a_replacement),
    };
    return RUN(tests);
}
