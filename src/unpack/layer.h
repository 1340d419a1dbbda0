#ifndef LAYER_H
#define LAYER_H

#include "account.h"
#include "codec.h"
#include "sniff.h"
#include "supply.h"

/* A layer looks at how its bytes begin, and decodes them where they are compressed. What is plain
 * or an archive goes through as it is. */
struct layer {
    struct supply supply;
    struct account *account;
    enum unpack_format format;
    const struct codec *codec; /* NULL: bytes go through */
    void *decoder;
    char head[SNIFF_MOST]; /* what comes next, before anything else */
    size_t head_at, head_end;
    char *in; /* what is to be decoded, of IN_SIZE */
    size_t in_at, in_end;
    bool full;    /* the decoder filled its space and may have more */
    bool between; /* members: what comes next begins one, or is none */
    unsigned member;
    uint64_t out;            /* bytes decoded */
    enum unpack_state after; /* what comes behind the head; BYTES while it goes on */
    int error;               /* errno of FAILED */
};

/* Begin a layer: wait for as many bytes as it takes to know which of the formats it has; PLAIN
 * where it ends before. What goes wrong is told when the layer is read. */
void layer_open(struct layer *layer, struct supply supply, unsigned accepted,
                struct account *account);

/* Free what the layer has; zeroed memory is a layer that has nothing. */
void layer_close(struct layer *layer);

/* as unpack_read; what is told behind the last bytes is told again and again */
enum unpack_state layer_read(struct layer *layer, char *bytes, size_t size, size_t *ret_size);

/* as unpack_would_wait */
bool layer_would_wait(struct layer *layer);

/* the layer as what another one gets its bytes from */
struct supply layer_supply(struct layer *layer);

#endif
