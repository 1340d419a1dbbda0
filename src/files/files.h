#ifndef FILES_H
#define FILES_H

#include "view.h"

/* What a command line says about files; borrowed by what is made from it. Patterns are those of
 * fnmatch(3), where `*` matches a `/` too: one without `/` (a last one does not count) is compared
 * with the name, any other with the path below the operand; a first `/` is left out. They concern
 * what is found in directories, not what is named or listed. */
struct files_wanted {
    const char *const *operands; /* paths; "-" is standard input */
    size_t operand_count;
    const char *list; /* a file of paths, or "-"; NULL: none. One a line, LF or CR LF, or ended by
                         NUL where it has one; empty ones are passed over */
    bool recursive;
    const char *const *include; /* where there are any, a file has to match one */
    size_t include_count;
    const char *const *exclude; /* what matches one is left out, a directory with all below it */
    size_t exclude_count;
    const char *output; /* a directory that is not gone through where it lies in another one: what
                           is written there is no input; NULL: none */
};

/* What the next step brought. */
enum files_state {
    FILES_ITEM,
    FILES_END,
    FILES_PROBLEM /* with the path of the item; the next step goes on behind it */
};

/* A file, or a path that is none; valid until the next step. */
struct files_item {
    const char *path;  /* to open and to show; "-" is standard input */
    const char *below; /* relative, never empty and without `..`: where it lies below the directory
                          operand, or else its path without what leads elsewhere; "../a//./b" gives
                          "a/b". Two files may have the same one */
    bool named;        /* this very path is an operand */
    bool regular;      /* not standard input, a device or a pipe */
    uint64_t bytes;    /* its size, of a regular file */
    const char *message; /* of a problem; NULL: `error` says it */
    int error;           /* an errno */
};

/* Go through the files: operands in their order, then those listed, directories (with `recursive`)
 * in the order of the bytes of names. Links found in a directory are not followed, and no devices,
 * pipes or sockets are taken there, nor `.errgloss-journal` and `.*.errgloss`, which are traces of
 * delivering: all that are passed over silently. NULL: no memory. */
struct files *files_new(const struct files_wanted *wanted);

void files_free(struct files *files);

/* take the next step */
enum files_state files_next(struct files *files, struct files_item *ret);

/* Say how many files these are and their bytes, by going through them without a word about
 * problems. False where that cannot be known in advance: standard input, a device, a pipe. */
bool files_count(const struct files_wanted *wanted, uint64_t *ret_files, uint64_t *ret_bytes);

/* Say whether a file that begins so holds no text: within 8 KiB there is a NUL and it is not
 * plausible as UTF-16, which has a byte-order mark, or is ASCII in half of its units and without
 * U+0000. Compressed files and archives are for the caller to tell first. */
bool files_is_binary(struct view first_bytes);

#endif
