#include "range.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A number up to `end`; false where another text stands. */
static bool read_number(const char **text, uint64_t *ret) {
    char *end;
    errno = 0;
    if (**text < '0' || **text > '9') return false;
    *ret = strtoull(*text, &end, 10);
    *text = end;
    return errno == 0;
}

static bool read_bytes(const char *text, struct range *range) {
    const char *at = text;
    range->to = UINT64_MAX;
    bool fine = read_number(&at, &range->from) && *at++ == ':' &&
                (*at == '\0' || read_number(&at, &range->to)) && *at == '\0' &&
                range->from <= range->to;
    if (!fine) complain("--byte-range is FROM:TO or FROM:, in bytes, not '%s'", text);
    return fine;
}

static bool read_shard(const char *text, struct range *range) {
    const char *at = text;
    bool fine = read_number(&at, &range->shard) && *at++ == '/' &&
                read_number(&at, &range->shards) && *at == '\0' && range->shard >= 1 &&
                range->shard <= range->shards && range->shards <= UINT32_MAX;
    if (!fine) complain("--shard is I/N, with I from 1 to N, not '%s'", text);
    return fine;
}

static bool names_files_alone(const struct words *operands) {
    for (size_t i = 0; i < operands->count; i++)
        if (strcmp(operands->at[i], "-") == 0) return false;
    return operands->count > 0;
}

/* What keeps a part from being written apart; NULL where nothing does. */
static const char *hindrance(const struct options *options) {
    if (options->byte_range && options->shard) return "--byte-range does not go with --shard";
    if (!names_files_alone(&options->operands)) return "a part can be taken of a FILE only";
    if (options->once) return "a part does not know what --once was told before it";
    if (options->before || options->after)
        return "a part does not know the lines around it that context wants";
    return NULL;
}

bool range_wanted(const struct options *options, struct range *ret) {
    *ret = (struct range){.to = UINT64_MAX};
    if (!options->byte_range && !options->shard) return true;
    const char *why = hindrance(options);
    if (why) {
        complain("%s", why);
        return false;
    }
    return options->byte_range ? read_bytes(options->byte_range, ret)
                               : read_shard(options->shard, ret);
}

bool range_is_part(const struct range *range) {
    return range->shards > 0 || range->from > 0 || range->to < UINT64_MAX;
}

/* size * i / n, without overflow */
static uint64_t portion(uint64_t size, uint64_t i, uint64_t n) {
    return size / n * i + size % n * i / n;
}

struct range range_in(const struct range *range, uint64_t size) {
    if (range->shards == 0) return *range;
    bool last = range->shard == range->shards;
    return (struct range){.from = portion(size, range->shard - 1, range->shards),
                          .to = last ? UINT64_MAX : portion(size, range->shard, range->shards)};
}

/* The first line end in the bytes, which begin with a whole character; their size for none. */
static size_t find_line_end(enum encoding encoding, const char *bytes, size_t size) {
    if (encoding == ENCODING_BYTES) {
        const char *found = memchr(bytes, '\n', size);
        return found ? (size_t)(found - bytes) : size;
    }
    size_t low = encoding == ENCODING_UTF16LE ? 0 : 1;
    for (size_t at = 0; at + 1 < size; at += 2)
        if (bytes[at + low] == '\n' && bytes[at + 1 - low] == '\0') return at;
    return size;
}

bool range_find_line(const struct source *source, struct guess guess, uint64_t at,
                     uint64_t *ret_line) {
    char bytes[4096];
    uint64_t unit = guess.encoding == ENCODING_BYTES ? 1 : 2;
    *ret_line = 0;
    if (at == 0) return true;
    /* an end just before `at` counts, and characters do not begin between units */
    at = (at - 1) / unit * unit;
    for (;;) {
        size_t size;
        enum source_state state = source_read_at(source, at, bytes, sizeof bytes, &size);
        size_t end = state == SOURCE_BYTES ? find_line_end(guess.encoding, bytes, size) : 0;
        *ret_line = at + end + (end < size ? unit : 0);
        if (state != SOURCE_BYTES) return state == SOURCE_END;
        if (end < size) return true;
        at += size;
    }
}
