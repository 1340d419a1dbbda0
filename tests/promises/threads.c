#include <pthread.h>

#include "testing.h"

#include "errgloss.h"

/* One glossary, many threads: each has its scanner and all see the same. */

enum { THREADS = 8, ROUNDS = 200 };

static const char line[] = "error 13883 (0x363B), hr=0x80070005, errno 13, exit code 137";

static void *scan(void *argument) {
    const eg_glossary *glossary = argument;
    eg_scanner *scanner = eg_scanner_new(glossary);
    size_t found = 0;
    for (int i = 0; scanner && i < ROUNDS; i++) {
        const eg_hit *hits;
        found += eg_scanner_line(scanner, line, sizeof line - 1, &hits);
    }
    eg_scanner_free(scanner);
    return (void *)found;
}

static void threads_share_a_glossary(void **state) {
    (void)state;
    eg_fault fault;
    pthread_t threads[THREADS];
    eg_glossary *glossary = eg_glossary_new();
    assert_true(eg_glossary_add_builtin(glossary, &fault));
    assert_true(eg_glossary_seal(glossary, &fault));
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, scan, glossary), 0);
    for (int i = 0; i < THREADS; i++) {
        void *found;
        pthread_join(threads[i], &found);
        assert_int_equal((size_t)found, 5 * ROUNDS);
    }
    eg_glossary_free(glossary);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_share_a_glossary)};
    return RUN(tests);
}
