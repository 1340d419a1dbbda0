#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "widen.h"

void source_from(struct source *source, int descriptor, const volatile sig_atomic_t *stop) {
    struct stat about;
    *source = (struct source){.descriptor = descriptor, .stop = stop};
    source->regular = fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
    off_t from = source->regular ? lseek(descriptor, 0, SEEK_CUR) : 0;
    source->from = from > 0 ? (uint64_t)from : 0;
}

bool source_open(struct source *source, const char *path, const volatile sig_atomic_t *stop) {
    bool standard = strcmp(path, "-") == 0;
    int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return false;
    widen_pipe(descriptor);
    source_from(source, descriptor, stop);
    source->owned = !standard;
    return true;
}

void source_close(struct source *source) {
    if (source->owned && source->descriptor >= 0) close(source->descriptor);
    source->descriptor = -1;
}

static bool is_stopped(const struct source *source) {
    return source->stop && *source->stop;
}

/* The signals that can set `stop` are let in only while ppoll waits: one that came just before it
 * is seen in `stop`, one that comes later ends the wait. */
static bool wait_for_bytes(const struct source *source) {
    struct pollfd poll = {.fd = source->descriptor, .events = POLLIN};
    sigset_t all, usual;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &usual);
    if (!is_stopped(source)) ppoll(&poll, 1, NULL, &usual);
    sigprocmask(SIG_SETMASK, &usual, NULL);
    return !is_stopped(source);
}

enum source_state source_read(const struct source *source, char *bytes, size_t size,
                              size_t *ret_size) {
    for (;;) {
        if (is_stopped(source) || (!source->regular && !wait_for_bytes(source)))
            return SOURCE_STOPPED;
        ssize_t got = read(source->descriptor, bytes, size);
        if (got > 0) {
            *ret_size = (size_t)got;
            return SOURCE_BYTES;
        }
        if (got == 0) return SOURCE_END;
        if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) return SOURCE_FAILED;
    }
}

bool source_left(const struct source *source, uint64_t *ret_left) {
    struct stat about;
    if (!source->regular || fstat(source->descriptor, &about) != 0) return false;
    uint64_t size = (uint64_t)about.st_size;
    *ret_left = size > source->from ? size - source->from : 0;
    return true;
}

enum source_state source_read_at(const struct source *source, uint64_t at, char *bytes, size_t size,
                                 size_t *ret_size) {
    ssize_t got;
    do got = pread(source->descriptor, bytes, size, (off_t)(source->from + at));
    while (got < 0 && errno == EINTR);
    *ret_size = got > 0 ? (size_t)got : 0;
    return got > 0 ? SOURCE_BYTES : got == 0 ? SOURCE_END : SOURCE_FAILED;
}

bool source_is_silent(const struct source *source, int milliseconds) {
    struct pollfd poll_one = {.fd = source->descriptor, .events = POLLIN};
    int came;
    if (source->regular) return false;
    do came = poll(&poll_one, 1, milliseconds);
    while (came < 0 && errno == EINTR);
    return came == 0;
}

bool source_would_wait(const struct source *source) {
    return source_is_silent(source, 0);
}
