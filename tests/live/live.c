#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "testing.h"

/* The program itself, through real pipes and terminals. Nothing is timed: a test that would wait
 * for ever fails when PATIENCE is over. */
enum { PATIENCE = 60000 };

struct child {
    pid_t pid;
    int in, out, errors; /* what we write to it, and read from it; `errors` may be -1 */
};

static void exec_program(const char *const *arguments) {
    const char *argv[8] = {"errgloss"};
    for (size_t i = 0; arguments[i]; i++) argv[i + 1] = arguments[i];
    execv(getenv("ERRGLOSS"), (char *const *)argv);
    _exit(127);
}

static struct child start(const char *const *arguments) {
    int in[2], out[2];
    assert_int_equal(pipe2(in, O_CLOEXEC), 0);
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        signal(SIGPIPE, SIG_DFL);
        exec_program(arguments);
    }
    close(in[0]);
    close(out[1]);
    return (struct child){pid, in[1], out[0], -1};
}

/* The program between two terminals, as `script` or `ssh -t` would have it. */
static struct child start_on_terminal(void) {
    static const char *const none[] = {NULL};
    int outer, inner;
    struct termios raw;
    assert_int_equal(openpty(&outer, &inner, NULL, NULL, NULL), 0);
    tcgetattr(inner, &raw);
    cfmakeraw(&raw);
    tcsetattr(inner, TCSANOW, &raw);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(inner, 0);
        dup2(inner, 1);
        close(outer);
        exec_program(none);
    }
    close(inner);
    return (struct child){pid, outer, outer, -1};
}

static void say(struct child child, const char *text) {
    assert_int_equal(write(child.in, text, strlen(text)), strlen(text));
}

/* Read until this text has come, and nothing else. */
static void expect(struct child child, const char *text) {
    char got[4096];
    size_t size = 0, wanted = strlen(text);
    while (size < wanted) {
        struct pollfd readable = {.fd = child.out, .events = POLLIN};
        if (poll(&readable, 1, PATIENCE) != 1)
            fail_msg("still waiting for: %s; so far: %.*s", text, (int)size, got);
        ssize_t more = read(child.out, got + size, sizeof got - size);
        assert_true(more > 0);
        size += (size_t)more;
    }
    assert_int_equal(size, wanted);
    assert_memory_equal(got, text, wanted);
}

static int finish(struct child child) {
    int status;
    assert_int_equal(waitpid(child.pid, &status, 0), child.pid);
    close(child.out);
    return status;
}

static const char *const no_arguments[] = {NULL};

static void each_line_is_out_before_the_next_is_written(void **state) {
    (void)state;
    struct child child = start(no_arguments);
    for (int i = 0; i < 200; i++) {
        say(child, "x error 1326\n");
        expect(child,
               "x error 1326 {ERROR_LOGON_FAILURE: the user name or the password is wrong}\n");
        say(child, "nothing\n");
        expect(child, "nothing\n");
    }
    close(child.in);
    assert_int_equal(finish(child), 0);
}

static void a_terminal_gets_its_lines_at_once_and_coloured(void **state) {
    (void)state;
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
    struct child child = start_on_terminal();
    for (int i = 0; i < 50; i++) {
        say(child, "x error 1326\n");
        expect(child, "x error 1326 {\033[36mERROR_LOGON_FAILURE: the user name or the password is "
                      "wrong\033[39m}\n");
    }
    kill(child.pid, SIGKILL);
    finish(child);
}

static void an_unfinished_line_comes_up_to_its_open_gloss(void **state) {
    (void)state;
    struct child child = start(no_arguments);
    /* as long as there is no line end, it could be the name of a tar's first file */
    say(child, "ready\n");
    expect(child, "ready\n");
    say(child, "continue? [y/n] ");
    expect(child, "continue? [y/n] ");
    say(child, "y, error 1326");
    expect(child, "y, error 1326");
    say(child, " ");
    say(child, "or so");
    say(child, "; then");
    expect(child, " {ERROR_LOGON_FAILURE: the user name or the password is wrong} or so; then");
    say(child, " error 1326 (0x52E");
    expect(child, " error 1326");
    say(child, ")\n");
    expect(child, " (0x52E)\n");
    close(child.in);
    assert_int_equal(finish(child), 0);
}

static void a_signal_ends_it_when_what_was_read_is_written(void **state) {
    (void)state;
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < 3; i++) {
        struct child child = start(no_arguments);
        say(child, "a line\nheld error 1326 (0x52E");
        expect(child, "a line\nheld error 1326");
        kill(child.pid, signals[i]);
        expect(child, " (0x52E {ERROR_LOGON_FAILURE: the user name or the password is wrong}");
        int status = finish(child);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        close(child.in);
    }
}

static void inherited_descriptors_keep_their_flags(void **state) {
    (void)state;
    struct child child = start(no_arguments);
    int flags = fcntl(child.in, F_GETFL);
    say(child, "a\n");
    expect(child, "a\n");
    assert_int_equal(fcntl(child.in, F_GETFL), flags);
    close(child.in);
    assert_int_equal(finish(child), 0);
}

static void a_reader_that_goes_ends_it_quietly(void **state) {
    (void)state;
    struct child child = start(no_arguments);
    close(child.out);
    child.out = -1;
    while (write(child.in, "line\n", 5) == 5) continue;
    assert_int_equal(errno, EPIPE);
    int status = finish(child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
    close(child.in);
}

/* A line without an end, written by a process of its own; what comes back is only counted. */
static void memory_does_not_grow_with_a_line(void **state) {
    (void)state;
    static char block[65536];
    size_t total = (size_t)64 << 20, came = 0;
    struct rusage usage;
    int status;
    struct child child = start(no_arguments);
    memset(block, 'a', sizeof block);
    memcpy(block + 100, " error 2 ", 9);
    pid_t writer = fork();
    if (writer == 0) {
        for (size_t i = 0; i < total; i += sizeof block)
            if (write(child.in, block, sizeof block) != sizeof block) _exit(1);
        _exit(0);
    }
    close(child.in);
    for (ssize_t got; (got = read(child.out, block, sizeof block)) > 0;) came += (size_t)got;
    assert_int_equal(waitpid(writer, &status, 0), writer);
    assert_int_equal(wait4(child.pid, &status, 0, &usage), child.pid);
    assert_int_equal(status, 0);
    assert_true(came > total);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__has_feature)
    assert_true(usage.ru_maxrss < 16 * 1024);
#endif
    close(child.out);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_is_out_before_the_next_is_written),
        cmocka_unit_test(a_terminal_gets_its_lines_at_once_and_coloured),
        cmocka_unit_test(an_unfinished_line_comes_up_to_its_open_gloss),
        cmocka_unit_test(a_signal_ends_it_when_what_was_read_is_written),
        cmocka_unit_test(inherited_descriptors_keep_their_flags),
        cmocka_unit_test(a_reader_that_goes_ends_it_quietly),
        cmocka_unit_test(memory_does_not_grow_with_a_line),
    };
    return RUN(tests);
}
