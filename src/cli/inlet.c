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
static enum source_state read_some(struct inlet *inlet, char *bytes, size_t size,
                                   size_t *ret_size) {
    uint64_t left = inlet->limit - inlet->at;
    if (left == 0) return SOURCE_END;
    enum source_state state =
        source_read(inlet->source, bytes, size < left ? size : (size_t)left, ret_size);
    if (state == SOURCE_BYTES) inlet->at += *ret_size;
    inlet->ended |= state == SOURCE_END;
    return state;
}

/* Read behind what is left. */
static enum source_state read_more(struct inlet *inlet) {
    size_t size, held = inlet->left.size;
    enum source_state state = read_some(inlet, inlet->bytes + held, CHUNK - held, &size);
    if (state == SOURCE_BYTES) inlet->left = view_of(inlet->bytes, held + size);
    return state;
}

enum source_state inlet_begin(struct inlet *inlet, const struct source *source,
                              const enum encoding *wanted, uint64_t limit) {
    enum source_state state = SOURCE_BYTES;
    if (!inlet->bytes) inlet->bytes = malloc(CHUNK);
    errno = ENOMEM;
    if (!inlet->bytes) return SOURCE_FAILED;
    *inlet = (struct inlet){
        .source = source, .bytes = inlet->bytes, .text = inlet->text, .limit = limit};
    inlet->left = view_of(inlet->bytes, 0);
    while (!encoding_guess(inlet->left, inlet->ended, &inlet->guess) && state == SOURCE_BYTES)
        state = read_more(inlet);
    if (wanted) inlet->guess = (struct guess){*wanted, encoding_mark(*wanted, inlet->left)};
    inlet->decoder.encoding = inlet->guess.encoding;
    inlet->left = view_part(inlet->left, inlet->guess.mark, inlet->left.size);
    return state == SOURCE_END ? SOURCE_BYTES : state;
}

struct view inlet_mark(const struct inlet *inlet) {
    return view_of(inlet->bytes, inlet->guess.mark);
}

bool inlet_would_wait(const struct inlet *inlet) {
    return inlet->left.size == 0 && !inlet->ended && source_would_wait(inlet->source);
}

static bool is_decoded(const struct inlet *inlet) {
    return inlet->decoder.encoding != ENCODING_BYTES;
}

/* Turn the bytes that are left into text; at the end what waits for bytes that do not come. */
static enum source_state decode_left(struct inlet *inlet) {
    buffer_clear(&inlet->text);
    decode(&inlet->decoder, inlet->left, &inlet->text);
    if (inlet->ended && !inlet->odd)
        inlet->odd = decode_end(&inlet->decoder, &inlet->text, &inlet->last);
    inlet->left = buffer_view(&inlet->text);
    errno = ENOMEM;
    return inlet->text.failed ? SOURCE_FAILED : SOURCE_BYTES;
}

static enum source_state read_into(struct inlet *inlet, eg_filter *filter) {
    size_t size;
    char *space = eg_filter_space(filter, &size);
    enum source_state state = read_some(inlet, space, size, &size);
    if (state == SOURCE_BYTES) eg_filter_commit(filter, size);
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

enum source_state inlet_read(struct inlet *inlet, eg_filter *filter) {
    enum source_state state = SOURCE_BYTES;
    if (inlet->left.size == 0) {
        if (inlet->ended) return SOURCE_END;
        if (!is_decoded(inlet)) return read_into(inlet, filter);
        state = read_more(inlet);
        if (state != SOURCE_BYTES && !inlet->ended) return state;
        inlet->begun = false;
    }
    if (is_decoded(inlet) && !inlet->begun) state = decode_left(inlet);
    inlet->begun = true;
    if (state == SOURCE_BYTES && inlet->left.size) give(inlet, filter);
    return state;
}
