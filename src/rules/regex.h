#ifndef REGEX_H
#define REGEX_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "view.h"

/* Compile a regex as errgloss reads them: bytes, lines end at LF, groups may share a name.
 * `options` of PCRE2 come on top. NULL, PCRE2's error and where it stands in the regex, when it is
 * none. */
pcre2_code *regex_compile(struct view regex, uint32_t options, int *ret_error, size_t *ret_at);

/* The entries of a regex's name table that are called `code`. */
struct code_groups {
    const unsigned char *entries;
    size_t count, size; /* how many, and the bytes of each */
};

struct code_groups regex_code_groups(const pcre2_code *code);

/* the number of the group in that entry */
static inline size_t regex_group(const struct code_groups *groups, size_t i) {
    const unsigned char *entry = groups->entries + i * groups->size;
    return (size_t)entry[0] << 8 | entry[1];
}

#endif
