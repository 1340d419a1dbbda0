#include "members.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "libarchive.h"
#include "view.h"

enum { IN_SIZE = 64 << 10 };

struct members {
    struct libarchive library;
    struct archive *archive; /* NULL where the library is not there */
    const char *kind;
    struct account *account;
    const struct source *file; /* NULL: the bytes come from `supply` */
    uint64_t at;               /* in the file */
    struct supply supply;
    enum unpack_state below; /* how the bytes ended; BYTES while they go on */
    int error;
    bool opened;
    bool over;               /* no further member can be read */
    struct view block;       /* what of the current one is at hand */
    int64_t hole;            /* so many zeros come before that */
    int64_t place;           /* in the member, of what comes behind */
    enum unpack_state after; /* how the member ended; BYTES while it goes on */
    struct member_about about;
    locale_t utf8; /* names are not to depend on the user's locale */
    char in[IN_SIZE];
};

static enum unpack_state read_file(struct members *members, size_t *ret_size) {
    static const enum unpack_state states[] = {[SOURCE_BYTES] = UNPACK_BYTES,
                                               [SOURCE_END] = UNPACK_END,
                                               [SOURCE_STOPPED] = UNPACK_STOPPED,
                                               [SOURCE_FAILED] = UNPACK_FAILED};
    const struct source *file = members->file;
    if (file->stop && *file->stop) return UNPACK_STOPPED;
    enum source_state state = source_read_at(file, members->at, members->in, IN_SIZE, ret_size);
    members->at += *ret_size;
    members->account->in += *ret_size;
    return states[state];
}

static enum unpack_state read_below(struct members *members, size_t *ret_size) {
    if (members->file) {
        members->below = read_file(members, ret_size);
    } else if (members->below == UNPACK_BYTES)
        members->below = supply_read(members->supply, members->in, IN_SIZE, ret_size);
    members->error = errno;
    return members->below;
}

/* What a broken layer below still gave is unpacked: to libarchive its end is an end. */
static la_ssize_t feed(struct archive *archive, void *context, const void **ret_bytes) {
    (void)archive;
    struct members *members = context;
    size_t size = 0;
    *ret_bytes = members->in;
    switch (read_below(members, &size)) {
    case UNPACK_BYTES:
        return (la_ssize_t)size;
    case UNPACK_END:
    case UNPACK_BROKEN:
        return 0;
    default:
        return ARCHIVE_FATAL;
    }
}

static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset, int whence) {
    (void)archive;
    struct members *members = context;
    uint64_t size = 0;
    if (!source_left(members->file, &size)) return ARCHIVE_FATAL;
    int64_t from = whence == SEEK_CUR   ? (int64_t)members->at
                   : whence == SEEK_END ? (int64_t)size
                                        : 0;
    if (from + offset < 0) return ARCHIVE_FATAL;
    members->at = (uint64_t)(from + offset);
    return from + offset;
}

/* Only what is named here is ever taken for an archive. */
static bool support(struct members *members, enum unpack_format format) {
    const struct libarchive *library = &members->library;
    struct archive *archive = members->archive;
    switch (format) {
    case UNPACK_TAR:
        members->kind = "tar";
        return library->archive_read_support_format_tar(archive) == ARCHIVE_OK;
    case UNPACK_ZIP:
        /* a file without its directory, cut off, is still read as from a pipe */
        members->kind = "zip";
        return (members->file
                    ? library->archive_read_support_format_zip(archive)
                    : library->archive_read_support_format_zip_streamable(archive)) == ARCHIVE_OK;
    default:
        members->kind = "7z";
        return library->archive_read_support_format_7zip(archive) == ARCHIVE_OK;
    }
}

static bool prepare(struct members *members, enum unpack_format format) {
    members->archive = members->library.archive_read_new();
    if (!members->archive || !support(members, format)) return false;
    members->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    members->library.archive_read_set_read_callback(members->archive, feed);
    if (members->file) members->library.archive_read_set_seek_callback(members->archive, seek);
    return members->library.archive_read_set_callback_data(members->archive, members) == ARCHIVE_OK;
}

struct members *members_new(enum unpack_format format, const struct source *file,
                            struct supply supply, struct account *account) {
    struct members *members = malloc(sizeof *members);
    if (!members) return NULL;
    /* not `in`, for it is large */
    memset(members, 0, offsetof(struct members, in));
    members->file = file;
    members->supply = supply;
    members->account = account;
    members->after = UNPACK_END;
    bool there = libarchive_load(&members->library);
    if (!there || prepare(members, format)) return members;
    members_free(members);
    return NULL;
}

void members_free(struct members *members) {
    if (!members) return;
    if (members->archive) members->library.archive_read_free(members->archive);
    if (members->utf8) freelocale(members->utf8);
    free(members);
}

