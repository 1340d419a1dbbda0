#include "layer.h"

#include <errno.h>
#include <stdlib.h>

enum { IN_SIZE = 64 << 10 };

static void end_with(struct layer *layer, enum unpack_state state) {
    layer->after = state;
    layer->error = errno;
}

/* Choose the codec; what is held is what it begins with. */
static void take_format(struct layer *layer, enum unpack_format format) {
    layer->format = format;
    layer->codec = codec_of(format);
    if (!layer->codec) return;
    layer->in = malloc(IN_SIZE);
    layer->decoder = layer->codec->open(layer->account->limits.max_memory);
    layer->member = 1;
    if (!layer->in || !layer->decoder) {
        errno = ENOMEM;
        end_with(layer, UNPACK_FAILED);
    } else
        memcpy(layer->in, layer->head, layer->head_end);
    layer->in_end = layer->head_end;
    layer->head_end = 0;
}

void layer_open(struct layer *layer, struct supply supply, unsigned accepted,
                struct account *account) {
    enum unpack_format format = UNPACK_PLAIN;
    *layer = (struct layer){.supply = supply, .account = account};
    while (accepted && !sniff(view_of(layer->head, layer->head_end), accepted, &format)) {
        size_t size;
        enum unpack_state state = supply_read(supply, layer->head + layer->head_end,
                                              sizeof layer->head - layer->head_end, &size);
        format = UNPACK_PLAIN;
        if (state != UNPACK_BYTES) {
            end_with(layer, state);
            break;
        }
        layer->head_end += size;
    }
    take_format(layer, format);
}

void layer_close(struct layer *layer) {
    if (layer->decoder) layer->codec->close(layer->decoder);
    free(layer->in);
    *layer = (struct layer){.after = UNPACK_END};
}

static struct view rest_of(const struct layer *layer) {
    return view_of(layer->in + layer->in_at, layer->in_end - layer->in_at);
}

static enum unpack_state refill(struct layer *layer) {
    size_t size, left = layer->in_end - layer->in_at;
    memmove(layer->in, layer->in + layer->in_at, left);
    layer->in_at = 0;
    layer->in_end = left;
    enum unpack_state state = supply_read(layer->supply, layer->in + left, IN_SIZE - left, &size);
    if (state == UNPACK_BYTES) layer->in_end += size;
    return state;
}

static enum unpack_state broken(struct layer *layer, const char *how) {
    const char *name = layer->codec->name;
    if (layer->member == 1) return account_broken(layer->account, "%s data %s", name, how);
    return account_broken(layer->account, "%s data %s (member %u)", name, how, layer->member);
}

static enum unpack_state broken_behind(struct layer *layer) {
    return account_broken(layer->account, "%s data is followed by something else",
                          layer->codec->name);
}

/* What the end of the input, in whatever way it came, is to the layer. */
static enum unpack_state at_end(struct layer *layer, enum unpack_state state) {
    if (state != UNPACK_END) return state;
    if (!layer->between) return broken(layer, "is truncated");
    return rest_of(layer).size ? broken_behind(layer) : UNPACK_END;
}

/* Whether the decoder can go on. */
enum need { NEEDS_NOTHING, NEEDS_INPUT, HAS_ENDED };

static void pass_over_zeros(struct layer *layer) {
    while (layer->in_at < layer->in_end && layer->in[layer->in_at] == 0) layer->in_at++;
}

static enum need look_for_member(struct layer *layer) {
    enum unpack_format format;
    if (layer->codec->padded) pass_over_zeros(layer);
    if (!sniff(rest_of(layer), format_bit(layer->format), &format)) return NEEDS_INPUT;
    if (format != layer->format) {
        end_with(layer, broken_behind(layer));
        return HAS_ENDED;
    }
    layer->between = false;
    layer->member++;
    return NEEDS_NOTHING;
}

static enum need look(struct layer *layer) {
    if (layer->between) return look_for_member(layer);
    return rest_of(layer).size || layer->full ? NEEDS_NOTHING : NEEDS_INPUT;
}

static enum unpack_state state_of(struct layer *layer, enum step step) {
    switch (step) {
    case STEP_CORRUPT:
        return broken(layer, "is corrupt");
    case STEP_WRONG_SUM:
        return broken(layer, "has a wrong checksum");
    case STEP_TOO_BIG:
        return broken(layer, "needs more memory than allowed (--max-memory)");
    case STEP_NO_MEMORY:
        errno = ENOMEM;
        return UNPACK_FAILED;
    default:
        return account_ratio(layer->account, layer->out);
    }
}

/* One step of the decoder; it moves the space on. */
static void step_on(struct layer *layer, char **bytes, size_t *size) {
    struct view rest = rest_of(layer);
    struct flow flow = {rest.at, rest.size, *bytes, *size};
    enum step step = layer->codec->decode(layer->decoder, &flow);
    layer->in_at = layer->in_end - flow.in_size;
    layer->out += *size - flow.out_size;
    layer->between = step == STEP_END;
    layer->full = step == STEP_ON && flow.out_size == 0;
    *bytes = flow.out;
    *size = flow.out_size;
    end_with(layer, state_of(layer, step));
}

/* Decode what is there; with nothing to decode, wait for it only when `patient`. How many bytes
 * came out; 0: `after` says why, BYTES that it would have to wait. */
static size_t decode(struct layer *layer, char *bytes, size_t size, bool patient) {
    size_t left = size;
    while (left && layer->after == UNPACK_BYTES) {
        enum need need = look(layer);
        if (need == NEEDS_NOTHING) step_on(layer, &bytes, &left);
        if (need != NEEDS_INPUT) continue;
        if (left < size || (!patient && supply_would_wait(layer->supply))) break;
        enum unpack_state state = refill(layer);
        if (state != UNPACK_BYTES) end_with(layer, at_end(layer, state));
    }
    return size - left;
}

static size_t take_head(struct layer *layer, char *bytes, size_t size) {
    size_t left = layer->head_end - layer->head_at;
    if (size > left) size = left;
    memcpy(bytes, layer->head + layer->head_at, size);
    layer->head_at += size;
    return size;
}

static enum unpack_state ending(const struct layer *layer) {
    errno = layer->error;
    return layer->after;
}

enum unpack_state layer_read(struct layer *layer, char *bytes, size_t size, size_t *ret_size) {
    size_t taken = *ret_size = take_head(layer, bytes, size);
    if (!taken && layer->after != UNPACK_BYTES) return ending(layer);
    if (!layer->codec)
        return taken ? UNPACK_BYTES : supply_read(layer->supply, bytes, size, ret_size);
    *ret_size += decode(layer, bytes + taken, size - taken, taken == 0);
    return *ret_size ? UNPACK_BYTES : ending(layer);
}

bool layer_would_wait(struct layer *layer) {
    if (layer->head_at < layer->head_end || layer->after != UNPACK_BYTES) return false;
    if (!layer->codec) return supply_would_wait(layer->supply);
    layer->head_at = 0;
    layer->head_end = decode(layer, layer->head, sizeof layer->head, false);
    return layer->head_end == 0 && layer->after == UNPACK_BYTES;
}

static enum unpack_state read_layer(void *from, char *bytes, size_t size, size_t *ret_size) {
    return layer_read(from, bytes, size, ret_size);
}

static bool ask_layer(void *from) {
    return layer_would_wait(from);
}

struct supply layer_supply(struct layer *layer) {
    return (struct supply){read_layer, ask_layer, layer};
}
