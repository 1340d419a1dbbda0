#ifndef READER_H
#define READER_H

#include "arena.h"
#include "byteset.h"

/* A regex while it is read. */
struct reader {
    struct view text;
    size_t at;
    bool any_case; /* (?i) is on */
    size_t depth;
    bool lost; /* something is not followed */
    struct arena *arena;
};

/* the byte that is next; NUL behind the last */
static inline char peek(const struct reader *reader) {
    return reader->at < reader->text.size ? reader->text.at[reader->at] : '\0';
}

/* take the word, when it is next */
static inline bool accept(struct reader *reader, struct view word) {
    struct view rest = view_part(reader->text, reader->at, reader->text.size);
    if (!view_starts(rest, word)) return false;
    reader->at += word.size;
    return true;
}

/* Add the bytes that stand for what is behind a backslash; false when that is none of bytes. */
bool read_escaped(struct reader *reader, struct byteset *set);

/* Read a class behind its `[`; false when it holds something that is not followed. */
bool read_class_set(struct reader *reader, struct byteset *set);

#endif
