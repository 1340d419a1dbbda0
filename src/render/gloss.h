#ifndef GLOSS_H
#define GLOSS_H

#include "buffer.h"
#include "resolve.h"

/* A gloss is ` {SYMBOL: summary}`, ` {= what is missing there}` or ` {? what the bits say}`, of
 * several readings ` {SYMBOL: summary | family SYMBOL: summary}`, of
 * GLOSS_MOST bytes at most, without braces or control bytes inside. Text of the log that looks like
 * one is guarded: `!` is put behind its brace, and also where a `!` stands there already. So a
 * reader tells glosses from the log by the text alone. */
enum { GLOSS_MOST = 1024 };

enum gloss_look {
    GLOSS_NONE,  /* no gloss starts there */
    GLOSS_WHOLE, /* a gloss of `*ret_size` bytes */
    GLOSS_GUARD, /* ` {!`: a guard */
    GLOSS_OPEN   /* the text ends too early to tell */
};

/* Look at the text from `at` on, where a blank may start a gloss. A text that is not `open` ends
 * where it ends. */
enum gloss_look gloss_look_at(struct view text, size_t at, bool open, size_t *ret_size);

/* write the gloss of a hit */
void gloss_write(struct buffer *out, const struct hit *hit);

/* What the bits of an unknown code say, in `room`: `HRESULT failure, facility WindowsUpdate, code
 * 0x4FFF`. */
enum { STATUS_TEXT_MOST = 160 };
struct view status_text(const struct status *status, char room[STATUS_TEXT_MOST]);

#endif
