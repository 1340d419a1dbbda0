#include "directory.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "log.h"

/* 2026-11-28 14:25:57 in UTC */
enum { BEGIN = 1795875957 };

static time_t clock_of_test;

static time_t tell_time(void) {
    return clock_of_test;
}

static struct log begin(const char *path, const char *socket) {
    struct log log;
    setenv("TZ", "UTC", 1);
    clock_of_test = BEGIN;
    log_open(&log, path, socket);
    log.now = tell_time;
    return log;
}

static void write_many(struct log *log, size_t count) {
    for (size_t i = 0; i < count; i++) log_write(log, "x");
}

/* A syslog: a socket at that path. */
static int listen_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int inlet = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    memcpy(address.sun_path, path, strlen(path));
    unlink(path);
    assert_int_equal(bind(inlet, (const struct sockaddr *)&address, sizeof address), 0);
    return inlet;
}

/* The next datagram; "(none)" where there is none. */
static const char *receive(int inlet, char *text) {
    ssize_t size = recv(inlet, text, 199, 0);
    if (size < 0) return "(none)";
    text[size] = '\0';
    return text;
}

#define assert_receives(inlet, text) assert_string_equal(receive(inlet, (char[200]){0}), text)

static size_t drain(int inlet) {
    char text[200];
    size_t count = 0;
    while (strcmp(receive(inlet, text), "(none)") != 0) count++;
    return count;
}

/* A line as it has to be in the file or in a datagram. */
static const char *line_of(char *text, const char *message) {
    snprintf(text, 200, "2026-11-28T14:25:57Z errgloss[%d]: %s\n", (int)getpid(), message);
    return text;
}

static const char *datagram_of(char *text, const char *time, const char *message) {
    snprintf(text, 200, "<28>%s errgloss[%d]: %s", time, (int)getpid(), message);
    return text;
}

#define LINE(message) line_of((char[200]){0}, message)
#define DATAGRAM(message) datagram_of((char[200]){0}, "Nov 28 14:25:57", message)
#define DATAGRAM_AT(time, message) datagram_of((char[200]){0}, time, message)

static void lines_are_appended_with_time_and_process(void **state) {
    (void)state;
    struct stat about;
    char two[400];
    struct log log = begin("log", NULL);
    log_write(&log, "begins");
    assert_int_equal(stat("log", &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
    assert_holds("log", LINE("begins"));
    log_close(&log);
    log = begin("log", NULL);
    log_write(&log, "ends");
    snprintf(two, sizeof two, "%s%s", LINE("begins"), LINE("ends"));
    assert_holds("log", two);
    log_close(&log);
}

static void what_could_steer_a_terminal_is_tamed(void **state) {
    (void)state;
    int inlet = listen_at("socket");
    struct log log = begin("log", "socket");
    log_write(&log, "a\nb\x1b[31m\tc\x7f \xc2\x9b\x32J gr\xc3\xbc\xc3\x9f");
    assert_holds("log", LINE("a?b?[31m?c? ??2J gr\xc3\xbc\xc3\x9f"));
    assert_receives(inlet, DATAGRAM("a?b?[31m?c? ??2J gr\xc3\xbc\xc3\x9f"));
    log_close(&log);
    close(inlet);
}

static void a_long_message_is_cut_and_its_line_ended(void **state) {
    (void)state;
    char message[10000], text[10000];
    struct log log = begin("log", NULL);
    memset(message, 'm', sizeof message - 1);
    message[sizeof message - 1] = '\0';
    log_write(&log, message);
    log_write(&log, "short");
    log_close(&log);
    FILE *file = fopen("log", "r");
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = '\0';
    const char *end = strchr(text, '\n');
    assert_non_null(end);
    assert_string_equal(end + 1, LINE("short"));
}

static void without_file_and_socket_nothing_is_written(void **state) {
    (void)state;
    struct log log = begin(NULL, NULL);
    write_many(&log, 100);
    log_reopen(&log);
    assert_int_equal(log.file, -1);
    assert_int_equal(log.syslog, -1);
    log_close(&log);
}

static void a_file_that_cannot_be_opened_is_taken_when_it_can(void **state) {
    (void)state;
    struct log log = begin("folder/log", NULL);
    log_write(&log, "lost");
    mkdir("folder", 0777);
    log_write(&log, "kept");
    assert_holds("folder/log", LINE("kept"));
    log_close(&log);
}

static void a_file_is_opened_anew_after_it_was_renamed(void **state) {
    (void)state;
    struct log log = begin("log", NULL);
    log_write(&log, "before");
    assert_int_equal(rename("log", "log.1"), 0);
    log_reopen(&log);
    log_write(&log, "behind");
    assert_holds("log.1", LINE("before"));
    assert_holds("log", LINE("behind"));
    log_close(&log);
}

static void where_it_cannot_be_opened_anew_the_old_one_is_used(void **state) {
    (void)state;
    struct log log = begin("log", NULL);
    assert_int_equal(rename("log", "log.1"), 0);
    mkdir("log", 0777);
    log_reopen(&log);
    log_write(&log, "told");
    assert_holds("log.1", LINE("told"));
    log_close(&log);
}

static void what_cannot_be_written_ends_and_stops_nothing(void **state) {
    (void)state;
    static const char *const paths[] = {"/dev/full", ".", "fifo"};
    mkfifo("fifo", 0666);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct log log = begin(paths[i], "nobody");
        write_many(&log, 3);
        log_reopen(&log);
        write_many(&log, 3);
        log_close(&log);
    }
    int reader = open("fifo", O_RDONLY | O_NONBLOCK);
    struct log log = begin("fifo", NULL);
    write_many(&log, 1);
    close(reader);
    signal(SIGPIPE, SIG_DFL);
    write_many(&log, 2);
    assert_true(signal(SIGPIPE, SIG_DFL) == SIG_DFL);
    log_close(&log);
}

static void a_limit_of_files_ends_nothing(void **state) {
    (void)state;
    struct rlimit usual, narrow;
    struct log log = begin("log", NULL);
    getrlimit(RLIMIT_FSIZE, &usual);
    narrow = usual;
    narrow.rlim_cur = 100;
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &narrow), 0);
    write_many(&log, 10);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_true(signal(SIGXFSZ, SIG_DFL) == SIG_DFL);
    log_close(&log);
}

