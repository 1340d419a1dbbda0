#ifndef ANNOTATE_H
#define ANNOTATE_H

#include "told.h"

/* Where the glosses of a line stand. */
enum gloss_place {
    GLOSS_INLINE, /* each beside its code */
    GLOSS_END,    /* behind the line's text, each with its code in it */
    GLOSS_BELOW   /* each on a line of its own below, BELOW_INDENT blanks before it; behind a last
                     line that does not end they stand as at the end */
};

enum { BELOW_INDENT = 4 };

/* Of the glosses that stand behind a line so many bytes are written, whole ones. */
enum { NOTES_MOST = 64 << 10 };

/* Writes lines with their glosses; one thread's. Zeroed memory writes them beside their codes. */
struct annotator {
    enum gloss_place place;
    struct gloss_style style;
    bool once;           /* what was told before is told by its symbol alone */
    struct told told;    /* what that is */
    struct buffer notes; /* glosses of the line at hand that stand behind it */
};

void annotator_free(struct annotator *annotator);

/* another stream begins */
void annotator_begin(struct annotator *annotator);

/* what was told before is told again */
void annotator_forget(struct annotator *annotator);

/* Write the bytes [piece->from, to) of a piece with the glosses that belong there, guards where the
 * text looks like a gloss; and the line's end where it ends there. */
void annotate(struct annotator *annotator, struct buffer *out, const struct piece *piece,
              const struct hit *hits, size_t count, size_t to);

/* where the first guard would stand of which an open piece does not tell; its size when none does
 */
size_t annotate_undecided(const struct piece *piece);

#endif
