#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "directory.h"

/* A stage as rsyslog starts one: standard error is standard output, all other descriptors are
 * closed, the environment is empty, SIGINT is ignored. Each write comes as a packet of its own
 * (O_DIRECT of pipe(7)). Nothing is timed: a test that would wait for ever fails when PATIENCE is
 * over. */
enum { PATIENCE = 60000, PACKET = 65536 };

struct stage {
    pid_t pid;
    int in, out; /* what we write to it, and read from it */
    char packet[PACKET + 1];
};

static void exec_as_rsyslog(const char *const *arguments) {
    static char *nothing[] = {NULL};
    const char *argv[12] = {"errgloss", "stage"};
    const char *program = getenv("ERRGLOSS");
    for (size_t i = 0; arguments[i]; i++) argv[i + 2] = arguments[i];
    for (int descriptor = 3; descriptor < 100; descriptor++) close(descriptor);
    signal(SIGINT, SIG_IGN);
    execve(program, (char *const *)argv, nothing);
    _exit(127);
}

static struct stage *start(const char *const *arguments) {
    int in[2], out[2];
    struct stage *stage = malloc(sizeof *stage);
    assert_int_equal(pipe2(in, O_CLOEXEC), 0);
    assert_int_equal(pipe2(out, O_CLOEXEC | O_DIRECT), 0);
    stage->pid = fork();
    if (stage->pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        dup2(out[1], 2);
        exec_as_rsyslog(arguments);
    }
    close(in[0]);
    close(out[1]);
    stage->in = in[1];
    stage->out = out[0];
    return stage;
}

#define START(...) start((const char *const[]){__VA_ARGS__, NULL})

static void say(struct stage *stage, const char *text) {
    assert_int_equal(write(stage->in, text, strlen(text)), strlen(text));
}

/* the next packet; empty at the end */
static const char *hear(struct stage *stage) {
    struct pollfd readable = {.fd = stage->out, .events = POLLIN};
    if (poll(&readable, 1, PATIENCE) != 1) fail_msg("still waiting for an answer");
    ssize_t size = read(stage->out, stage->packet, PACKET);
    assert_true(size >= 0);
    stage->packet[size] = '\0';
    return stage->packet;
}

static const char *ask(struct stage *stage, const char *message) {
    say(stage, message);
    return hear(stage);
}

static int end(struct stage *stage) {
    int status;
    close(stage->in);
    assert_string_equal(hear(stage), "");
    assert_int_equal(waitpid(stage->pid, &status, 0), stage->pid);
    close(stage->out);
    free(stage);
    return status;
}

static bool holds(const char *path, const char *text) {
    static char all[1 << 16];
    FILE *file = fopen(path, "r");
    if (!file) return false;
    all[fread(all, 1, sizeof all - 1, file)] = '\0';
    fclose(file);
    return strstr(all, text);
}

static const char rules[] = "[shop]\nmatch = refused (?<code>\\d{4})\nfamily = shop\n"
                            "sample = refused 4001 => 4001\nsilent = 4001\n";

/* A shop's catalog and rules, and a stage that knows them alone. */
static struct stage *start_shop(void) {
    put("shop.tsv", "4001\tDECLINED\tthe bank said no\n");
    put("shop.rules", rules);
    return START("mmexternal", "--no-builtin", "--catalog=shop.tsv", "--rules=shop.rules",
                 "--log-file=log");
}

#define DECLINED "{\"msg\":\" refused 4001 {DECLINED: the bank said no}\"}\n"

static void each_message_has_one_answer_in_one_write(void **state) {
    (void)state;
    struct stage *stage = START("mmexternal");
    for (int i = 0; i < 100; i++) {
        assert_string_equal(ask(stage, " all is well\n"), "{}\n");
        assert_string_equal(
            ask(stage, " errno 5 is bad\n"),
            "{\"msg\":\" errno 5 {EIO: the device failed to read or write the data, "
            "often a failing disk or a lost link} is bad\"}\n");
    }
    assert_string_equal(ask(stage, "\n"), "{}\n");
    assert_int_equal(end(stage), 0);
}

static void messages_that_come_together_are_answered_one_by_one(void **state) {
    (void)state;
    struct stage *stage = START("mmexternal");
    say(stage, "one\ntwo\nthr");
    assert_string_equal(hear(stage), "{}\n");
    assert_string_equal(hear(stage), "{}\n");
    assert_string_equal(ask(stage, "ee\n"), "{}\n");
    assert_int_equal(end(stage), 0);
}

