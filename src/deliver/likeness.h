#ifndef LIKENESS_H
#define LIKENESS_H

#include <stdbool.h>
#include <sys/stat.h>

/* Give an opened file what another one has: owner and group, user.* attributes and ACL as far as
 * that is allowed, permissions and times. Permissions to run as an owner that it could not be given
 * are left out. False and errno when permissions or times cannot be set. */
bool make_alike(int descriptor, int source, const struct stat *was);

#endif
