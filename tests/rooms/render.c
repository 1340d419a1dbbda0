#include "testing.h"

#include "annotate.h"
#include "strip.h"

static enum gloss_look look(const char *text, bool open, size_t *size) {
    *size = 0;
    return gloss_look_at(view_string(text), 0, open, size);
}

static void glosses_are_told_from_the_log(void **state) {
    (void)state;
    size_t size;
    static const char *const glosses[] = {
        " {E_FAIL: it failed}", " {= it failed}", " {? bits}", " {A: }",
        " {A: x | errno B: y}", " {1.2-x+y_: z}"};
    for (size_t i = 0; i < sizeof glosses / sizeof *glosses; i++) {
        assert_int_equal(look(glosses[i], false, &size), GLOSS_WHOLE);
        assert_int_equal(size, strlen(glosses[i]));
    }
    static const char *const others[] = {"{A: x}",   " {A:x}",    " {a b: x}", " {}",
                                         " {: x}",   " {A: {x}}", " {A: x\n}", " {\"a\": 1}",
                                         " { A: x}", " x"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(look(others[i], true, &size), GLOSS_NONE);
    assert_int_equal(look(" {!", false, &size), GLOSS_GUARD);
}

static void unfinished_glosses_are_open(void **state) {
    (void)state;
    size_t size;
    static const char whole[] = " {E_FAIL: it failed}";
    char part[sizeof whole];
    for (size_t end = 1; end < sizeof whole - 1; end++) {
        memcpy(part, whole, end);
        part[end] = '\0';
        assert_int_equal(look(part, true, &size), GLOSS_OPEN);
        assert_int_equal(look(part, false, &size), GLOSS_NONE);
    }
}

static void a_gloss_has_1024_bytes_at_most(void **state) {
    (void)state;
    size_t size;
    char text[1100];
    memset(text, 'x', sizeof text);
    memcpy(text, " {A: ", 5);
    text[1023] = '}';
    text[1024] = '\0';
    assert_int_equal(look(text, false, &size), GLOSS_WHOLE);
    assert_int_equal(size, 1024);
    text[1023] = 'x';
    text[1024] = '}';
    text[1025] = '\0';
    assert_int_equal(look(text, true, &size), GLOSS_NONE);
}

static void lookalikes_are_guarded_and_strip_takes_it_away(void **state) {
    (void)state;
    static const struct {
        const char *log, *annotated;
    } rows[] = {
        {"a {E_FAIL: x} b", "a {!E_FAIL: x} b"},
        {"a {!E_FAIL: x}", "a {!!E_FAIL: x}"},
        {"a {E_FAIL", "a {E_FAIL"},
        {"a { b", "a { b"},
        {" {= x} {= y}", " {!= x} {!= y}"},
        {"a {\"k\": 1}", "a {\"k\": 1}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer out = {0}, back = {0};
        struct annotator annotator = {0};
        struct stripper stripper = {0};
        struct piece piece = piece_of_line(view_string(rows[i].log), 0);
        annotate(&annotator, &out, &piece, NULL, 0, piece.to);
        assert_text(out, rows[i].annotated);
        assert_int_equal(strip_write(&stripper, &back, buffer_view(&out), true), out.size);
        assert_text(back, rows[i].log);
        buffer_free(&out);
        buffer_free(&back);
    }
}

static void strip_waits_for_what_may_be_a_gloss(void **state) {
    (void)state;
    struct buffer out = {0};
    struct stripper stripper = {0};
    assert_int_equal(strip_write(&stripper, &out, VIEW("a {E_FAIL: x"), false), 1);
    assert_text(out, "a");
    buffer_clear(&out);
    assert_int_equal(strip_write(&stripper, &out, VIEW("a "), false), 1);
    buffer_clear(&out);
    assert_int_equal(strip_write(&stripper, &out, VIEW("a {E_FAIL: x"), true), 12);
    assert_text(out, "a {E_FAIL: x");
    buffer_free(&out);
}

static void bits_are_told_in_words(void **state) {
    (void)state;
    char room[STATUS_TEXT_MOST];
    struct status status = status_split(0x80244fff);
    assert_text(status_text(&status, room), "HRESULT failure, facility WindowsUpdate, code 0x4FFF");
    status = status_split(0xc0000fff);
    assert_text(status_text(&status, room), "NTSTATUS error, code 0x0FFF");
    status = status_split(0xd0360001);
    assert_text(status_text(&status, room),
                "NTSTATUS error in an HRESULT, facility IPsec, code 0x0001");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glosses_are_told_from_the_log),
        cmocka_unit_test(unfinished_glosses_are_open),
        cmocka_unit_test(a_gloss_has_1024_bytes_at_most),
        cmocka_unit_test(lookalikes_are_guarded_and_strip_takes_it_away),
        cmocka_unit_test(strip_waits_for_what_may_be_a_gloss),
        cmocka_unit_test(bits_are_told_in_words),
    };
    return RUN(tests);
}
