#include "record.h"

#include <inttypes.h>
#include <search.h>
#include <stdio.h>

struct version version_of(const struct stat *about) {
    return (struct version){about->st_ino, (uint64_t)about->st_size, about->st_mtim.tv_sec,
                            about->st_mtim.tv_nsec};
}

bool version_equal(struct version a, struct version b) {
    return a.inode == b.inode && a.size == b.size && a.seconds == b.seconds &&
           a.nanoseconds == b.nanoseconds;
}

static void write_version(struct version version, struct buffer *line) {
    buffer_format(line, "%" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 " ", version.inode,
                  version.size, version.seconds, version.nanoseconds);
}

void record_write(const struct record *record, struct buffer *line) {
    write_version(record->made, line);
    write_version(record->source, line);
    for (size_t i = 0; i < record->key.size; i++) {
        char byte = record->key.at[i];
        if (byte == '\n' || byte == '\\') buffer_append_byte(line, '\\');
        buffer_append_byte(line, byte == '\n' ? 'n' : byte);
    }
    buffer_append_byte(line, '\n');
}

/* Cut a number and the blank behind it off the line. */
static bool read_number(struct view *line, int64_t *ret) {
    uint64_t value = 0;
    bool negative = view_starts(*line, VIEW("-"));
    size_t first = negative, i = first;
    for (; i < line->size && is_digit(line->at[i]); i++)
        value = value * 10 + (uint64_t)(line->at[i] - '0');
    if (i == first || i == line->size || line->at[i] != ' ') return false;
    *ret = (int64_t)(negative ? 0 - value : value);
    *line = view_part(*line, i + 1, line->size);
    return true;
}

static bool read_version(struct view *line, struct version *ret) {
    int64_t inode, size;
    if (!read_number(line, &inode) || !read_number(line, &size) ||
        !read_number(line, &ret->seconds) || !read_number(line, &ret->nanoseconds))
        return false;
    ret->inode = (uint64_t)inode;
    ret->size = (uint64_t)size;
    return true;
}

bool record_read(struct view line, struct arena *arena, struct record *ret) {
    *ret = (struct record){0};
    if (!read_version(&line, &ret->made) || !read_version(&line, &ret->source)) return false;
    char *key = arena_take(arena, line.size + 1);
    if (!key) return false;
    ret->key.at = key;
    for (size_t i = 0; i < line.size; i++) {
        bool escaped = line.at[i] == '\\' && ++i < line.size;
        if (i < line.size) key[ret->key.size++] = escaped && line.at[i] == 'n' ? '\n' : line.at[i];
    }
    return true;
}

static int order(const void *a, const void *b) {
    const struct record *one = a, *other = b;
    if (one->made.inode != other->made.inode) return one->made.inode < other->made.inode ? -1 : 1;
    return view_compare(one->key, other->key);
}

static void leave(void *record) {
    (void)record; /* it is the arena's */
}

void records_free(struct records *records) {
    tdestroy(records->tree, leave);
    arena_free(&records->arena);
    records->tree = NULL;
}

bool records_put(struct records *records, const struct record *record) {
    struct record *mine = arena_take(&records->arena, sizeof *mine);
    if (!mine) return false;
    *mine = *record;
    mine->key = arena_copy(&records->arena, record->key);
    struct record **place = mine->key.at ? tsearch(mine, &records->tree, order) : NULL;
    if (!place) return false;
    *place = mine;
    return true;
}

struct record *records_find(const struct records *records, struct view key, uint64_t inode) {
    struct record wanted = {.key = key, .made.inode = inode};
    struct record **place = tfind(&wanted, &records->tree, order);
    return place ? *place : NULL;
}
