#ifndef LIBARCHIVE_H
#define LIBARCHIVE_H

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>

/* libarchive, loaded when an archive is met: it brings libxml2, ICU and the library of C++ along,
 * which cost 2 ms and 3 MiB at each start of a program that seldom needs them. */
#define LIBARCHIVE_CALLS(CALL)                                                                     \
    CALL(archive_read_new)                                                                         \
    CALL(archive_read_free)                                                                        \
    CALL(archive_read_support_format_tar)                                                          \
    CALL(archive_read_support_format_zip)                                                          \
    CALL(archive_read_support_format_zip_streamable)                                               \
    CALL(archive_read_support_format_7zip)                                                         \
    CALL(archive_read_set_read_callback)                                                           \
    CALL(archive_read_set_seek_callback)                                                           \
    CALL(archive_read_set_callback_data)                                                           \
    CALL(archive_read_open1)                                                                       \
    CALL(archive_read_next_header)                                                                 \
    CALL(archive_read_data_block)                                                                  \
    CALL(archive_error_string)                                                                     \
    CALL(archive_entry_pathname)                                                                   \
    CALL(archive_entry_pathname_utf8)                                                              \
    CALL(archive_entry_filetype)                                                                   \
    CALL(archive_entry_hardlink)                                                                   \
    CALL(archive_entry_perm)                                                                       \
    CALL(archive_entry_mtime)                                                                      \
    CALL(archive_entry_mtime_is_set)                                                               \
    CALL(archive_entry_is_data_encrypted)

/* its functions, by their own names */
struct libarchive {
#define CALL(name) __typeof__ (&(name))(name);
    LIBARCHIVE_CALLS(CALL)
#undef CALL
};

/* Load it; it stays. False where it is not there. */
bool libarchive_load(struct libarchive *library);

#endif
