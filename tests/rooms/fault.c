#include "testing.h"

#include "fault.h"

static void a_place_is_printed_where_there_is_one(void **state) {
    (void)state;
    struct fault fault;
    char text[64];
    assert_false(fault_at(&fault, VIEW("my.rules"), 7, 9, "unknown key `%s`", "mach"));
    fault_print(&fault, text, sizeof text);
    assert_string_equal(text, "my.rules:7:9: unknown key `mach`");
    fault_at(&fault, VIEW("my.mc"), 7, 0, "no end");
    fault_print(&fault, text, sizeof text);
    assert_string_equal(text, "my.mc:7: no end");
    fault_at(&fault, VIEW("my.rules"), 0, 0, "no such file");
    fault_print(&fault, text, sizeof text);
    assert_string_equal(text, "my.rules: no such file");
    assert_false(fault_memory(&fault));
    fault_print(&fault, text, sizeof text);
    assert_string_equal(text, "out of memory");
}

static void long_faults_are_cut(void **state) {
    (void)state;
    struct fault fault;
    char text[16], path[600];
    memset(path, 'p', sizeof path);
    fault_at(&fault, view_of(path, sizeof path), 1, 1, "%s", "message");
    fault_print(&fault, text, sizeof text);
    assert_string_equal(text, "ppppppppppppppp");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_is_printed_where_there_is_one),
        cmocka_unit_test(long_faults_are_cut),
    };
    return RUN(tests);
}
