#include "staging.h"

#include "controls.h"

static void assert_decodes(const char *text, const char *expected) {
    struct buffer decoded = {0}, encoded = {0};
    struct view whole = view_string(text);
    char *copy = copy_of(whole);
    struct view at_end = view_of(copy, whole.size);
    assert_true(controls_are_escaped(at_end));
    controls_decode(at_end, &decoded);
    assert_text(decoded, expected);
    controls_encode(buffer_view(&decoded), at_end, &encoded);
    assert_text(encoded, text);
    buffer_free(&decoded);
    buffer_free(&encoded);
    free_copy(copy, whole);
}

static void escapes_become_bytes_and_escapes_again(void **state) {
    (void)state;
    assert_decodes("a#011b", "a\tb");
    assert_decodes("#000#012#015#037#177", "\t\t\t\t\t");
    assert_decodes("#033[31mred#033[0m", "\033[31mred\033[0m");
    assert_decodes("#0115 ##011#", "\t5 #\t#");
}

static void what_is_no_escape_stays(void **state) {
    (void)state;
    static const char *const texts[] = {"", "#", "#01", "#018", "#040", "#200", "#x11", "no. #1"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(controls_are_escaped(view_string(texts[i])));
}

/* Where control bytes stand as they are, nobody has escaped any. */
static void some_texts_are_left_alone(void **state) {
    (void)state;
    assert_false(controls_are_escaped(VIEW("a\tb #011")));
    assert_false(controls_are_escaped(VIEW("a {X: #011}")));
}

static void glosses_stand_between_escapes(void **state) {
    (void)state;
    struct buffer out = {0};
    controls_encode(VIEW("a\t5 {EIO: x}\033[0m"), VIEW("a#0115#033[0m"), &out);
    assert_text(out, "a#0115 {EIO: x}#033[0m");
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_become_bytes_and_escapes_again),
        cmocka_unit_test(what_is_no_escape_stays),
        cmocka_unit_test(some_texts_are_left_alone),
        cmocka_unit_test(glosses_stand_between_escapes),
    };
    return RUN(tests);
}