static void a_last_message_without_its_end_is_answered_but_not_confirmed(void **state) {
    (void)state;
    struct stage *stage = START("mmexternal");
    int status;
    say(stage, "one");
    close(stage->in);
    assert_string_equal(hear(stage), "{}\n");
    assert_string_equal(hear(stage), "");
    assert_int_equal(waitpid(stage->pid, &status, 0), stage->pid);
    assert_int_equal(status, 0);
    close(stage->out);
    free(stage);
    stage = START("omprog", "--output=out");
    assert_string_equal(hear(stage), "OK\n");
    assert_string_equal(ask(stage, "one\n"), "OK\n");
    say(stage, "tw");
    assert_int_equal(end(stage), 0);
    assert_holds("out", "one\n");
}

static void what_is_wrong_is_told_in_the_log_alone(void **state) {
    (void)state;
    struct stage *stage = START("mmexternal", "--catalog=missing.tsv", "--log-file=log");
    assert_string_equal(ask(stage, "one\n"), "{}\n");
    assert_true(holds("log", "missing.tsv: No such file or directory\n"));
    assert_int_equal(end(stage), 0);
    stage = START("mmexternal", "--no-such-option", "--log-file", "log2");
    assert_string_equal(ask(stage, " errno 5\n"), "{}\n");
    assert_string_equal(ask(stage, " errno 5\n"), "{}\n");
    assert_true(holds("log2", "--no-such-option"));
    assert_int_equal(WEXITSTATUS(end(stage)), 2);
    stage = START("mmexternal", "--no-such-option", "--log=log3");
    assert_string_equal(ask(stage, " errno 5\n"), "{}\n");
    assert_true(holds("log3", "--no-such-option"));
    assert_int_equal(WEXITSTATUS(end(stage)), 2);
    stage = START("mmexternal", "--into=structured-data", "--log-file=/no/such/folder/log");
    assert_string_equal(ask(stage, " errno 5\n"), "{}\n");
    assert_int_equal(WEXITSTATUS(end(stage)), 2);
}

static void an_ignored_interrupt_stays_ignored(void **state) {
    (void)state;
    struct stage *stage = START("mmexternal");
    assert_string_equal(ask(stage, "one\n"), "{}\n");
    kill(stage->pid, SIGINT);
    assert_string_equal(ask(stage, "two\n"), "{}\n");
    assert_int_equal(end(stage), 0);
}

static void a_hangup_reads_all_anew_and_keeps_it_where_something_is_wrong(void **state) {
    (void)state;
    struct stage *stage = start_shop();
    assert_string_equal(ask(stage, " refused 4001\n"), DECLINED);
    put("shop.tsv", "4002\tEXPIRED\tthe card is past its date\n");
    kill(stage->pid, SIGHUP);
    assert_string_equal(ask(stage, " refused 4002\n"),
                        "{\"msg\":\" refused 4002 {EXPIRED: the card is past its date}\"}\n");
    put("shop.tsv", "no catalog at all\n");
    kill(stage->pid, SIGHUP);
    assert_string_equal(ask(stage, " refused 4002\n"),
                        "{\"msg\":\" refused 4002 {EXPIRED: the card is past its date}\"}\n");
    assert_true(holds("log", "shop.tsv:1:"));
    assert_int_equal(rename("log", "log.1"), 0);
    put("shop.tsv", "4001\tDECLINED\tthe bank said no\n");
    kill(stage->pid, SIGHUP);
    assert_string_equal(ask(stage, " refused 4001\n"), DECLINED);
    assert_true(holds("log", "anew"));
    assert_int_equal(end(stage), 0);
}

/* Files are looked at once a second at most, when a message comes. */
static void changed_files_are_noticed(void **state) {
    (void)state;
    struct stage *stage = start_shop();
    assert_string_equal(ask(stage, " refused 4001\n"), DECLINED);
    put("new.tsv", "4001\tSTOLEN\tthe card is stolen\n");
    assert_int_equal(rename("new.tsv", "shop.tsv"), 0);
    time_t deadline = time(NULL) + PATIENCE / 1000;
    const char *answer = ask(stage, " refused 4001\n");
    while (strcmp(answer, DECLINED) == 0 && time(NULL) < deadline)
        answer = ask(stage, " refused 4001\n");
    assert_string_equal(answer, "{\"msg\":\" refused 4001 {STOLEN: the card is stolen}\"}\n");
    assert_int_equal(end(stage), 0);
}

/* syslog-ng ends its programs so: they get no end of input. */
static void a_termination_ends_it_when_what_was_sent_is_written(void **state) {
    (void)state;
    struct stage *stage = START("syslog");
    assert_string_equal(ask(stage, "one\n"), "one\n");
    kill(stage->pid, SIGSTOP);
    say(stage, "two\n");
    kill(stage->pid, SIGTERM);
    say(stage, "<13>1 - host app - - - errno 5\nthree");
    kill(stage->pid, SIGCONT);
    assert_string_equal(hear(stage),
                        "two\n<13>1 - host app - - - errno 5 {EIO: the device failed to read or "
                        "write the data, often a failing disk or a lost link}\n");
    assert_string_equal(hear(stage), "three");
    assert_string_equal(hear(stage), ""); /* it does not wait for the end of input */
    assert_int_equal(WTERMSIG(end(stage)), SIGTERM);
}

