#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tame.h"

enum { LINE_MOST = 2048 };

/* daemon.warning */
enum { PRIORITY = 3 * 8 + 4 };

static time_t clock_now(void) {
    return time(NULL);
}

void log_open(struct log *log, const char *path, const char *socket) {
    *log = (struct log){.path = path, .socket = socket, .file = -1, .syslog = -1, .now = clock_now};
    log_reopen(log);
}

static void close_one(int *descriptor) {
    if (*descriptor >= 0) close(*descriptor);
    *descriptor = -1;
}

void log_close(struct log *log) {
    close_one(&log->file);
    close_one(&log->syslog);
}

/* A FIFO that nobody reads must not keep anybody waiting. */
int log_file(const char *path) {
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    return open(path, flags, 0640);
}

void log_reopen(struct log *log) {
    int file = log->path ? log_file(log->path) : -1;
    if (file < 0) return;
    close_one(&log->file);
    log->file = file;
}

/* Say whether the file has another name by now, or none: rsyslog passes no SIGHUP on that would
 * tell.
 */
static bool is_renamed(const struct log *log) {
    struct stat there, ours;
    if (fstat(log->file, &ours) != 0 || !S_ISREG(ours.st_mode)) return false;
    return stat(log->path, &there) != 0 || there.st_dev != ours.st_dev ||
           there.st_ino != ours.st_ino;
}

/* A FIFO whose reader went, or a limit of sizes, would end the program by a signal. */
static void write_unharmed(int file, const char *bytes, size_t size) {
    struct sigaction ignore = {.sa_handler = SIG_IGN}, pipe, limit;
    sigaction(SIGPIPE, &ignore, &pipe);
    sigaction(SIGXFSZ, &ignore, &limit);
    (void)!write(file, bytes, size);
    sigaction(SIGPIPE, &pipe, NULL);
    sigaction(SIGXFSZ, &limit, NULL);
}

static void write_file(const struct log *log, const struct tm *now, const char *message) {
    char line[LINE_MOST], time[32];
    strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%SZ", now);
    int size = snprintf(line, sizeof line - 1, "%s errgloss[%d]: %s", time, (int)getpid(), message);
    if (size >= (int)sizeof line - 1) size = (int)sizeof line - 2;
    tame(line);
    line[size] = '\n';
    write_unharmed(log->file, line, (size_t)size + 1);
}

static bool connect_syslog(struct log *log) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (log->syslog >= 0) return true;
    if (strlen(log->socket) >= sizeof address.sun_path) return false;
    memcpy(address.sun_path, log->socket, strlen(log->socket));
    log->syslog = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (log->syslog < 0) return false;
    if (connect(log->syslog, (const struct sockaddr *)&address, sizeof address) == 0) return true;
    close_one(&log->syslog);
    return false;
}

/* A connection that broke is made anew, once. */
static bool send_syslog(struct log *log, const char *text) {
    for (int tries = 0; tries < 2 && connect_syslog(log); tries++) {
        if (send(log->syslog, text, strlen(text), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) return true;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return false;
        close_one(&log->syslog);
    }
    return false;
}

static bool write_syslog(struct log *log, const struct tm *now, const char *message) {
    char text[LINE_MOST], time[32];
    strftime(time, sizeof time, "%b %e %H:%M:%S", now);
    snprintf(text, sizeof text, "<%d>%s errgloss[%d]: %s", PRIORITY, time, (int)getpid(), message);
    tame(text);
    return send_syslog(log, text);
}

/* Say whether the syslog may be told something more by now. */
static bool is_patient(struct log *log, time_t now) {
    if (now < log->since) log->since = now; /* the clock was set back */
    time_t passed = (now - log->since) / LOG_SECONDS;
    log->spent -= passed < log->spent ? (unsigned)passed : log->spent;
    log->since = log->spent ? log->since + passed * LOG_SECONDS : now;
    bool patient = log->spent < LOG_BURST;
    log->spent += patient;
    log->held += !patient;
    return patient;
}

/* What was held back is told before what is said next. */
static void tell_syslog(struct log *log, time_t now, const char *message) {
    char held[64];
    struct tm local;
    if (!is_patient(log, now) || !localtime_r(&now, &local)) return;
    snprintf(held, sizeof held, "messages held back: %u", log->held);
    if (log->held && write_syslog(log, &local, held)) log->held = 0;
    log->held += !write_syslog(log, &local, message);
}

void log_write(struct log *log, const char *message) {
    time_t now = log->now();
    struct tm utc;
    if (log->file < 0 || is_renamed(log)) log_reopen(log);
    if (log->file >= 0 && gmtime_r(&now, &utc)) write_file(log, &utc, message);
    if (log->socket) tell_syslog(log, now, message);
}
