#ifndef INTAKE_H
#define INTAKE_H

#include "buffer.h"
#include "source.h"

/* Lines off standard input, as a daemon writes them: each is to be answered before the next comes.
 */
struct intake {
    struct source source;
    struct buffer bytes;
    size_t used; /* so many of them were given out */
    bool cut;    /* the line at hand is given out in parts */
    bool drains; /* the end is near, */
    size_t due;  /* but so many bytes were there when that was said, */
    int64_t by;  /* and it is reached by then, in milliseconds of a steady clock */
};

/* Longer lines are given out in parts of about this size. */
enum { INTAKE_MOST = 64 << 20 };

/* What comes next. */
enum intake_state {
    INTAKE_LINE,    /* a line, without its end */
    INTAKE_REST,    /* the last line, which has no end */
    INTAKE_PART,    /* a part of a very long line, the last with its end */
    INTAKE_STOPPED, /* a signal came, with which intake_begin was told to stop */
    INTAKE_END,
    INTAKE_FAILED /* errno says why */
};

/* `stop` as for a source */
void intake_begin(struct intake *intake, const volatile sig_atomic_t *stop);

void intake_free(struct intake *intake);

/* Wait for the next line; it lasts until the next call. */
enum intake_state intake_next(struct intake *intake, struct view *ret);

/* From now on signals do not matter, and the end is where nothing more comes for a moment: who is
 * to end too may have something to send still. Of one who goes on and on, what is there by now is
 * read, and what comes in the next three seconds, up to the end of a line. */
void intake_drain(struct intake *intake);

/* say whether the next line is here already */
bool intake_has_line(const struct intake *intake);

#endif
