#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buffer_free(struct buffer *buffer) {
    free(buffer->at);
    *buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer) {
    buffer->size = 0;
    buffer->failed = false;
}

bool buffer_reserve(struct buffer *buffer, size_t more) {
    if (more <= buffer->capacity - buffer->size) return !buffer->failed;
    void *at = buffer->at;
    if (more > SIZE_MAX / 4 || !grow_array(&at, &buffer->capacity, buffer->size + more, 1))
        buffer->failed = true;
    buffer->at = at;
    return !buffer->failed;
}

void buffer_append(struct buffer *buffer, struct view text) {
    if (text.size == 0 || !buffer_reserve(buffer, text.size)) return;
    memcpy(buffer->at + buffer->size, text.at, text.size);
    buffer->size += text.size;
}

void buffer_append_byte(struct buffer *buffer, char byte) {
    buffer_append(buffer, view_of(&byte, 1));
}

void buffer_format(struct buffer *buffer, const char *format, ...) {
    va_list first, again;
    va_start(first, format);
    va_copy(again, first);
    int size = vsnprintf(NULL, 0, format, first);
    /* vsnprintf ends what it writes with a NUL, which is given room but not counted */
    if (size > 0 && buffer_reserve(buffer, (size_t)size + 1)) {
        vsnprintf(buffer->at + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
    va_end(first);
}

bool grow_array(void **items, size_t *capacity, size_t count, size_t item) {
    if (count <= *capacity) return true;
    size_t wanted = *capacity ? *capacity : 64 / item + 1;
    while (wanted < count) wanted *= 2;
    void *grown = wanted > SIZE_MAX / 2 / item ? NULL : realloc(*items, wanted * item);
    if (!grown) return false;
    *items = grown;
    *capacity = wanted;
    return true;
}
