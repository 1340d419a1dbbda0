#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sink.h"

/* The permissions of the file that is there, or those that a new one gets. */
static mode_t mode_for(const char *path) {
    struct stat state;
    if (stat(path, &state) == 0) return state.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static bool fill(int descriptor, mode_t mode, const char *bytes, size_t size) {
    bool fine = sink_write(descriptor, bytes, size) && fchmod(descriptor, mode) == 0 &&
                fsync(descriptor) == 0;
    int why = errno;
    if (close(descriptor) != 0 && fine) return false;
    errno = why;
    return fine;
}

bool replace_file(const char *path, const char *bytes, size_t size) {
    char beside[PATH_MAX];
    if ((size_t)snprintf(beside, sizeof beside, "%s.XXXXXX", path) >= sizeof beside) {
        errno = ENAMETOOLONG;
        return false;
    }
    int descriptor = mkostemp(beside, O_CLOEXEC);
    if (descriptor < 0) return false;
    if (fill(descriptor, mode_for(path), bytes, size) && rename(beside, path) == 0) return true;
    int why = errno;
    unlink(beside);
    errno = why;
    return false;
}
