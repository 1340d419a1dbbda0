#include "outlet.h"

#include <errno.h>

#include "sink.h"

void outlet_begin(struct outlet *outlet, int descriptor) {
    pack_free(outlet->pack);
    *outlet = (struct outlet){
        .descriptor = descriptor, .encoded = outlet->encoded, .packed = outlet->packed};
}

bool outlet_deliver(struct outlet *outlet, struct delivery *delivery, enum unpack_format format) {
    outlet_begin(outlet, -1);
    outlet->delivery = delivery;
    outlet->pack = format == UNPACK_PLAIN ? NULL : pack_new(format);
    return outlet->pack || format == UNPACK_PLAIN;
}

void outlet_encode(struct outlet *outlet, enum encoding encoding) {
    outlet->encoder = (struct encoder){.encoding = encoding};
}

void outlet_free(struct outlet *outlet) {
    pack_free(outlet->pack);
    buffer_free(&outlet->encoded);
    buffer_free(&outlet->packed);
}

static bool put(struct outlet *outlet, struct view bytes) {
    bool fine = !outlet->failed;
    if (fine && outlet->delivery)
        fine = delivery_write(outlet->delivery, bytes.at, bytes.size);
    else if (fine)
        fine = sink_write(outlet->descriptor, bytes.at, bytes.size);
    outlet->failed = !fine;
    return fine;
}

/* Write what the packer has ready, when it is `fine`. */
static bool put_packed(struct outlet *outlet, bool fine) {
    if (!fine || outlet->packed.failed) errno = ENOMEM;
    return fine && !outlet->packed.failed && put(outlet, buffer_view(&outlet->packed));
}

bool outlet_write_bytes(struct outlet *outlet, struct view bytes) {
    if (outlet->muted) return true;
    if (!outlet->pack) return put(outlet, bytes);
    buffer_clear(&outlet->packed);
    return put_packed(outlet, pack_write(outlet->pack, bytes, &outlet->packed));
}

bool outlet_write(struct outlet *outlet, eg_text text) {
    struct view bytes = view_of(text.at, text.size);
    if (outlet->encoder.encoding == ENCODING_BYTES) return outlet_write_bytes(outlet, bytes);
    buffer_clear(&outlet->encoded);
    encode(&outlet->encoder, bytes, &outlet->encoded);
    errno = ENOMEM;
    return !outlet->encoded.failed && outlet_write_bytes(outlet, buffer_view(&outlet->encoded));
}

bool outlet_end(struct outlet *outlet) {
    if (!outlet->pack) return true;
    buffer_clear(&outlet->packed);
    return put_packed(outlet, pack_end(outlet->pack, &outlet->packed));
}
