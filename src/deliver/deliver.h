#ifndef DELIVER_H
#define DELIVER_H

#include <limits.h>
#include <sys/stat.h>

#include "buffer.h"
#include "guard.h"

/* Giving content to files so that no crash leaves a half file and nobody's file is lost: it is
 * written to `.NAME.TAG.errgloss` beside the target, synced, given what the source has
 * (permissions, owner where allowed, times, user.* attributes, ACL), noted in a journal, and
 * renamed. Whatever fails before that leaves the target as it was and nothing beside it.
 *
 * One thread at a time. The caller ignores SIGIO (`signal(SIGIO, SIG_IGN)`), by which the kernel
 * tells that somebody wants to write to a file that is rewritten in place, and holds no descriptor
 * of such a file open for writing. */

/* What begins. */
enum delivery_state {
    DELIVERY_READY,
    DELIVERY_DONE,   /* an interrupted run has delivered it: pass it over */
    DELIVERY_REFUSED /* `message` says why, or errno where that is NULL */
};

/* One file under way; begun by one of three functions, over after delivery_commit or
 * delivery_abort, or when anything but DELIVERY_READY or true came back. */
struct delivery {
    int source; /* the opened source, to read the content from; -1: there is none */
    const char
        *message; /* why the last call failed, to be read behind the path; NULL: errno says it */
    /* for the room itself */
    struct journals *journals;
    struct journal *journal;
    struct buffer key;
    int directory; /* of the target */
    int temporary;
    bool in_place;
    char name[NAME_MAX + 1];
    char backup[NAME_MAX + 1]; /* empty: none */
    char beside[NAME_MAX + 1]; /* the temporary name; empty: nothing is there */
    struct stat was;           /* the source when it was opened */
    mode_t mode;               /* for the file in place of the source's; 0: the source's */
    time_t changed;            /* with `mode`; 0: now */
    struct guard guard;
};

/* Rewrite a file. Refused: what is a link or no regular file, has further hard links, is open for
 * writing anywhere, or has changed since an interrupted run rewrote it; while it is under way, a
 * program that opens it for writing waits and the delivery fails (without leases: size, times and
 * inode tell at the end that it was written to). A suffix keeps the original as NAME and SUFFIX, in
 * place of what had that name; NULL: none is kept. */
enum delivery_state delivery_in_place(struct delivery *delivery, struct journals *journals,
                                      const char *path, const char *suffix);

/* Write the file `below` in the output directory, in directories made as needed. Never leaves it:
 * `..`, an absolute path and links on the way are refused; so is a target that is the source, no
 * regular file, or already given content by this run. Source NULL: standard input. */
enum delivery_state delivery_below(struct delivery *delivery, struct journals *journals,
                                   const char *output, const char *below, const char *source);

/* Write any one file, without a journal; source NULL: one that is there keeps its permissions, a
 * new one gets the usual ones. */
enum delivery_state delivery_to(struct delivery *delivery, const char *path, const char *source);

/* Give the file these permissions, but that others may write, and this time of change (0: now) in
 * place of what the source has: it is one of several that the source holds. */
void delivery_own(struct delivery *delivery, mode_t mode, time_t changed);

/* say whether somebody waits to write to the file that is rewritten in place */
bool delivery_disturbed(const struct delivery *delivery);

/* append to the content; false when that fails or the delivery is disturbed: it is aborted */
bool delivery_write(struct delivery *delivery, const char *bytes, size_t size);

/* put the content in place; false when that fails: it is aborted, the target is as it was */
bool delivery_commit(struct delivery *delivery);

/* give it up and leave the target as it was; what failed keeps its message and errno */
void delivery_abort(struct delivery *delivery);

/* Give a file this content, all or nothing, as delivery_to. False and a message, or errno where
 * that is NULL. */
bool deliver_whole(const char *path, struct view bytes, const char **ret_message);

/* The journals of a run, `.errgloss-journal` in the output directory or in that of each file
 * rewritten in place: they say what is done, so that a run can be resumed, and keep other runs
 * away. Each holds a descriptor. Paths are kept: the current directory has to stay. NULL: no
 * memory. */
struct journals *journals_new(bool resume);

/* Meet the journal of a directory before the first delivery there: whoever does so for every
 * directory of a run in advance learns of other runs and interrupted ones before any file is
 * changed. With `deep`, for an output directory, its temporary files may be in directories below.
 * Without, the first directory that a resumed run meets has to have a journal. NULL and a message,
 * or errno where that is NULL. */
struct journal *journals_at(struct journals *journals, const char *directory, bool deep,
                            const char **ret_message);

/* Say that the run is complete, and remove its journals, the first one last; false and errno when
 * that fails. Killed on the way, a run that meets the same directory first can be resumed still. */
bool journals_end(struct journals *journals);

/* free them; journals that were not ended stay for a resumed run */
void journals_free(struct journals *journals);

#endif
