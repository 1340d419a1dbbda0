#include "below.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_DIRECTORY = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

/* Take the name of a file or directory, which leads nowhere else. */
static bool take_name(struct view name, char *ret_name, const char **ret_message) {
    if (!name.at || name.size == 0 || view_equal(name, VIEW(".")) || view_equal(name, VIEW(".."))) {
        *ret_message = "is no path of a file below the output directory";
        return false;
    }
    if (name.size > NAME_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(ret_name, name.at, name.size);
    ret_name[name.size] = '\0';
    return true;
}

/* Go one directory down; `at` is closed. */
static int go_down(int at, const char *name, const char **ret_message) {
    int flags = OPEN_DIRECTORY | O_NOFOLLOW;
    int next = openat(at, name, flags);
    if (next < 0 && errno == ENOENT && (mkdirat(at, name, 0777) == 0 || errno == EEXIST)) {
        fsync(at);
        next = openat(at, name, flags);
    }
    int why = errno;
    if (next < 0 && (why == ELOOP || why == ENOTDIR))
        *ret_message = "something that is no directory, or a link, stands in the way to it";
    close(at);
    errno = why;
    return next;
}

int open_below(int directory, const char *below, char *ret_name, const char **ret_message) {
    struct view path = view_string(below);
    size_t from = 0, to;
    int at = fcntl(directory, F_DUPFD_CLOEXEC, 0);
    while (at >= 0) {
        to = view_find(path, from, '/');
        if (!take_name(view_part(path, from, to), ret_name, ret_message)) break;
        if (to == path.size) return at;
        at = go_down(at, ret_name, ret_message);
        from = to + 1;
    }
    int why = errno;
    if (at >= 0) close(at);
    errno = why;
    return -1;
}

int open_parent(const char *path, char *ret_directory, char *ret_name, const char **ret_message) {
    struct view whole = view_string(path), name = view_basename(whole);
    size_t size = whole.size - name.size;
    if (size >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(ret_directory, size ? path : ".", size ? size : 1);
    ret_directory[size ? size : 1] = '\0';
    if (take_name(name, ret_name, ret_message)) return open(ret_directory, OPEN_DIRECTORY);
    if (*ret_message) *ret_message = "is not a regular file";
    return -1;
}
