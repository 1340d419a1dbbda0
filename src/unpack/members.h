#ifndef MEMBERS_H
#define MEMBERS_H

#include "account.h"
#include "supply.h"

/* The regular files of a tar, zip or 7z archive, one after the other. */
struct members;

/* Read an archive of this format from a file at any place, or from a supply where `file` is NULL; a
 * 7z needs a file. NULL when there is no memory. */
struct members *members_new(enum unpack_format format, const struct source *file,
                            struct supply supply, struct account *account);

void members_free(struct members *members);

/* as unpack_next, but for what is in a member */
enum unpack_state members_next(struct members *members, const char **ret_name);

/* What an archive tells of a member: permissions and time of change; 0 where it does not. */
struct member_about {
    unsigned mode;
    int64_t changed;
};

struct member_about members_about(const struct members *members);

/* the current member's bytes; behaves as unpack_read */
struct supply members_supply(struct members *members);

#endif
