#ifndef BUFFER_H
#define BUFFER_H

#include "view.h"

/* A buffer owns bytes and grows. When memory runs out it is marked `failed`, keeps what it has and
 * ignores what is appended, so that a writer asks once, at its end. Zeroed memory is an empty one.
 */
struct buffer {
    char *at;
    size_t size;
    size_t capacity;
    bool failed;
};

/* give the memory back and leave an empty buffer */
void buffer_free(struct buffer *buffer);

/* forget the bytes and the failure, keep the memory */
void buffer_clear(struct buffer *buffer);

/* make room for `more` bytes behind the last one; false when there is no memory */
bool buffer_reserve(struct buffer *buffer, size_t more);

void buffer_append(struct buffer *buffer, struct view text);

void buffer_append_byte(struct buffer *buffer, char byte);

/* append as printf would */
__attribute__((format(printf, 2, 3))) void buffer_format(struct buffer *buffer, const char *format,
                                                         ...);

/* what the buffer holds; valid until the next change */
static inline struct view buffer_view(const struct buffer *buffer) {
    return (struct view){buffer->at, buffer->size};
}

/* Grow an array of `*capacity` items of `item` bytes at `*items` so that it holds `count` at least;
 * false when there is no memory: the array is as it was. */
bool grow_array(void **items, size_t *capacity, size_t count, size_t item);

#endif
