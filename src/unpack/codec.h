#ifndef CODEC_H
#define CODEC_H

#include "unpack.h"

/* Bytes that go in and space for those that come out; a step moves both on. */
struct flow {
    const char *in;
    size_t in_size;
    char *out;
    size_t out_size;
};

static inline void flow_move(struct flow *flow, size_t taken, size_t put) {
    flow->in += taken;
    flow->in_size -= taken;
    flow->out += put;
    flow->out_size -= put;
}

/* What a step came to. */
enum step {
    STEP_ON,  /* more can come: it wants input or space */
    STEP_END, /* of a member: a decoder is ready for the next one, a packer is done */
    STEP_CORRUPT,
    STEP_WRONG_SUM, /* the text came out and is not what went in */
    STEP_TOO_BIG,   /* it needs more memory than it may have */
    STEP_NO_MEMORY
};

/* A format of single streams. Decoding takes all the input unless the space is full or a member
 * ends, and brings out all that can be; packing likewise, and finishes when `last` is set. */
struct codec {
    enum unpack_format format;
    const char *name;
    bool padded; /* zeros may stand between and behind its members */
    void *(*open)(uint64_t max_memory);
    enum step (*decode)(void *state, struct flow *flow);
    void (*close)(void *state);
    void *(*pack_open)(void);
    enum step (*pack)(void *state, struct flow *flow, bool last);
    void (*pack_close)(void *state);
};

/* The space that a packer needs in order to come on. */
enum { PACK_ROOM = 256 << 10 };

/* the codec of a format; NULL where it is no compression of single streams */
const struct codec *codec_of(enum unpack_format format);

extern const struct codec gzip_codec, bzip2_codec, xz_codec, zstd_codec, lz4_codec;

#endif
