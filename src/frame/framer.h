#ifndef FRAMER_H
#define FRAMER_H

#include "piece.h"

/* The framer keeps the bytes that have been read and cuts them into pieces. Its memory is of a
 * fixed size, however long a line is. */
struct framer {
    char *base;
    size_t capacity;
    size_t start, end; /* the bytes in hand: from the piece that is next to the last one read */
    size_t searched;   /* no line end stands before this offset, from `start` on */
    size_t settled;    /* bytes of the next piece that have been answered for */
    uint64_t line, at; /* where the next piece stands */
    bool ended;        /* no byte follows */
};

/* make an empty framer; false when there is no memory */
bool framer_init(struct framer *framer);

void framer_free(struct framer *framer);

/* forget everything and begin with line 1 */
void framer_restart(struct framer *framer);

/* Room for bytes to come, PIECE_MOST at least when all pieces have been taken; ends the views of
 * all pieces. */
char *framer_space(struct framer *framer, size_t *ret_size);

/* take the first `size` bytes of that room as read */
void framer_commit(struct framer *framer, size_t size);

/* no byte follows: what is left is the last line */
void framer_end(struct framer *framer);

/* The whole lines in hand, their line ends included; nothing in the middle of one. */
struct view framer_lines(const struct framer *framer);

/* let go of the first `size` bytes of them, which are lines */
void framer_pass(struct framer *framer, size_t size);

/* Cut the next piece off; false when bytes are missing. Its views last until framer_space. */
bool framer_next(struct framer *framer, struct piece *ret);

/* What is there of a line whose rest is not here yet, as an open piece; false when nothing is. */
bool framer_peek(const struct framer *framer, struct piece *ret);

/* all bytes in hand, for a reader that knows no lines */
struct view framer_hand(const struct framer *framer);

/* let go of the first `size` bytes in hand */
void framer_drop(struct framer *framer, size_t size);

/* the open piece has been answered for up to the offset `to` of its text */
void framer_settle(struct framer *framer, size_t to);

#endif
