#include "piece.h"

struct piece piece_of_line(struct view line, size_t at) {
    struct view text = view_part(line, at, line.size);
    bool ends = text.size <= PIECE_MOST;
    if (!ends) text.size = PIECE_MOST;
    return (struct piece){.text = text,
                          .ending = VIEW(""),
                          .line = 1,
                          .at = at,
                          .from = at ? PIECE_MARGIN : 0,
                          .to = ends ? text.size : PIECE_STRIDE + PIECE_MARGIN,
                          .ends = ends};
}
