#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "deliver.h"
#include "journal.h"

/* Open what is there, or make it. */
static int open_journal(int directory, bool *ret_made) {
    int flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    for (;;) {
        int descriptor = openat(directory, JOURNAL_NAME, flags | O_CREAT | O_EXCL, 0600);
        *ret_made = descriptor >= 0;
        if (*ret_made || errno != EEXIST) return descriptor;
        descriptor = openat(directory, JOURNAL_NAME, flags);
        /* another run may just have removed it */
        if (descriptor >= 0 || errno != ENOENT) return descriptor;
    }
}

/* Say why the opened journal is not to be used; NULL: it may be, or errno is not 0. */
static const char *why_not(int descriptor, bool usable, const struct stat *about) {
    errno = 0;
    if (!S_ISREG(about->st_mode) || about->st_uid != geteuid())
        return JOURNAL_NAME " is there, and is not a file of this user";
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? "another run is at work there" : NULL;
    return usable ? NULL
                  : "an interrupted run has left " JOURNAL_NAME ": use --resume, or remove it";
}

int lock_journal(int directory, bool resume, const char **ret_message) {
    for (;;) {
        bool made;
        struct stat about;
        int descriptor = open_journal(directory, &made);
        if (descriptor < 0) return -1;
        if (fstat(descriptor, &about) != 0) about.st_mode = 0;
        *ret_message = why_not(descriptor, made || resume, &about);
        int why = errno;
        bool fine = !*ret_message && why == 0;
        bool linked = fstat(descriptor, &about) == 0 && about.st_nlink > 0;
        if (fine && linked) return descriptor;
        close(descriptor);
        errno = why;
        /* the run that had it may have ended and removed it before the lock was taken */
        if (linked) return -1;
    }
}
