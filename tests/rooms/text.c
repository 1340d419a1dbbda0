#include "testing.h"

#include "arena.h"
#include "buffer.h"
#include "utf8.h"
#include "view.h"

static void views_compare_by_bytes(void **state) {
    (void)state;
    assert_true(view_equal(VIEW("a\0b"), view_of("a\0b", 3)));
    assert_false(view_equal(VIEW("a"), VIEW("ab")));
    assert_true(view_equal(VIEW(""), view_string(NULL)));
    assert_true(view_compare(VIEW("a"), VIEW("ab")) < 0);
    assert_true(view_compare(VIEW("b"), VIEW("ab")) > 0);
    assert_true(view_equal_nocase(VIEW("E_Fail"), VIEW("e_fAIL")));
}

static void views_are_found_and_cut(void **state) {
    (void)state;
    assert_int_equal(view_find(VIEW("a=b=c"), 2, '='), 3);
    assert_int_equal(view_find(VIEW("abc"), 0, '='), 3);
    assert_int_equal(view_find(VIEW("abc"), 9, '='), 3);
    assert_text(view_trim(VIEW(" \t a b\t")), "a b");
    assert_text(view_trim(VIEW("  ")), "");
    assert_text(view_basename(VIEW("data/windows/win32.tsv")), "win32.tsv");
    struct view rest = VIEW(" win32, hresult\tntstatus ");
    static const char *const words[] = {"win32", "hresult", "ntstatus", "", ""};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct view word = view_word(&rest);
        assert_text(word, words[i]);
    }
}

/* clang's sanitizer tells where something is added to NULL. */
static void views_of_null_are_empty(void **state) {
    (void)state;
    struct view nothing = view_string(NULL);
    assert_int_equal(view_trim(nothing).size, 0);
    assert_int_equal(view_word(&nothing).size, 0);
}

static void buffers_grow_and_keep_what_they_have(void **state) {
    (void)state;
    struct buffer buffer = {0};
    for (int i = 0; i < 1000; i++) buffer_format(&buffer, "%d,", i);
    assert_int_equal(buffer.size, 3890);
    assert_memory_equal(buffer.at, "0,1,2,3,", 8);
    assert_memory_equal(buffer.at + buffer.size - 4, "999,", 4);
    buffer_append(&buffer, VIEW(""));
    assert_false(buffer.failed);
    assert_false(buffer_reserve(&buffer, SIZE_MAX / 2));
    assert_true(buffer.failed);
    assert_int_equal(buffer.size, 3890);
    buffer_clear(&buffer);
    buffer_append_byte(&buffer, 'x');
    assert_text(buffer_view(&buffer), "x");
    buffer_free(&buffer);
}

static void arenas_give_aligned_zeros(void **state) {
    (void)state;
    struct arena arena = {0};
    for (size_t size = 1; size < 40000; size *= 3) {
        char *taken = arena_take(&arena, size);
        assert_int_equal((uintptr_t)taken % sizeof(void *), 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(taken[i], 0);
    }
    struct view copy = arena_copy(&arena, VIEW("text"));
    assert_text(copy, "text");
    assert_int_equal(copy.at[4], 0);
    arena_free(&arena);
}

static void utf8_is_well_formed_or_nothing(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t size, length;
        uint32_t point;
    } rows[] = {
        {"A", 1, 1, 'A'},
        {"\xc3\xa9", 2, 2, 0xe9},
        {"\xe2\x82\xac", 3, 3, 0x20ac},
        {"\xf0\x9f\x98\x80", 4, 4, 0x1f600},
        {"\xc0\x80", 2, 0, 0},
        {"\xed\xa0\x80", 3, 0, 0},
        {"\xf4\x90\x80\x80", 4, 0, 0},
        {"\xe2\x82", 2, 0, 0},
        {"\x80", 1, 0, 0},
        {"\xff", 1, 0, 0},
        {"\xe0\x80\x80", 3, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t point = 0;
        assert_int_equal(utf8_decode(view_of(rows[i].bytes, rows[i].size), 0, &point),
                         rows[i].length);
        assert_int_equal(point, rows[i].point);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_compare_by_bytes),
        cmocka_unit_test(views_are_found_and_cut),
        cmocka_unit_test(views_of_null_are_empty),
        cmocka_unit_test(buffers_grow_and_keep_what_they_have),
        cmocka_unit_test(arenas_give_aligned_zeros),
        cmocka_unit_test(utf8_is_well_formed_or_nothing),
    };
    return RUN(tests);
}
