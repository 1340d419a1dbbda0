#ifndef TESTING_H
#define TESTING_H

/* What every test includes: cmocka and what it needs before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* assert that a view, or anything with `at` and `size`, holds this text */
#define assert_text(actual, expected)                                                              \
    do {                                                                                           \
        assert_int_equal((actual).size, strlen(expected));                                         \
        assert_memory_equal((actual).at ? (actual).at : "", expected, strlen(expected));           \
    } while (0)

#define RUN(tests) cmocka_run_group_tests(tests, NULL, NULL)

#endif
