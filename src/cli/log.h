#ifndef LOG_H
#define LOG_H

#include <stdbool.h>
#include <time.h>

/* What a stage has to say of itself: lines appended to a file, and datagrams to a syslog (RFC
 * 3164). Nothing of it ever waits or fails: what cannot be written is not. */
struct log {
    const char *path;   /* NULL: no file */
    const char *socket; /* NULL: no syslog */
    int file, syslog;   /* descriptors; -1 without */
    time_t (*now)(void);
    time_t since;   /* the syslog's patience: when it was last counted, */
    unsigned spent; /* how much of it is spent, */
    unsigned held;  /* how many messages it did not get since it was last told */
};

/* A syslog gets so many messages at once, and then one in so many seconds. */
enum { LOG_BURST = 10, LOG_SECONDS = 10 };

/* Open a file for such lines, made with mode 0640 where it is not there; -1 when that fails. */
int log_file(const char *path);

/* Begin one; both may be NULL. Where the file cannot be opened, each message tries again. */
void log_open(struct log *log, const char *path, const char *socket);

void log_close(struct log *log);

/* Open the file anew: it may have been renamed. Where that fails the one that is open stays. */
void log_reopen(struct log *log);

/* Write a message, where the file was renamed into a new one: what could steer a terminal becomes
 * `?`, what is over 2000 bytes is cut. */
void log_write(struct log *log, const char *message);

#endif
