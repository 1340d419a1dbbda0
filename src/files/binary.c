#include "files.h"

enum { LOOKED_AT = 8192 };

static bool is_text(char byte) {
    return !is_control(byte) || is_one_of(byte, VIEW("\t\n\r\f\033"));
}

/* UTF-16 without a mark: `high` is 1 where the high byte comes second. */
static bool is_wide(struct view bytes, size_t high) {
    size_t ascii = 0;
    for (size_t i = 0; i + 1 < bytes.size; i += 2) {
        char low = bytes.at[i + 1 - high];
        if (low == '\0' && bytes.at[i + high] == '\0') return false;
        ascii += bytes.at[i + high] == '\0' && is_text(low) && (unsigned char)low < 0x80;
    }
    return ascii > 0 && ascii >= bytes.size / 4;
}

bool files_is_binary(struct view first_bytes) {
    struct view bytes = first_bytes;
    if (bytes.size > LOOKED_AT) bytes.size = LOOKED_AT;
    if (view_starts(bytes, VIEW("ElfFile\0"))) return true; /* an event log of Windows, .evtx */
    if (view_starts(bytes, VIEW("\xff\xfe")) || view_starts(bytes, VIEW("\xfe\xff"))) return false;
    if (view_find(bytes, 0, '\0') == bytes.size) return false;
    return !is_wide(bytes, 1) && !is_wide(bytes, 0);
}
