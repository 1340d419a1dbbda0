/* A run of deliveries is killed before or behind any of its system calls, and resumed; or somebody
 * writes to a file there. */
#include "delivering.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

/* One kind of run: what it rewrites, and how. */
struct run {
    int files;
    bool in_place;
    const char *suffix;
};

enum { ROUNDS = 50, DIRECTORIES = 3, TO_THE_END = 1 << 30 };

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* The whole run, as a program would do it; true when all went well. */
static bool run_all(const struct run *run, bool resume) {
    char path[40], below[40];
    struct journals *journals = journals_new(resume);
    bool fine = journals != NULL;
    for (int i = 0; i < run->files && fine; i++) {
        snprintf(path, sizeof path, "in/%d/f%d", i % DIRECTORIES, i / DIRECTORIES);
        snprintf(below, sizeof below, "%d/f%d", i % DIRECTORIES, i / DIRECTORIES);
        const char *how =
            run->in_place ? rewrite(journals, path, run->suffix) : mirror(journals, below, path);
        fine = *how == '\0' || strcmp(how, "done") == 0;
    }
    fine = fine && journals_end(journals);
    journals_free(journals);
    return fine;
}

/* Start a child that does it; it waits before its first system call. */
static pid_t start(const struct run *run, bool resume) {
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGIO, SIG_IGN);
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0 || raise(SIGSTOP) != 0) _exit(2);
        _exit(run_all(run, resume) ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSTOPPED(status));
    return child;
}

/* Let it go on to its next stop, before or behind a system call; false when it has ended. */
static bool step(pid_t child, int *status) {
    assert_int_equal(ptrace(PTRACE_SYSCALL, child, NULL, NULL), 0);
    assert_int_equal(waitpid(child, status, 0), child);
    return WIFSTOPPED(*status);
}

/* Kill it at its nth stop; true when it had ended before that, and all went well. */
static bool run_and_kill(const struct run *run, bool resume, uint32_t stops) {
    int status;
    pid_t child = start(run, resume);
    for (; stops > 0; stops--) {
        if (step(child, &status)) continue;
        assert_int_equal(status, 0);
        return true;
    }
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    return false;
}

static void make_input(const struct run *run) {
    char path[40], text[40];
    assert_true(is_there("in") || mkdir("in", 0777) == 0);
    for (int i = 0; i < run->files; i++) {
        snprintf(path, sizeof path, "in/%d", i % DIRECTORIES);
        assert_true(is_there(path) || mkdir(path, 0777) == 0);
        snprintf(path, sizeof path, "in/%d/f%d", i % DIRECTORIES, i / DIRECTORIES);
        snprintf(text, sizeof text, "line %d\n", i);
        put(path, text);
    }
}

/* Say whether the killed run has left a journal. One that has not, in place, had not begun or had
 * ended, which the first file tells. */
static bool is_resumable(const struct run *run, bool *ret_ended) {
    char text[200];
    *ret_ended = run->in_place && !is_there("in/0/.errgloss-journal") &&
                 strncmp(get("in/0/f0", text), "mark", 4) == 0;
    return is_there(run->in_place ? "in/0/.errgloss-journal" : "out/.errgloss-journal");
}

static void check_output(const struct run *run) {
    char path[60], plain[40], marked[60];
    for (int i = 0; i < run->files; i++) {
        snprintf(plain, sizeof plain, "line %d\n", i);
        snprintf(marked, sizeof marked, "mark %s", plain);
        snprintf(path, sizeof path, "%s/%d/f%d", run->in_place ? "in" : "out", i % DIRECTORIES,
                 i / DIRECTORIES);
        assert_holds(path, marked);
        snprintf(path, sizeof path, "in/%d/f%d%s", i % DIRECTORIES, i / DIRECTORIES,
                 run->suffix ? run->suffix : "");
        assert_holds(path, run->in_place && !run->suffix ? marked : plain);
    }
    assert_int_equal(traces("."), 0);
}

