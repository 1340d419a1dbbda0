#ifndef BESIDE_H
#define BESIDE_H

#include "number.h"

/* What stands beside a code in its line. A text that is `open` goes on; a question whose answer the
 * bytes to come could change marks `ran_out`. */
struct beside {
    struct view text;
    bool open;
    bool ran_out;
};

/* Find another spelling of the number just behind offset `end`: `13883 (0x363B)`, `5 = 0x5`. False
 * when none stands there; else its place and value. */
bool beside_spelling(struct beside *beside, size_t end, struct number number, struct view spelled,
                     size_t *ret_start, size_t *ret_end, struct number *ret);

/* Where the pair ends: behind a bracket that closes at `end` what was opened between its numbers,
 * or just before the first of them; else `end`. */
size_t beside_close(struct beside *beside, size_t first, size_t second, size_t end);

/* The word just before offset `start`, some ` (:=-[,"'` between; empty when none. */
struct view beside_before(const struct beside *beside, size_t start);

/* The word just behind offset `end`, and where it ends, a closing bracket included. */
struct view beside_behind(struct beside *beside, size_t end, size_t *ret_end);

#endif
