#include "inlet.h"

#include <errno.h>
#include <stdlib.h>

enum { CHUNK = 64 << 10 };

void inlet_free(struct inlet *inlet) {
    free(inlet->bytes);
    buffer_free(&inlet->text);
    *inlet = (struct inlet){0};
}

/* Read up to `size` bytes, none behind the limit. */
static enum unpack_state read_some(struct inlet *inlet, char *bytes, size_t size,
                                   size_t *ret_size) {
    uint64_t left = inlet->limit - inlet->at;
    if (left == 0) return UNPACK_END;
    if (size > left) size = (size_t)left;
    enum unpack_state state = feed_read(inlet->feed, bytes, size, ret_size);
    if (state == UNPACK_BYTES) inlet->at += *ret_size;
    if (state != UNPACK_END && state != UNPACK_BROKEN) return state;
    inlet->ended = true;
    inlet->broken = state == UNPACK_BROKEN;
    return UNPACK_END;
}

/* Read behind what is left. */
static enum unpack_state read_more(struct inlet *inlet) {
    size_t size, held = inlet->left.size;
    enum unpack_state state = read_some(inlet, inlet->bytes + held, CHUNK - held, &size);
    if (state == UNPACK_BYTES) inlet->left = view_of(inlet->bytes, held + size);
    return state;
}

enum unpack_state inlet_begin(struct inlet *inlet, struct feed *feed, const enum encoding *wanted,
                              uint64_t limit) {
    enum unpack_state state = UNPACK_BYTES;
    if (!inlet->bytes) inlet->bytes = malloc(CHUNK);
    errno = ENOMEM;
    if (!inlet->bytes) return UNPACK_FAILED;
    *inlet =
        (struct inlet){.feed = feed, .bytes = inlet->bytes, .text = inlet->text, .limit = limit};
    inlet->left = view_of(inlet->bytes, 0);
    while (!encoding_guess(inlet->left, inlet->ended, &inlet->guess) && state == UNPACK_BYTES)
        state = read_more(inlet);
    if (wanted) inlet->guess = (struct guess){*wanted, encoding_mark(*wanted, inlet->left)};
    inlet->decoder.encoding = inlet->guess.encoding;
    inlet->left = view_part(inlet->left, inlet->guess.mark, inlet->left.size);
    bool some = state == UNPACK_STOPPED && inlet->left.size > 0;
    return state == UNPACK_END || some ? UNPACK_BYTES : state;
}

struct view inlet_first(const struct inlet *inlet) {
    return view_of(inlet->bytes, inlet->guess.mark + inlet->left.size);
}

struct view inlet_mark(const struct inlet *inlet) {
    return view_of(inlet->bytes, inlet->guess.mark);
}

bool inlet_would_wait(const struct inlet *inlet) {
    return inlet->left.size == 0 && !inlet->ended && feed_would_wait(inlet->feed);
}

static bool is_decoded(const struct inlet *inlet) {
    return inlet->decoder.encoding != ENCODING_BYTES;
}

/* Turn the bytes that are left into text; at the end what waits for bytes that do not come. */
static enum unpack_state decode_left(struct inlet *inlet) {
    buffer_clear(&inlet->text);
    decode(&inlet->decoder, inlet->left, &inlet->text);
    if (inlet->ended && !inlet->odd)
        inlet->odd = decode_end(&inlet->decoder, &inlet->text, &inlet->last);
    inlet->left = buffer_view(&inlet->text);
    errno = ENOMEM;
    return inlet->text.failed ? UNPACK_FAILED : UNPACK_BYTES;
}

static enum unpack_state read_into(struct inlet *inlet, eg_filter *filter) {
    size_t size;
    char *space = eg_filter_space(filter, &size);
    enum unpack_state state = read_some(inlet, space, size, &size);
    if (state == UNPACK_BYTES) eg_filter_commit(filter, size);
    return state;
}

static void give(struct inlet *inlet, eg_filter *filter) {
    size_t size;
    char *space = eg_filter_space(filter, &size);
    if (size > inlet->left.size) size = inlet->left.size;
    memcpy(space, inlet->left.at, size);
    eg_filter_commit(filter, size);
    inlet->left = view_part(inlet->left, size, inlet->left.size);
}

/* What was wrong is told once, when all that could be read is through. */
static enum unpack_state end(struct inlet *inlet) {
    bool broken = inlet->broken;
    inlet->broken = false;
    return broken ? UNPACK_BROKEN : UNPACK_END;
}

/* Read and decode where nothing is left. */
static enum unpack_state fill(struct inlet *inlet) {
    if (inlet->left.size == 0) {
        if (inlet->ended) return end(inlet);
        enum unpack_state state = read_more(inlet);
        if (state != UNPACK_BYTES && !inlet->ended) return state;
        inlet->begun = false;
    }
    bool raw = is_decoded(inlet) && !inlet->begun;
    inlet->begun = true;
    return raw ? decode_left(inlet) : UNPACK_BYTES;
}

enum unpack_state inlet_read(struct inlet *inlet, eg_filter *filter) {
    enum unpack_state state;
    /* what needs no decoding is read where the filter wants it */
    if (inlet->left.size == 0 && !inlet->ended && !is_decoded(inlet)) {
        state = read_into(inlet, filter);
        return inlet->ended ? end(inlet) : state;
    }
    state = fill(inlet);
    if (state == UNPACK_BYTES && inlet->left.size) give(inlet, filter);
    return state;
}

enum unpack_state inlet_next(struct inlet *inlet, struct view *ret_text) {
    enum unpack_state state = fill(inlet);
    *ret_text = inlet->left;
    inlet->left = view_part(inlet->left, inlet->left.size, inlet->left.size);
    return state;
}
