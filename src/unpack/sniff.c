#include "sniff.h"

/* A format's first bytes, each with the least and the most it can be. Sources: RFC 1952 (gzip; the
 * upper flags are reserved), bzip2's decompress.c (a block or the end follows the size), the .xz
 * file format 1.1, RFC 8878 (zstd and its skippable frames, which lz4 has too), the lz4 frame
 * format 1.6, APPNOTE.TXT (zip: a file, or the end of an empty one), 7zFormat.txt. */
struct magic {
    enum unpack_format format;
    struct view least, most;
};

#define MAGIC(bytes)                                                                               \
    { "" bytes, sizeof(bytes) - 1 }
#define ONE_MAGIC(bytes) MAGIC(bytes), MAGIC(bytes)

static const struct magic magics[] = {
    {UNPACK_GZIP, MAGIC("\x1f\x8b\x08\x00"), MAGIC("\x1f\x8b\x08\x1f")},
    {UNPACK_BZIP2, MAGIC("BZh1\x31\x41\x59\x26\x53\x59"), MAGIC("BZh9\x31\x41\x59\x26\x53\x59")},
    {UNPACK_BZIP2, MAGIC("BZh1\x17\x72\x45\x38\x50\x90"), MAGIC("BZh9\x17\x72\x45\x38\x50\x90")},
    {UNPACK_XZ, ONE_MAGIC("\xfd"
                          "7zXZ\0")},
    {UNPACK_ZSTD, ONE_MAGIC("\x28\xb5\x2f\xfd")},
    {UNPACK_ZSTD, MAGIC("\x50\x2a\x4d\x18"), MAGIC("\x5f\x2a\x4d\x18")},
    {UNPACK_LZ4, ONE_MAGIC("\x04\x22\x4d\x18")},
    {UNPACK_LZ4, MAGIC("\x50\x2a\x4d\x18"), MAGIC("\x5f\x2a\x4d\x18")},
    {UNPACK_ZIP, ONE_MAGIC("PK\x03\x04")},
    {UNPACK_ZIP, ONE_MAGIC("PK\x05\x06")},
    {UNPACK_7Z, ONE_MAGIC("7z\xbc\xaf\x27\x1c")},
};

/* What the head is to a format. */
enum fit { FITS_NOT, FITS_SO_FAR, FITS };

static enum fit fit_magic(struct view head, const struct magic *magic) {
    size_t size = magic->least.size;
    for (size_t i = 0; i < size; i++) {
        if (i == head.size) return FITS_SO_FAR;
        unsigned char byte = (unsigned char)head.at[i];
        if (byte < (unsigned char)magic->least.at[i] || byte > (unsigned char)magic->most.at[i])
            return FITS_NOT;
    }
    return FITS;
}

/* The fields of a tar header (POSIX.1-2017, pax, "ustar Interchange Format") that tell it from
 * text: the name is ended by NULs only, or full; mode and checksum are octal. */
enum { NAME = 0, MODE = 100, MODE_END = 108, CHECKSUM = 148, CHECKSUM_END = 156, HEADER = 512 };

static bool may_be_name(struct view name) {
    const char *end = name.size ? memchr(name.at, 0, name.size) : NULL;
    size_t size = end ? (size_t)(end - name.at) : name.size;
    if (name.size && size == 0) return false;
    for (size_t i = 0; i < size; i++)
        if (name.at[i] == '\n') return false;
    for (size_t i = size; i < name.size; i++)
        if (name.at[i]) return false;
    return true;
}

static bool may_be_octal(struct view field) {
    for (size_t i = 0; i < field.size; i++)
        if (field.at[i] != 0 && field.at[i] != ' ' && (field.at[i] < '0' || field.at[i] > '7'))
            return false;
    return true;
}

/* the part of the head that lies in a field */
static struct view field_of(struct view head, size_t from, size_t to) {
    if (from > head.size) from = head.size;
    if (to > head.size) to = head.size;
    return view_part(head, from, to);
}

static int64_t octal_of(struct view field) {
    size_t i = 0;
    int64_t value = 0;
    while (i < field.size && field.at[i] == ' ') i++;
    for (; i < field.size && field.at[i] >= '0' && field.at[i] <= '7'; i++)
        value = value * 8 + (field.at[i] - '0');
    return value;
}

/* The sum is of all bytes, its own taken as blanks; some programs summed them as signed ones. */
static bool sum_is_right(struct view head) {
    int64_t plain = 0, with_sign = 0;
    for (size_t i = 0; i < HEADER; i++) {
        bool own = i >= CHECKSUM && i < CHECKSUM_END;
        plain += own ? ' ' : (unsigned char)head.at[i];
        with_sign += own ? ' ' : (signed char)head.at[i];
    }
    int64_t said = octal_of(view_part(head, CHECKSUM, CHECKSUM_END));
    return said == plain || said == with_sign;
}

static enum fit fit_tar(struct view head) {
    if (!may_be_name(field_of(head, NAME, MODE)) || !may_be_octal(field_of(head, MODE, MODE_END)) ||
        !may_be_octal(field_of(head, CHECKSUM, CHECKSUM_END)))
        return FITS_NOT;
    if (head.size < HEADER) return FITS_SO_FAR;
    return sum_is_right(head) ? FITS : FITS_NOT;
}

bool sniff(struct view head, unsigned accepted, enum unpack_format *ret_format) {
    bool open = false;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        enum fit fit =
            accepted & format_bit(magics[i].format) ? fit_magic(head, &magics[i]) : FITS_NOT;
        *ret_format = magics[i].format;
        if (fit == FITS) return true;
        open |= fit == FITS_SO_FAR;
    }
    enum fit fit = accepted & format_bit(UNPACK_TAR) ? fit_tar(head) : FITS_NOT;
    *ret_format = fit == FITS ? UNPACK_TAR : UNPACK_PLAIN;
    return fit == FITS || (fit == FITS_NOT && !open);
}
