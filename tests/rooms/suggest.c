#include "testing.h"

#include "suggest.h"

static void words_are_near_by_few_slips(void **state) {
    (void)state;
    assert_int_equal(word_distance("format", "format"), 0);
    assert_int_equal(word_distance("fromat", "format"), 1);
    assert_int_equal(word_distance("lokup", "lookup"), 1);
    assert_int_equal(word_distance("", "why"), 3);
    assert_true(word_is_near("lokup", "lookup"));
    assert_true(word_is_near("whj", "why"));
    assert_false(word_is_near("syslog", "list"));
    assert_false(word_is_near("averyverylongwordthatisnowhereneartoanything", "why"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_near_by_few_slips)};
    return RUN(tests);
}
