#ifndef ALPHABET_H
#define ALPHABET_H

#include "ways.h"

/* Bytes that no regex tells apart are one class. */
struct alphabet {
    unsigned char classes[256]; /* of each byte */
    unsigned char samples[256]; /* a byte of each class */
    size_t count;               /* of classes */
};

void alphabet_init(struct alphabet *alphabet, const struct ways *ways);

#endif
