#include "delivery.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "journal.h"
#include "likeness.h"
#include "sink.h"

/* The longest part of a name that the temporary one repeats: both fit into NAME_MAX. */
enum { REPEATED = NAME_MAX - 2 - TAG_SIZE - (int)(sizeof TEMPORARY_END - 1) };

bool delivery_refuse(struct delivery *delivery, const char *message) {
    delivery->message = message;
    return false;
}

bool delivery_name_beside(const struct delivery *delivery, const char *name, char *ret) {
    char tag[TAG_SIZE + 1] = "";
    if (!delivery->journal && !choose_tag(tag)) return false;
    snprintf(ret, NAME_MAX + 1, ".%.*s.%s" TEMPORARY_END, REPEATED, name,
             delivery->journal ? delivery->journal->tag : tag);
    return true;
}

bool delivery_is_kept(const struct delivery *delivery) {
    struct stat backup;
    return delivery->backup[0] &&
           fstatat(delivery->directory, delivery->backup, &backup, AT_SYMLINK_NOFOLLOW) == 0 &&
           backup.st_dev == delivery->was.st_dev && backup.st_ino == delivery->was.st_ino;
}

static void shut(int *descriptor) {
    if (*descriptor >= 0) close(*descriptor);
    *descriptor = -1;
}

void delivery_abort(struct delivery *delivery) {
    int why = errno;
    if (delivery->directory >= 0 && delivery->beside[0])
        unlinkat(delivery->directory, delivery->beside, 0);
    delivery->beside[0] = '\0';
    delivery->guard.leased = false;
    shut(&delivery->temporary);
    shut(&delivery->directory);
    shut(&delivery->source);
    buffer_free(&delivery->key);
    errno = why;
}

static bool abort_false(struct delivery *delivery) {
    delivery_abort(delivery);
    return false;
}

bool delivery_disturbed(const struct delivery *delivery) {
    return delivery->in_place && guard_broken(&delivery->guard);
}

static bool is_undisturbed(struct delivery *delivery) {
    return !delivery_disturbed(delivery) ||
           delivery_refuse(delivery, "was opened for writing by another process: left as it was");
}

bool delivery_write(struct delivery *delivery, const char *bytes, size_t size) {
    delivery->message = NULL;
    return (is_undisturbed(delivery) && sink_write(delivery->temporary, bytes, size)) ||
           abort_false(delivery);
}

void delivery_own(struct delivery *delivery, mode_t mode, time_t changed) {
    delivery->mode = mode & 0755;
    delivery->changed = changed;
}

static bool make_own(const struct delivery *delivery) {
    struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_sec = delivery->changed}};
    if (delivery->changed == 0) times[1].tv_nsec = UTIME_NOW;
    return fchmod(delivery->temporary, delivery->mode) == 0 &&
           futimens(delivery->temporary, times) == 0;
}

static bool finish_temporary(struct delivery *delivery) {
    bool fine = delivery->mode ? make_own(delivery)
                : delivery->source < 0
                    ? true
                    : make_alike(delivery->temporary, delivery->source, &delivery->was);
    return fine && fsync(delivery->temporary) == 0;
}

static bool is_unchanged(struct delivery *delivery) {
    return !delivery->in_place ||
           guard_unchanged(&delivery->guard, delivery->directory, delivery->name) ||
           delivery_refuse(delivery, "has changed while it was read: left as it is");
}

/* Keep the original: what has the name of the backup is replaced in one step. */
static bool keep_original(struct delivery *delivery) {
    int directory = delivery->directory;
    char beside[NAME_MAX + 1];
    if (!delivery->backup[0] || delivery_is_kept(delivery)) return true;
    if (!delivery_name_beside(delivery, delivery->backup, beside) ||
        linkat(directory, delivery->name, directory, beside, 0) != 0)
        return false;
    if (renameat(directory, beside, directory, delivery->backup) == 0) return true;
    int why = errno;
    unlinkat(directory, beside, 0);
    errno = why;
    return false;
}

static bool note(struct delivery *delivery) {
    struct stat made;
    if (!delivery->journal) return true;
    if (fstat(delivery->temporary, &made) != 0) return false;
    struct record record = {.key = buffer_view(&delivery->key),
                            .made = version_of(&made),
                            .source = version_of(&delivery->was),
                            .fresh = true};
    return journals_add(delivery->journals, delivery->journal, &record);
}

static bool exchange(const struct delivery *delivery) {
    return renameat2(delivery->directory, delivery->beside, delivery->directory, delivery->name,
                     RENAME_EXCHANGE) == 0;
}

/* Say whether what had the target's name until now is the original, as it was read. */
static bool is_original(struct delivery *delivery) {
    struct stat about;
    return (fstatat(delivery->directory, delivery->beside, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
            about.st_dev == delivery->was.st_dev &&
            version_equal(version_of(&about), version_of(&delivery->was))) ||
           delivery_refuse(delivery, "has changed at the last moment: left as it is");
}

/* Let the file have the target's name. A writer may come between the last look and that: so
 * original and file change names, and change them back if one has come. */
static bool take_name(struct delivery *delivery) {
    if (delivery->in_place && exchange(delivery)) {
        if (is_undisturbed(delivery) && is_original(delivery)) return true;
        /* the temporary name leads to the original: if that cannot go back, it stays there */
        if (!exchange(delivery)) delivery->beside[0] = '\0';
        return false;
    }
    if (delivery->in_place && errno != EINVAL && errno != ENOSYS) return false;
    if (renameat(delivery->directory, delivery->beside, delivery->directory, delivery->name) != 0)
        return false;
    delivery->beside[0] = '\0';
    return true;
}

bool delivery_commit(struct delivery *delivery) {
    delivery->message = NULL;
    if (!is_undisturbed(delivery) || !finish_temporary(delivery) || !is_unchanged(delivery) ||
        !keep_original(delivery) || !note(delivery) || !is_undisturbed(delivery) ||
        !take_name(delivery))
        return abort_false(delivery);
    /* where this fails and the system does too, the journal says of no file what is not so */
    fsync(delivery->directory);
    delivery_abort(delivery);
    return true;
}