/* systemd and the daemon may both send the signal. */
static void a_second_termination_changes_nothing(void **state) {
    (void)state;
    enum { LINES = 10000 };
    struct stage *stage = START("syslog");
    size_t came = 0, size;
    assert_string_equal(ask(stage, "one\n"), "one\n");
    kill(stage->pid, SIGSTOP);
    for (int i = 0; i < LINES; i++) say(stage, "two\n");
    kill(stage->pid, SIGTERM);
    kill(stage->pid, SIGCONT);
    while ((size = strlen(hear(stage)))) {
        assert_true(size <= 4096 && stage->packet[size - 1] == '\n');
        came += size;
        kill(stage->pid, SIGTERM);
    }
    assert_int_equal(came, 4 * LINES);
    assert_int_equal(WTERMSIG(end(stage)), SIGTERM);
}

/* somebody who writes for ever, and more at once than a pipe takes whole; to be killed */
static pid_t babble(const struct stage *stage) {
    char lines[13000];
    pid_t pid = fork();
    if (pid) return pid;
    for (size_t i = 0; i < sizeof lines; i++) lines[i] = i % 1000 == 999 ? '\n' : '.';
    while (write(stage->in, lines, sizeof lines) > 0) continue;
    _exit(0);
}

static void a_termination_ends_it_behind_a_line_however_much_is_sent(void **state) {
    (void)state;
    struct stage *stage = START("syslog");
    time_t deadline = time(NULL) + PATIENCE / 1000;
    char last = 0;
    pid_t babbler = babble(stage);
    hear(stage);
    kill(stage->pid, SIGTERM);
    for (size_t size; (size = strlen(hear(stage))); last = stage->packet[size - 1])
        if (time(NULL) > deadline) fail_msg("it still goes on");
    assert_int_equal(last, '\n');
    kill(babbler, SIGKILL);
    assert_int_equal(waitpid(babbler, NULL, 0), babbler);
    assert_int_equal(WTERMSIG(end(stage)), SIGTERM);
}

static void omprog_confirms_what_is_in_the_file(void **state) {
    (void)state;
    struct stage *stage = START("omprog", "--output=out", "--transactions", "", "");
    assert_string_equal(hear(stage), "OK\n");
    assert_string_equal(ask(stage, "BEGIN TRANSACTION\n"), "OK\n");
    assert_string_equal(ask(stage, "errno 5\n"), "DEFER_COMMIT\n");
    assert_true(holds("out", "errno 5 {EIO: "));
    assert_string_equal(ask(stage, "COMMIT TRANSACTION\n"), "OK\n");
    assert_int_equal(rename("out", "out.1"), 0);
    kill(stage->pid, SIGHUP);
    assert_string_equal(ask(stage, "two\n"), "DEFER_COMMIT\n");
    assert_true(holds("out", "two\n"));
    assert_int_equal(end(stage), 0);
}

/* What does not fit is not half there, and what fits is taken again. */
static void omprog_says_where_a_limit_of_sizes_is_reached(void **state) {
    (void)state;
    struct rlimit usual, low;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    low = (struct rlimit){.rlim_cur = 8, .rlim_max = usual.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    struct stage *stage = START("omprog", "--output=out");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_string_equal(hear(stage), "OK\n");
    assert_string_equal(ask(stage, "one\n"), "OK\n");
    assert_string_equal(ask(stage, "two and more\n"), "Error: File too large\n");
    assert_string_equal(ask(stage, "two\n"), "OK\n");
    assert_true(holds("out", "one\ntwo\n"));
    assert_int_equal(end(stage), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(each_message_has_one_answer_in_one_write),
        IN_DIRECTORY(messages_that_come_together_are_answered_one_by_one),
        IN_DIRECTORY(a_last_message_without_its_end_is_answered_but_not_confirmed),
        IN_DIRECTORY(what_is_wrong_is_told_in_the_log_alone),
        IN_DIRECTORY(an_ignored_interrupt_stays_ignored),
        IN_DIRECTORY(a_hangup_reads_all_anew_and_keeps_it_where_something_is_wrong),
        IN_DIRECTORY(changed_files_are_noticed),
        IN_DIRECTORY(a_termination_ends_it_when_what_was_sent_is_written),
        IN_DIRECTORY(a_second_termination_changes_nothing),
        IN_DIRECTORY(a_termination_ends_it_behind_a_line_however_much_is_sent),
        IN_DIRECTORY(omprog_confirms_what_is_in_the_file),
        IN_DIRECTORY(omprog_says_where_a_limit_of_sizes_is_reached),
    };
    return RUN(tests);
}
