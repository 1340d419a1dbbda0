#ifndef FILTERING_H
#define FILTERING_H

/* What a filter makes of a text as a stream of its own. */
#include "testing.h"

#include "buffer.h"
#include "errgloss.h"

static inline void drain(eg_filter *filter, struct buffer *out) {
    eg_text text;
    eg_progress progress;
    while ((progress = eg_filter_next(filter, &text)) == EG_OUTPUT)
        buffer_append(out, view_of(text.at, text.size));
    assert_int_equal(progress, EG_HUNGRY);
}

static inline struct view filter_whole(eg_filter *filter, struct view text, struct buffer *out) {
    buffer_clear(out);
    eg_filter_begin(filter, NULL);
    for (size_t at = 0, size; at < text.size; at += size) {
        char *space = eg_filter_space(filter, &size);
        if (size > text.size - at) size = text.size - at;
        memcpy(space, text.at + at, size);
        eg_filter_commit(filter, size);
        drain(filter, out);
    }
    eg_filter_end(filter);
    drain(filter, out);
    return buffer_view(out);
}

#endif
