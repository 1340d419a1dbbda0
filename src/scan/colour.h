#ifndef COLOUR_H
#define COLOUR_H

#include "buffer.h"

/* Colours are the SGR sequences (`ESC [ ... m`) and the erasures (`ESC [ ... K`) that grep and
 * others send with them. Rules see a line without them; what they find is mapped back. */
struct uncoloured {
    struct buffer text;
    struct cut *cuts; /* where colours were taken out */
    size_t count, capacity;
    size_t unfinished; /* where the coloured text ends in the middle of a sequence, else its size */
};

void uncoloured_free(struct uncoloured *uncoloured);

/* say whether there is anything to take out */
bool has_colours(struct view text);

/* Take the colours out of the text. An `open` text may end in the middle of a sequence: what is
 * there of it is left out too. False when there is no memory. */
bool uncoloured_make(struct uncoloured *uncoloured, struct view text, bool open);

/* the offset in the coloured text of the byte at `offset` */
size_t coloured_start(const struct uncoloured *uncoloured, size_t offset);

/* the offset in the coloured text just behind the byte before `offset` */
size_t coloured_end(const struct uncoloured *uncoloured, size_t offset);

#endif
