#ifndef UNPACK_H
#define UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "source.h"

/* What an input can be: text as it is, one stream compressed by one program, or an archive. */
enum unpack_format {
    UNPACK_PLAIN,
    UNPACK_GZIP,
    UNPACK_BZIP2,
    UNPACK_XZ,
    UNPACK_ZSTD,
    UNPACK_LZ4,
    UNPACK_TAR,
    UNPACK_ZIP,
    UNPACK_7Z
};

/* What an input may cost; the first two are for packed input alone. What is inside a zip or 7z is
 * decoded by libarchive, which takes no limit of memory. */
struct unpack_limits {
    uint64_t max_size;   /* bytes that come out of one input; 0: any number */
    uint64_t max_ratio;  /* times its own size that may come out, judged beyond 64 MiB; 0: any */
    uint64_t max_memory; /* bytes for a decoder; 0: 256 MiB */
    bool plain;          /* take the bytes as they are */
};

enum unpack_state {
    UNPACK_BYTES,
    UNPACK_END,
    UNPACK_STOPPED, /* the source's `stop` was set */
    UNPACK_FAILED,  /* reading the source failed, or there is no memory: errno says why */
    UNPACK_BROKEN   /* unpack_message says what is wrong; what could be read has been returned */
};

/* What is known of an input and of the stream begun last. */
struct unpack_about {
    enum unpack_format format;      /* the outermost one */
    bool archive;                   /* its streams are members; .tar.gz is GZIP and an archive */
    enum unpack_format compression; /* of the stream itself, PLAIN where it has none: its output
                                     * can be compressed alike */
    unsigned mode;   /* of an archive's member: its permissions; 0 where they are not told */
    int64_t changed; /* and when it was, in seconds since 1970; 0 where that is not told */
};

/* An input being unpacked, by its content and not by its name. */
struct unpack;

/* Unpack a source, which stays the caller's and open until unpack_free. NULL without memory. */
struct unpack *unpack_new(const struct source *source, const struct unpack_limits *limits);

void unpack_free(struct unpack *unpack);

/* Begin the next stream: the whole input, or the next regular file of an archive; what is left of
 * the one before is passed over. BYTES when there is one. BROKEN when a member (it is named) cannot
 * be read: it is encrypted, or an archive itself; or when the archive cannot (no name). Then, too,
 * this goes on with the next member, until END. `*ret_member` is the name as it stands in the
 * archive, NULL where the input is one stream, and lives until the next call. */
enum unpack_state unpack_next(struct unpack *unpack, const char **ret_member);

/* Read up to `size` bytes (1 at least) of the stream, what is there: with BYTES 1 at least. It
 * waits only while there is nothing. END at the end of the stream. BROKEN ends a stream and is told
 * once; END follows. */
enum unpack_state unpack_read(struct unpack *unpack, char *bytes, size_t size, size_t *ret_size);

/* Say whether reading now would have to wait: nothing decoded is left and the source has no bytes
 * that something could be decoded from. */
bool unpack_would_wait(struct unpack *unpack);

/* what is known since unpack_next */
struct unpack_about unpack_about(const struct unpack *unpack);

/* what was wrong when BROKEN was told last, without a full stop */
const char *unpack_message(const struct unpack *unpack);

/* Say whether a file may be made by this name: it is relative, and no part between its slashes is
 * empty or `..`. */
bool unpack_name_is_safe(const char *name);

#endif