/* What libarchive's complaint comes to; what was wrong below it is the cause. */
static enum unpack_state trouble(struct members *members, bool fatal) {
    const char *text = members->library.archive_error_string(members->archive);
    bool below = members->below == UNPACK_STOPPED || members->below == UNPACK_FAILED ||
                 members->below == UNPACK_BROKEN;
    members->over = fatal || below;
    errno = members->error;
    if (below) return members->below;
    if (text && strstr(text, "runcated"))
        return account_broken(members->account, "%s archive is truncated", members->kind);
    return account_broken(members->account, "%s archive cannot be read: %s", members->kind,
                          text ? text : "no more is known");
}

/* Behind the last member there may be more, which can be broken; and who writes to a pipe wants to
 * be read to the end. */
static enum unpack_state finish(struct members *members) {
    size_t size;
    members->over = true;
    if (members->file) return UNPACK_END;
    while (members->below == UNPACK_BYTES) read_below(members, &size);
    errno = members->error;
    return members->below;
}

/* The next header, and the name in it as it stands in the archive if that can be. */
static int read_header(struct members *members, struct archive_entry **ret_entry,
                       const char **ret_name) {
    locale_t usual = uselocale(members->utf8);
    int result =
        members->opened ? ARCHIVE_OK : members->library.archive_read_open1(members->archive);
    members->opened = true;
    if (result == ARCHIVE_OK)
        result = members->library.archive_read_next_header(members->archive, ret_entry);
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
        const char *name = members->library.archive_entry_pathname(*ret_entry);
        if (!name) name = members->library.archive_entry_pathname_utf8(*ret_entry);
        *ret_name = name ? name : "";
    }
    uselocale(usual);
    return result;
}

static bool is_file(const struct members *members, struct archive_entry *entry) {
    return members->library.archive_entry_filetype(entry) == AE_IFREG &&
           !members->library.archive_entry_hardlink(entry);
}

struct member_about members_about(const struct members *members) {
    return members->about;
}

static struct member_about look_at(const struct members *members, struct archive_entry *entry) {
    const struct libarchive *library = &members->library;
    bool timed = library->archive_entry_mtime_is_set(entry);
    return (struct member_about){.mode = library->archive_entry_perm(entry) & 0777,
                                 .changed = timed ? library->archive_entry_mtime(entry) : 0};
}

static enum unpack_state begin_member(struct members *members, struct archive_entry *entry) {
    members->about = look_at(members, entry);
    bool encrypted = members->library.archive_entry_is_data_encrypted(entry) == 1;
    members->place = 0;
    members->after = encrypted ? UNPACK_END : UNPACK_BYTES;
    return encrypted ? account_broken(members->account, "the member is encrypted") : UNPACK_BYTES;
}

static enum unpack_state no_library(struct members *members) {
    members->over = true;
    return account_broken(members->account, "an archive, which is read with libarchive 3 alone");
}

enum unpack_state members_next(struct members *members, const char **ret_name) {
    *ret_name = NULL;
    members->block = VIEW("");
    members->hole = 0;
    members->after = UNPACK_END;
    if (!members->archive && !members->over) return no_library(members);
    while (!members->over) {
        struct archive_entry *entry = NULL;
        const char *name;
        int result = read_header(members, &entry, &name);
        if (result == ARCHIVE_EOF) return finish(members);
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return trouble(members, true);
        if (!is_file(members, entry)) continue;
        *ret_name = name;
        return begin_member(members, entry);
    }
    return UNPACK_END;
}

/* Get the next block. A warning comes with the last one, which is returned first. */
static void advance(struct members *members) {
    const void *at = NULL;
    size_t size = 0;
    la_int64_t offset = members->place;
    int result = members->library.archive_read_data_block(members->archive, &at, &size, &offset);
    if (result == ARCHIVE_EOF) {
        members->after = UNPACK_END;
    } else if (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
        members->block = view_of(at, size);
        members->hole =
            result == ARCHIVE_OK && offset > members->place ? offset - members->place : 0;
        members->place += members->hole + (int64_t)size;
    }
    if (result != ARCHIVE_EOF && result != ARCHIVE_OK)
        members->after = trouble(members, result == ARCHIVE_FATAL);
}

static enum unpack_state read_member(void *from, char *bytes, size_t size, size_t *ret_size) {
    struct members *members = from;
    while (!members->hole && !members->block.size && members->after == UNPACK_BYTES)
        advance(members);
    if (members->hole) {
        *ret_size = (uint64_t)members->hole < size ? (size_t)members->hole : size;
        memset(bytes, 0, *ret_size);
        members->hole -= (int64_t)*ret_size;
        return UNPACK_BYTES;
    }
    *ret_size = members->block.size < size ? members->block.size : size;
    if (!*ret_size) return members->after;
    memcpy(bytes, members->block.at, *ret_size);
    members->block = view_part(members->block, *ret_size, members->block.size);
    return UNPACK_BYTES;
}

static bool ask_member(void *from) {
    struct members *members = from;
    bool has = members->hole || members->block.size || members->after != UNPACK_BYTES;
    return !has && !members->file && members->below == UNPACK_BYTES &&
           supply_would_wait(members->supply);
}

struct supply members_supply(struct members *members) {
    return (struct supply){read_member, ask_member, members};
}
