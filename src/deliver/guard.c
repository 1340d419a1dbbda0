#include "guard.h"

#include <errno.h>
#include <fcntl.h>

bool guard_begin(struct guard *guard, int descriptor, const struct stat *was) {
    *guard = (struct guard){.descriptor = descriptor, .was = *was};
    guard->leased = fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0;
    return guard->leased || errno != EAGAIN;
}

bool guard_broken(const struct guard *guard) {
    return guard->leased && fcntl(guard->descriptor, F_GETLEASE) != F_RDLCK;
}

static bool same_time(struct timespec a, struct timespec b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool guard_unchanged(const struct guard *guard, int directory, const char *name) {
    const struct stat *was = &guard->was;
    struct stat now;
    return fstatat(directory, name, &now, AT_SYMLINK_NOFOLLOW) == 0 && now.st_dev == was->st_dev &&
           now.st_ino == was->st_ino && now.st_size == was->st_size &&
           same_time(now.st_mtim, was->st_mtim) && same_time(now.st_ctim, was->st_ctim);
}