static void a_syslog_gets_datagrams(void **state) {
    (void)state;
    int inlet = listen_at("socket");
    struct log log = begin(NULL, "socket");
    log_write(&log, "begins");
    assert_receives(inlet, DATAGRAM("begins"));
    clock_of_test += (time_t)3 * 86400;
    log_write(&log, "ends");
    assert_receives(inlet, DATAGRAM_AT("Dec  1 14:25:57", "ends"));
    assert_receives(inlet, "(none)");
    log_close(&log);
    close(inlet);
}

static void a_syslog_is_told_no_more_than_it_bears(void **state) {
    (void)state;
    int inlet = listen_at("socket");
    struct log log = begin(NULL, "socket");
    write_many(&log, 25);
    assert_int_equal(drain(inlet), LOG_BURST);
    clock_of_test += LOG_SECONDS - 1;
    write_many(&log, 1);
    assert_int_equal(drain(inlet), 0);
    clock_of_test += 1;
    write_many(&log, 2);
    assert_receives(inlet, DATAGRAM_AT("Nov 28 14:26:07", "messages held back: 16"));
    assert_receives(inlet, DATAGRAM_AT("Nov 28 14:26:07", "x"));
    assert_receives(inlet, "(none)");
    clock_of_test += 3600;
    write_many(&log, 25);
    assert_int_equal(drain(inlet), LOG_BURST + 1);
    log_close(&log);
    close(inlet);
}

static void a_clock_that_is_set_back_silences_nothing(void **state) {
    (void)state;
    int inlet = listen_at("socket");
    struct log log = begin(NULL, "socket");
    write_many(&log, 25);
    drain(inlet);
    clock_of_test -= 86400;
    write_many(&log, 1);
    clock_of_test += LOG_SECONDS;
    write_many(&log, 1);
    assert_int_equal(drain(inlet), 2);
    log_close(&log);
    close(inlet);
}

static void a_syslog_that_began_anew_is_told_the_next_message(void **state) {
    (void)state;
    int inlet = listen_at("socket");
    struct log log = begin(NULL, "socket");
    log_write(&log, "one");
    close(inlet);
    log_write(&log, "lost");
    inlet = listen_at("socket");
    log_write(&log, "two");
    assert_receives(inlet, DATAGRAM("messages held back: 1"));
    assert_receives(inlet, DATAGRAM("two"));
    close(inlet);
    inlet = listen_at("socket");
    log_write(&log, "three");
    assert_receives(inlet, DATAGRAM("three"));
    log_close(&log);
    close(inlet);
}

static void a_syslog_that_does_not_read_is_not_waited_for(void **state) {
    (void)state;
    char held[100];
    int inlet = listen_at("socket");
    struct log log = begin(NULL, "socket");
    for (size_t i = 0; i < 5000; i++) {
        clock_of_test += LOG_SECONDS;
        write_many(&log, 1);
    }
    size_t got = drain(inlet);
    assert_true(got < 5000);
    snprintf(held, sizeof held, "messages held back: %zu", 5000 - got);
    clock_of_test = BEGIN + 5001 * LOG_SECONDS;
    write_many(&log, 1);
    assert_receives(inlet, DATAGRAM_AT("Nov 29 04:19:27", held));
    log_close(&log);
    close(inlet);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(lines_are_appended_with_time_and_process),
        IN_DIRECTORY(what_could_steer_a_terminal_is_tamed),
        IN_DIRECTORY(a_long_message_is_cut_and_its_line_ended),
        IN_DIRECTORY(without_file_and_socket_nothing_is_written),
        IN_DIRECTORY(a_file_that_cannot_be_opened_is_taken_when_it_can),
        IN_DIRECTORY(a_file_is_opened_anew_after_it_was_renamed),
        IN_DIRECTORY(where_it_cannot_be_opened_anew_the_old_one_is_used),
        IN_DIRECTORY(what_cannot_be_written_ends_and_stops_nothing),
        IN_DIRECTORY(a_limit_of_files_ends_nothing),
        IN_DIRECTORY(a_syslog_gets_datagrams),
        IN_DIRECTORY(a_syslog_is_told_no_more_than_it_bears),
        IN_DIRECTORY(a_clock_that_is_set_back_silences_nothing),
        IN_DIRECTORY(a_syslog_that_began_anew_is_told_the_next_message),
        IN_DIRECTORY(a_syslog_that_does_not_read_is_not_waited_for),
    };
    return RUN(tests);
}
