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

bool sink_write(int descriptor, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t put = write(descriptor, bytes, size);
        if (put < 0) {
            if (!may_go_on(descriptor)) return false;
            continue;
        }
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}
