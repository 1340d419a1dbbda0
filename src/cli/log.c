#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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
void log_reopen(struct log *log) {
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    close_one(&log->file);
    if (log->path) log->file = open(log->path, flags, 0640);
}

/* What could steer a terminal, or begin a line, is not written. */
static void tame(char *text) {
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f) *text = '?';
}

static void write_file(const struct log *log, const struct tm *now, const char *message) {
    char line[LINE_MOST], time[32];
    strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%SZ", now);
    int size = snprintf(line, sizeof line - 1, "%s errgloss[%d]: %s", time, (int)getpid(), message);
    if (size >= (int)sizeof line - 1) size = (int)sizeof line - 2;
    tame(line);
    line[size] = '\n';
    (void)!write(log->file, line, (size_t)size + 1);
}

static bool connect_syslog(struct log *log) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (log->syslog >= 0) return true;
    if (strlen(log->socket) >= sizeof address.sun_path) return false;
    strcpy(address.sun_path, log->socket);
    log->syslog = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (log->syslog < 0) return false;
    if (connect(log->syslog, (const struct sockaddr *)&address, sizeof address) == 0) return true;
    close_one(&log->syslog);
    return false;
}

/* A connection that broke is made anew with the next message. */
static void write_syslog(struct log *log, const struct tm *now, const char *message) {
    char text[LINE_MOST], time[32];
    strftime(time, sizeof time, "%b %e %H:%M:%S", now);
    snprintf(text, sizeof text, "<%d>%s errgloss[%d]: %s", PRIORITY, time, (int)getpid(), message);
    tame(text);
    if (!connect_syslog(log)) return;
    if (send(log->syslog, text, strlen(text), MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN &&
        errno != EWOULDBLOCK)
        close_one(&log->syslog);
}

/* Say whether the syslog may be told something more by now. */
static bool is_patient(struct log *log, time_t now) {
    time_t passed = now > log->since ? (now - log->since) / LOG_SECONDS : 0;
    log->spent -= passed < log->spent ? (unsigned)passed : log->spent;
    log->since = log->spent ? log->since + passed * LOG_SECONDS : now;
    bool patient = log->spent < LOG_BURST;
    log->spent += patient;
    log->held += !patient;
    return patient;
}

static void tell_syslog(struct log *log, time_t now, const char *message) {
    char held[64];
    struct tm local;
    if (!is_patient(log, now)) return;
    localtime_r(&now, &local);
    if (log->held) {
        snprintf(held, sizeof held, "%u messages were held back", log->held);
        write_syslog(log, &local, held);
        log->held = 0;
    }
    write_syslog(log, &local, message);
}

void log_write(struct log *log, const char *message) {
    time_t now = log->now();
    struct tm utc;
    if (log->file >= 0 && gmtime_r(&now, &utc)) write_file(log, &utc, message);
    if (log->socket) tell_syslog(log, now, message);
}
