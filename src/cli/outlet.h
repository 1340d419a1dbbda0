#ifndef OUTLET_H
#define OUTLET_H

#include "encoding.h"
#include "errgloss.h"

/* Where the output of a filter goes, in the encoding of its input. */
struct outlet {
    int descriptor;
    bool muted; /* nothing is written */
    struct encoder encoder;
    struct buffer encoded;
};

/* Begin a stream that goes to a descriptor. */
void outlet_begin(struct outlet *outlet, int descriptor, enum encoding encoding);

void outlet_free(struct outlet *outlet);

/* Write what a filter gave. False when that fails; errno says why. */
bool outlet_write(struct outlet *outlet, eg_text text);

/* Write bytes as they stand: what is no text, as a byte order mark. */
bool outlet_write_bytes(struct outlet *outlet, struct view bytes);

#endif
