#include "delivery.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "below.h"
#include "journal.h"

/* Open the file that is the source, nothing else. */
static bool open_source(struct delivery *delivery, int directory, const char *path, int flags) {
    delivery->source = openat(directory, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);
    return delivery->source >= 0 && fstat(delivery->source, &delivery->was) == 0;
}

/* What the journals say of the target as it is; DELIVERY_READY: nothing. */
static enum delivery_state recall(struct delivery *delivery, const struct stat *target) {
    struct record *record =
        delivery->journal
            ? journals_find(delivery->journals, buffer_view(&delivery->key), target->st_ino)
            : NULL;
    if (!record) return DELIVERY_READY;
    bool same = version_equal(record->made, version_of(target));
    if (record->fresh) {
        delivery_refuse(delivery, "has been given its content by this run already");
        return DELIVERY_REFUSED;
    }
    if (delivery->in_place && !same) {
        delivery_refuse(delivery, "was rewritten by the interrupted run, and has changed since");
        return DELIVERY_REFUSED;
    }
    if (!same ||
        (!delivery->in_place && !version_equal(record->source, version_of(&delivery->was))))
        return DELIVERY_READY;
    record->fresh = true;
    return DELIVERY_DONE;
}

/* Make the temporary file, which nobody else may read yet. */
static bool make_temporary(struct delivery *delivery) {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    char beside[NAME_MAX + 1];
    if (!delivery_name_beside(delivery, delivery->name, beside)) return false;
    delivery->temporary =
        openat(delivery->directory, beside, flags, delivery->source >= 0 ? 0600 : 0666);
    if (delivery->temporary < 0) return false;
    memcpy(delivery->beside, beside, sizeof beside);
    return true;
}

static enum delivery_state ended(struct delivery *delivery, enum delivery_state state) {
    if (delivery->key.failed) errno = ENOMEM;
    if (state == DELIVERY_READY && !delivery->key.failed && make_temporary(delivery))
        return DELIVERY_READY;
    delivery_abort(delivery);
    return state == DELIVERY_DONE ? DELIVERY_DONE : DELIVERY_REFUSED;
}

static enum delivery_state refused(struct delivery *delivery) {
    delivery_abort(delivery);
    return DELIVERY_REFUSED;
}

static void begin(struct delivery *delivery, struct journals *journals, const char *key) {
    *delivery =
        (struct delivery){.source = -1, .journals = journals, .directory = -1, .temporary = -1};
    buffer_append(&delivery->key, view_string(key));
}

/* Open the directory and the file, if that is one that can be rewritten. */
static bool open_original(struct delivery *delivery, const char *path) {
    char directory[PATH_MAX];
    struct stat about;
    delivery->directory = open_parent(path, directory, delivery->name, &delivery->message);
    if (delivery->directory < 0) return false;
    if (strcmp(delivery->name, JOURNAL_NAME) == 0) return delivery_refuse(delivery, "is a journal");
    if (fstatat(delivery->directory, delivery->name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    if (S_ISLNK(about.st_mode))
        return delivery_refuse(delivery, "is a symbolic link: name the file that it leads to");
    if (!S_ISREG(about.st_mode)) return delivery_refuse(delivery, "is not a regular file");
    delivery->journal = journals_at(delivery->journals, directory, false, &delivery->message);
    return delivery->journal &&
           open_source(delivery, delivery->directory, delivery->name, O_NOFOLLOW | O_NONBLOCK);
}

static bool name_backup(struct delivery *delivery, const char *suffix) {
    if (!suffix || !*suffix) return true;
    if (strchr(suffix, '/'))
        return delivery_refuse(delivery, "cannot be kept: the suffix holds a `/`");
    int size = snprintf(delivery->backup, sizeof delivery->backup, "%s%s", delivery->name, suffix);
    errno = ENAMETOOLONG;
    return size > 0 && (size_t)size < sizeof delivery->backup;
}

static bool may_be_rewritten(struct delivery *delivery) {
    if (!S_ISREG(delivery->was.st_mode)) return delivery_refuse(delivery, "is not a regular file");
    if (delivery->was.st_nlink > 1U + delivery_is_kept(delivery))
        return delivery_refuse(delivery, "has more than one hard link, which rewriting would part");
    if (!guard_begin(&delivery->guard, delivery->source, &delivery->was))
        return delivery_refuse(delivery, "is being written by another process");
    /* what was seen before the lease may be old */
    if (fstat(delivery->source, &delivery->was) != 0) return false;
    delivery->guard.was = delivery->was;
    return true;
}

enum delivery_state delivery_in_place(struct delivery *delivery, struct journals *journals,
                                      const char *path, const char *suffix) {
    struct view name = view_basename(view_string(path));
    begin(delivery, journals, name.at);
    delivery->in_place = true;
    if (!open_original(delivery, path) || !name_backup(delivery, suffix)) return refused(delivery);
    enum delivery_state state = recall(delivery, &delivery->was);
    if (state == DELIVERY_READY && !may_be_rewritten(delivery)) return refused(delivery);
    return ended(delivery, state);
}

/* Compare source and target, then begin to write. */
static enum delivery_state meet_target(struct delivery *delivery) {
    struct stat target;
    const struct stat *source = delivery->source >= 0 ? &delivery->was : NULL;
    if (fstatat(delivery->directory, delivery->name, &target, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? ended(delivery, DELIVERY_READY) : refused(delivery);
    }
    if (!S_ISREG(target.st_mode))
        delivery_refuse(delivery, "is there already, and is not a regular file");
    else if (source && source->st_dev == target.st_dev && source->st_ino == target.st_ino)
        delivery_refuse(delivery, "is the input itself: use --in-place to rewrite it");
    if (!source) delivery->mode = target.st_mode & 07777;
    return delivery->message ? refused(delivery) : ended(delivery, recall(delivery, &target));
}

/* Open the output directory, and in it that of the file. */
static bool open_output(struct delivery *delivery, const char *output, const char *below) {
    if (mkdir(output, 0777) != 0 && errno != EEXIST) return false;
    delivery->journal = journals_at(delivery->journals, output, true, &delivery->message);
    if (!delivery->journal) return false;
    int directory = open(output, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return false;
    delivery->directory = open_below(directory, below, delivery->name, &delivery->message);
    int why = errno;
    close(directory);
    errno = why;
    if (delivery->directory < 0) return false;
    return strcmp(below, JOURNAL_NAME) != 0 ||
           delivery_refuse(delivery, "is the name of the journal");
}

enum delivery_state delivery_below(struct delivery *delivery, struct journals *journals,
                                   const char *output, const char *below, const char *source) {
    begin(delivery, journals, below);
    if (source && !open_source(delivery, AT_FDCWD, source, 0)) return refused(delivery);
    if (!open_output(delivery, output, below)) return refused(delivery);
    return meet_target(delivery);
}

enum delivery_state delivery_to(struct delivery *delivery, const char *path, const char *source) {
    char directory[PATH_MAX];
    begin(delivery, NULL, path);
    if (source && !open_source(delivery, AT_FDCWD, source, 0)) return refused(delivery);
    delivery->directory = open_parent(path, directory, delivery->name, &delivery->message);
    return delivery->directory < 0 ? refused(delivery) : meet_target(delivery);
}
