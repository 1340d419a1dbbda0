#include "outlet.h"

#include <errno.h>

#include "sink.h"

void outlet_begin(struct outlet *outlet, int descriptor, enum encoding encoding) {
    outlet->descriptor = descriptor;
    outlet->muted = false;
    outlet->encoder = (struct encoder){.encoding = encoding};
}

void outlet_free(struct outlet *outlet) {
    buffer_free(&outlet->encoded);
}

bool outlet_write_bytes(struct outlet *outlet, struct view bytes) {
    return outlet->muted || sink_write(outlet->descriptor, bytes.at, bytes.size);
}

bool outlet_write(struct outlet *outlet, eg_text text) {
    struct view bytes = view_of(text.at, text.size);
    if (outlet->encoder.encoding == ENCODING_BYTES) return outlet_write_bytes(outlet, bytes);
    buffer_clear(&outlet->encoded);
    encode(&outlet->encoder, bytes, &outlet->encoded);
    errno = ENOMEM;
    return !outlet->encoded.failed && outlet_write_bytes(outlet, buffer_view(&outlet->encoded));
}
