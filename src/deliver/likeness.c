#include "likeness.h"

#include <limits.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "buffer.h"

#define ACL "system.posix_acl_access"

static void copy_attribute(int descriptor, int source, const char *name, struct buffer *value) {
    ssize_t size = fgetxattr(source, name, value->at, value->capacity);
    if (size >= 0) fsetxattr(descriptor, name, value->at, (size_t)size, 0);
}

/* The ACL goes last: the permissions are part of it. */
static void copy_attributes(int descriptor, int source) {
    struct buffer names = {0}, value = {0};
    if (buffer_reserve(&names, XATTR_LIST_MAX) && buffer_reserve(&value, XATTR_SIZE_MAX)) {
        ssize_t size = flistxattr(source, names.at, names.capacity);
        for (ssize_t i = 0; i < size; i += (ssize_t)strlen(names.at + i) + 1)
            if (view_starts(view_string(names.at + i), VIEW("user.")))
                copy_attribute(descriptor, source, names.at + i, &value);
        copy_attribute(descriptor, source, ACL, &value);
    }
    buffer_free(&names);
    buffer_free(&value);
}

bool make_alike(int descriptor, int source, const struct stat *was) {
    struct timespec times[2] = {was->st_atim, was->st_mtim};
    mode_t mode = was->st_mode & 07777;
    bool owned = fchown(descriptor, was->st_uid, was->st_gid) == 0;
    if (!owned && fchown(descriptor, (uid_t)-1, was->st_gid) != 0) mode &= 01777;
    if (!owned) mode &= 03777;
    /* what the directory gives to its new files is not the source's */
    fremovexattr(descriptor, ACL);
    if (fchmod(descriptor, mode) != 0) return false;
    copy_attributes(descriptor, source);
    return futimens(descriptor, times) == 0;
}
