#ifndef OUTLET_H
#define OUTLET_H

#include "deliver.h"
#include "encoding.h"
#include "errgloss.h"
#include "pack.h"

/* Where the output of a filter goes, in the encoding of its input, and packed alike where it goes
 * to a file. Zeroed memory goes to standard input: begin it. */
struct outlet {
    int descriptor;            /* where there is no delivery */
    struct delivery *delivery; /* NULL for none */
    struct pack *pack;         /* NULL where it is not packed */
    bool muted;                /* nothing is written */
    bool failed;               /* something could not be: nothing is written any more */
    struct encoder encoder;
    struct buffer encoded, packed;
};

/* Begin a stream that goes to a descriptor, or into a delivery in that format. False when there is
 * no memory. */
void outlet_begin(struct outlet *outlet, int descriptor);
bool outlet_deliver(struct outlet *outlet, struct delivery *delivery, enum unpack_format format);

/* write text in this encoding from here on */
void outlet_encode(struct outlet *outlet, enum encoding encoding);

/* What a packed stream has at its end is written. False when that fails, errno or the delivery says
 * why. */
bool outlet_end(struct outlet *outlet);

void outlet_free(struct outlet *outlet);

/* Write what a filter gave. False when that fails; errno or the delivery says why. */
bool outlet_write(struct outlet *outlet, eg_text text);

/* Write bytes as they stand: what is no text, as a byte order mark. */
bool outlet_write_bytes(struct outlet *outlet, struct view bytes);

#endif
