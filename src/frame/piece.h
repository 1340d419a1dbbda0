#ifndef PIECE_H
#define PIECE_H

#include "view.h"

/* Lines of up to PIECE_MOST bytes are judged whole. A longer one is judged in pieces of that size,
 * which start every PIECE_STRIDE bytes of it and answer for the middle of what they see: each
 * decision knows PIECE_MARGIN bytes at least on both sides, and none depends on how the bytes
 * arrived. */
enum { PIECE_MOST = 65536, PIECE_STRIDE = 61440, PIECE_MARGIN = 2048 };

/* A line, or a piece of one, to be judged. */
struct piece {
    struct view text;   /* without the line's end */
    struct view ending; /* "\n", "\r\n" or nothing; behind the text, when the line ends there */
    uint64_t line;      /* number of the line, from 1 */
    uint64_t at;        /* offset of the text within its line */
    size_t from, to;    /* the bytes of the text that this piece answers for */
    bool ends;          /* the line ends where the text does */
    bool open;          /* the rest of the line is not here yet; the piece will be judged again */
};

/* the piece of a line in memory that starts `at` bytes into it: 0, and on by PIECE_STRIDE until one
 * ends */
struct piece piece_of_line(struct view line, size_t at);

#endif
