#include "confirming.h"

#include <signal.h>
#include <sys/resource.h>

/* What omprog replies, and leaves, where files cannot be written. */

static void a_full_device_is_told_and_left_when_the_path_is_good(void **state) {
    (void)state;
    struct bench bench;
    for (int transactions = 0; transactions < 2; transactions++) {
        assert_int_equal(symlink("/dev/full", "f"), 0);
        begin(&bench, transactions);
        assert_reply(&bench, "a", "Error: No space left on device");
        assert_reply(&bench, "a", "Error: No space left on device");
        assert_int_equal(unlink("f"), 0);
        assert_reply(&bench, "a", transactions ? "DEFER_COMMIT" : "OK");
        assert_holds("f", "a\n");
        assert_int_equal(unlink("f"), 0);
        end(&bench);
    }
}

static void a_path_that_cannot_be_opened_is_told(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, false);
    assert_int_equal(mkdir("f", 0777), 0);
    assert_reply(&bench, "a", "Error: Is a directory");
    assert_int_equal(rmdir("f"), 0);
    assert_int_equal(symlink("none/f", "f"), 0);
    assert_reply(&bench, "a", "Error: No such file or directory");
    assert_int_equal(mkdir("none", 0777), 0);
    assert_reply(&bench, "a", "OK");
    assert_holds("none/f", "a\n");
    end(&bench);
}

/* Let files be `size` bytes long at most; a longer one is an error, not a signal. */
static void limit_files(size_t size) {
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void no_limit(void) {
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* What is not written whole is not written at all, and what was written before stays. */
static void a_limit_in_the_middle_of_a_line_tears_none(void **state) {
    (void)state;
    struct bench bench;
    for (size_t size = 8; size < 12; size++) {
        put("f", "old\n");
        begin(&bench, true);
        assert_reply(&bench, "BEGIN TRANSACTION", "OK");
        limit_files(size);
        assert_reply(&bench, "one", "DEFER_COMMIT");
        assert_reply(&bench, "two", "Error: File too large");
        no_limit();
        assert_holds("f", "old\none\n");
        assert_reply(&bench, "BEGIN TRANSACTION", "OK");
        assert_reply(&bench, "two", "DEFER_COMMIT");
        assert_reply(&bench, "COMMIT TRANSACTION", "OK");
        assert_holds("f", "old\none\ntwo\n");
        end(&bench);
    }
}

/* No sync works on a descriptor that somebody else has closed. */
static void a_sync_that_fails_is_told(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, true);
    assert_reply(&bench, "a", "DEFER_COMMIT");
    close(bench.program.descriptor);
    assert_reply(&bench, "COMMIT TRANSACTION", "Error: Bad file descriptor");
    assert_reply(&bench, "a", "DEFER_COMMIT");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    assert_holds("f", "a\na\n");
    end(&bench);
}

static void a_sync_that_fails_when_the_file_is_left_is_told_at_the_end(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, true);
    assert_reply(&bench, "a", "DEFER_COMMIT");
    close(bench.program.descriptor);
    omprog_reopen(&bench.program);
    assert_reply(&bench, "b", "DEFER_COMMIT");
    assert_reply(&bench, "COMMIT TRANSACTION", "Error: Input/output error");
    assert_reply(&bench, "a", "DEFER_COMMIT");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    end(&bench);
}

static void a_torn_line_that_cannot_be_ended_is_ended_later(void **state) {
    (void)state;
    struct bench bench;
    put("f", "torn");
    begin(&bench, false);
    limit_files(4);
    assert_reply(&bench, "a", "Error: File too large");
    no_limit();
    assert_holds("f", "torn");
    assert_reply(&bench, "a", "OK");
    assert_holds("f", "torn\na\n");
    end(&bench);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(a_full_device_is_told_and_left_when_the_path_is_good),
        IN_DIRECTORY(a_path_that_cannot_be_opened_is_told),
        IN_DIRECTORY(a_limit_in_the_middle_of_a_line_tears_none),
        IN_DIRECTORY(a_sync_that_fails_is_told),
        IN_DIRECTORY(a_sync_that_fails_when_the_file_is_left_is_told_at_the_end),
        IN_DIRECTORY(a_torn_line_that_cannot_be_ended_is_ended_later),
    };
    return RUN(tests);
}
