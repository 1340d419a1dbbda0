#include "pack.h"

#include <stdlib.h>

#include "codec.h"

struct pack {
    const struct codec *codec;
    void *state;
};

struct pack *pack_new(enum unpack_format format) {
    struct pack *pack = calloc(1, sizeof *pack);
    if (!pack) return NULL;
    pack->codec = codec_of(format);
    if (pack->codec) pack->state = pack->codec->pack_open();
    if (pack->state) return pack;
    free(pack);
    return NULL;
}

void pack_free(struct pack *pack) {
    if (!pack) return;
    pack->codec->pack_close(pack->state);
    free(pack);
}

/* Let the packer go on until it has nothing more to give. */
static bool run(struct pack *pack, struct view bytes, struct buffer *out, bool last) {
    struct flow flow = {.in = bytes.at, .in_size = bytes.size};
    enum step step;
    do {
        if (!buffer_reserve(out, PACK_ROOM)) return false;
        flow.out = out->at + out->size;
        flow.out_size = out->capacity - out->size;
        step = pack->codec->pack(pack->state, &flow, last);
        out->size = (size_t)(flow.out - out->at);
    } while (step == STEP_ON && (last || flow.in_size));
    return step == STEP_ON || step == STEP_END;
}

bool pack_write(struct pack *pack, struct view bytes, struct buffer *out) {
    return !bytes.size || run(pack, bytes, out, false);
}

bool pack_end(struct pack *pack, struct buffer *out) {
    return run(pack, VIEW(""), out, true);
}
