#ifndef WRITER_H
#define WRITER_H

#include "annotate.h"
#include "hits.h"
#include "lines.h"

/* A writer turns what was judged into the output of a format. Zeroed memory and a format make one.
 */
struct writer {
    eg_format format;
    struct view name; /* of the stream */
    bool unnumbered;  /* the numbers of lines are not known */
    struct annotator annotator;
    struct lines lines;
    eg_watcher *watcher; /* NULL for none */
    void *context;       /* of the watcher */
    struct hits hits;    /* for it */
    struct buffer output;
};

void writer_free(struct writer *writer);

void writer_set_style(struct writer *writer, const eg_style *style);

/* another stream begins */
void writer_begin(struct writer *writer, const char *name);

/* forget the streams before */
void writer_forget(struct writer *writer);

/* Take lines in which nothing stands. True when they are the output as they stand, where they are
 * many and first: then nothing was written. */
bool writer_pass(struct writer *writer, struct view lines);

/* Take a piece and what was found in it, `hit_count` hits that count. */
void writer_piece(struct writer *writer, const struct piece *piece, const struct resolver *resolver,
                  size_t hit_count, const struct knowledge *knowledge);

/* Take an open piece up to `to`. */
void writer_settle(struct writer *writer, const struct piece *piece,
                   const struct resolver *resolver, size_t to);

#endif
