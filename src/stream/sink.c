#include "sink.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

static bool may_go_on(int descriptor) {
    struct pollfd poll_one = {.fd = descriptor, .events = POLLOUT};
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
        poll(&poll_one, 1, -1);
        return true;
    }
    return errno == EINTR;
}

size_t sink_write_most(int descriptor, const char *bytes, size_t size) {
    size_t written = 0;
    while (written < size) {
        ssize_t put = write(descriptor, bytes + written, size - written);
        if (put < 0 && !may_go_on(descriptor)) break;
        if (put > 0) written += (size_t)put;
    }
    return written;
}

bool sink_write(int descriptor, const char *bytes, size_t size) {
    return sink_write_most(descriptor, bytes, size) == size;
}
