#ifndef GUARD_H
#define GUARD_H

#include <stdbool.h>
#include <sys/stat.h>

/* A guard tells whether others write to an opened file, by a read lease (fcntl(2), F_SETLEASE)
 * where the file system and the owner allow one. */
struct guard {
    int descriptor;
    struct stat was;
    bool leased;
};

/* begin to guard; false when somebody has the file open for writing */
bool guard_begin(struct guard *guard, int descriptor, const struct stat *was);

/* say whether somebody came to write; he waits for the descriptor to be closed */
bool guard_broken(const struct guard *guard);

/* say whether the path still leads to the file, and that has not been written to */
bool guard_unchanged(const struct guard *guard, int directory, const char *name);

#endif