/* Kill, resume, kill again, until it is complete. */
static int interrupt_and_resume(const struct run *run, uint32_t *seed) {
    int kills = 0;
    bool resume = false, ended = false;
    assert_int_equal(system("rm -rf in out"), 0);
    make_input(run);
    while (!ended && !run_and_kill(run, resume, 1 + next_random(seed) % 3000)) {
        resume = is_resumable(run, &ended);
        kills++;
    }
    check_output(run);
    return kills;
}

static void no_crash_marks_twice_or_loses_a_file(void **state) {
    (void)state;
    static const struct run runs[] = {{30, true, NULL}, {30, true, ".old"}, {30, false, NULL}};
    uint32_t seed = 7;
    int kills = 0;
    for (int i = 0; i < 3 * ROUNDS; i++) kills += interrupt_and_resume(&runs[i % 3], &seed);
    assert_true(kills > ROUNDS);
}

/* A small run, killed once before each single system call: the stop behind the last one is alike.
 */
static void there_is_no_place_where_a_crash_does_harm(void **state) {
    (void)state;
    static const struct run runs[] = {{4, true, NULL}, {2, true, ".old"}, {2, false, NULL}};
    for (int i = 0; i < 3; i++) {
        bool complete = false, ended;
        for (uint32_t stops = 1; !complete; stops += 2) {
            assert_int_equal(system("rm -rf in out"), 0);
            make_input(&runs[i]);
            complete = run_and_kill(&runs[i], false, stops);
            bool resume = is_resumable(&runs[i], &ended);
            if (!complete && !ended) assert_true(run_and_kill(&runs[i], resume, TO_THE_END));
            check_output(&runs[i]);
        }
    }
}

/* Append a line, if that is possible without waiting. */
static bool write_late(const char *path) {
    int file = open(path, O_WRONLY | O_APPEND | O_NONBLOCK);
    assert_true(file >= 0 || errno == EWOULDBLOCK);
    if (file < 0) return false;
    assert_int_equal(write(file, "late\n", 5), 5);
    assert_int_equal(close(file), 0);
    return true;
}

static void what_a_writer_adds_at_any_time_is_kept(void **state) {
    (void)state;
    static const struct run run = {1, true, NULL};
    int status = 0, refused = 0;
    bool ended = false;
    for (int stops = 0; !ended; stops++) {
        char text[200];
        assert_int_equal(system("rm -rf in"), 0);
        make_input(&run);
        pid_t child = start(&run, false);
        for (int i = 0; i < stops && !ended; i++) ended = !step(child, &status);
        bool written = write_late("in/0/f0");
        while (!ended && step(child, &status)) continue;
        if (!written) assert_true(write_late("in/0/f0"));
        get("in/0/f0", text);
        refused += status != 0;
        if (status == 0 || strncmp(text, "mark", 4) == 0)
            assert_true(strcmp(text, "mark line 0\nlate\n") == 0);
        else
            assert_string_equal(text, "line 0\nlate\n");
    }
    if (has_leases()) assert_true(refused > 1);
}

/* A writer that found the file before it was renamed, and comes to open it after that. */
static void who_comes_as_names_change_finds_the_file(void **state) {
    (void)state;
    if (!has_leases()) skip();
    static const struct run run = {1, true, NULL};
    int status;
    char found[40];
    struct stat before, now;
    make_input(&run);
    assert_int_equal(stat("in/0/f0", &before), 0);
    snprintf(found, sizeof found, "/proc/self/fd/%d", open("in/0/f0", O_PATH));
    pid_t child = start(&run, false);
    do {
        assert_true(step(child, &status));
        assert_int_equal(stat("in/0/f0", &now), 0);
    } while (now.st_ino == before.st_ino);
    assert_false(write_late(found));
    while (step(child, &status)) continue;
    assert_int_not_equal(status, 0);
    assert_true(write_late(found));
    assert_holds("in/0/f0", "line 0\nlate\n");
    assert_int_equal(traces("in"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(no_crash_marks_twice_or_loses_a_file),
        IN_DIRECTORY(what_a_writer_adds_at_any_time_is_kept),
        IN_DIRECTORY(who_comes_as_names_change_finds_the_file),
        IN_DIRECTORY(there_is_no_place_where_a_crash_does_harm),
    };
    return RUN(tests);
}
