#ifndef GENERATE_H
#define GENERATE_H

#include <stddef.h>
#include <stdint.h>

/* Input made of what logs, glosses, colours and hostile bytes are made of. The same seed gives the
 * same bytes. */
struct generator {
    uint64_t seed;
};

/* the next number below `limit` */
size_t generate_number(struct generator *generator, size_t limit);

/* fill `bytes` with `size` generated ones */
void generate_text(struct generator *generator, char *bytes, size_t size);

#endif
