#ifndef GLOSS_H
#define GLOSS_H

#include "buffer.h"
#include "resolve.h"

/* A gloss is ` {SYMBOL: summary}`, ` {= what is missing there}` or ` {? what the bits say}`, of
 * several readings ` {SYMBOL: summary | family SYMBOL: summary}`, of
 * GLOSS_MOST bytes at most, without braces or control bytes inside, but for GLOSS_COLOUR,
 * GLOSS_PLAIN and links (OSC 8, gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). Text
 * of the log that looks like one is guarded: `!` is put behind its brace, and also where a `!`
 * stands there already. So a reader tells glosses from the log by the text alone. */
enum { GLOSS_MOST = 1024 };

/* How our colour begins and ends: it leaves alone what the log has switched on but for a colour. */
#define GLOSS_COLOUR "\033[36m"
#define GLOSS_PLAIN "\033[39m"

enum gloss_look {
    GLOSS_NONE,  /* no gloss starts there */
    GLOSS_WHOLE, /* a gloss of `*ret_size` bytes */
    GLOSS_GUARD, /* ` {!`: a guard */
    GLOSS_OPEN   /* the text ends too early to tell */
};

/* Look at the text from `at` on, where a blank may start a gloss. A text that is not `open` ends
 * where it ends. */
enum gloss_look gloss_look_at(struct view text, size_t at, bool open, size_t *ret_size);

/* How a gloss is written. All zero is the whole of it, plainly. What of colour, link and code has
 * no room is left out. */
struct gloss_style {
    size_t summary_most; /* so many characters of a summary, then an ellipsis; 0 for all */
    bool brief;          /* the symbol alone, where there is one */
    bool coloured;
    bool linked;    /* the symbol leads to where its family is documented */
    bool with_code; /* the code stands behind the summary, for a gloss that does not stand by it */
};

/* write the gloss of a hit */
void gloss_write(struct buffer *out, const struct hit *hit, const struct gloss_style *style);

/* say whether a hit has a symbol that does not stand there */
bool gloss_has_symbol(const struct hit *hit);

/* What the bits of an unknown code say, in `room`: `HRESULT failure, facility WindowsUpdate, code
 * 0x4FFF`. */
enum { STATUS_TEXT_MOST = 160 };
struct view status_text(const struct status *status, char room[STATUS_TEXT_MOST]);

#endif
