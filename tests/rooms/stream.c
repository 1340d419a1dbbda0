#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "sink.h"
#include "source.h"

static volatile sig_atomic_t stop;

static struct source source_of(int descriptor) {
    return (struct source){.descriptor = descriptor, .stop = &stop};
}

static void a_source_brings_what_is_there(void **state) {
    (void)state;
    int ends[2];
    char bytes[16];
    size_t size;
    assert_int_equal(pipe(ends), 0);
    struct source source = source_of(ends[0]);
    assert_true(source_would_wait(&source));
    assert_int_equal(write(ends[1], "abc", 3), 3);
    assert_false(source_would_wait(&source));
    assert_int_equal(source_read(&source, bytes, sizeof bytes, &size), SOURCE_BYTES);
    assert_int_equal(size, 3);
    close(ends[1]);
    assert_int_equal(source_read(&source, bytes, sizeof bytes, &size), SOURCE_END);
    close(ends[0]);
    assert_int_equal(source_read(&source, bytes, sizeof bytes, &size), SOURCE_FAILED);
}

static void a_stop_ends_reading(void **state) {
    (void)state;
    int ends[2];
    char bytes[4];
    size_t size;
    assert_int_equal(pipe(ends), 0);
    struct source source = source_of(ends[0]);
    stop = 1;
    assert_int_equal(source_read(&source, bytes, sizeof bytes, &size), SOURCE_STOPPED);
    stop = 0;
    close(ends[0]);
    close(ends[1]);
}

static void *drain_slowly(void *argument) {
    int descriptor = *(int *)argument;
    char bytes[1000];
    size_t total = 0;
    for (ssize_t got; (got = read(descriptor, bytes, sizeof bytes)) > 0;) total += (size_t)got;
    return (void *)total;
}

static void full_pipes_that_do_not_block_are_waited_for(void **state) {
    (void)state;
    int ends[2];
    pthread_t reader;
    void *total;
    size_t size = 1000000;
    char *bytes = calloc(1, size);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(pthread_create(&reader, NULL, drain_slowly, &ends[0]), 0);
    assert_true(sink_write(ends[1], bytes, size));
    assert_int_equal(fcntl(ends[1], F_GETFL) & O_NONBLOCK, O_NONBLOCK);
    close(ends[1]);
    pthread_join(reader, &total);
    assert_int_equal((size_t)total, size);
    close(ends[0]);
    free(bytes);
}

static void empty_pipes_that_do_not_block_are_waited_for(void **state) {
    (void)state;
    int ends[2];
    char bytes[4];
    size_t size;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    struct source source = source_of(ends[0]);
    assert_int_equal(write(ends[1], "a", 1), 1);
    assert_int_equal(source_read(&source, bytes, sizeof bytes, &size), SOURCE_BYTES);
    assert_true(source_would_wait(&source));
    close(ends[1]);
    assert_int_equal(source_read(&source, bytes, sizeof bytes, &size), SOURCE_END);
    close(ends[0]);
}

static void a_full_disk_is_told(void **state) {
    (void)state;
    int full = open("/dev/full", O_WRONLY);
    assert_true(full >= 0);
    assert_false(sink_write(full, "x", 1));
    assert_int_equal(errno, ENOSPC);
    close(full);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_brings_what_is_there),
        cmocka_unit_test(a_stop_ends_reading),
        cmocka_unit_test(full_pipes_that_do_not_block_are_waited_for),
        cmocka_unit_test(empty_pipes_that_do_not_block_are_waited_for),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return RUN(tests);
}
