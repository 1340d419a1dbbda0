#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "buffer.h"
#include "gate.h"
#include "piece.h"
#include "ruleset.h"
#include "testimony.h"

/* Evidence is what a line, and the stream before it, tell of the program that wrote it: its
 * dialect. A stream tells by the lines that began in its first EVIDENCE_HEAD bytes, a line by its
 * first EVIDENCE_LINE bytes, up to the code: so it never depends on how bytes arrived, and bytes to
 * come never change it. */
enum { EVIDENCE_HEAD = 65536, EVIDENCE_LINE = 512 };

/* Who says what the dialect is. */
enum witness {
    WITNESS_NONE,
    WITNESS_USER,
    WITNESS_LINE,  /* the line itself, before the code */
    WITNESS_STREAM /* most of the lines before it */
};

struct verdict {
    size_t dialect; /* its rank among the dialects; NO_DIALECT for none */
    enum witness witness;
};

/* One thread's, for the stream at hand. */
struct evidence {
    const struct ruleset *rules;
    struct matcher *matcher;
    struct sweep sweep;   /* of the gate of the dialects, where there is one */
    struct places places; /* of the line at hand, once `swept` */
    bool swept;
    bool failed;              /* memory ran out */
    size_t forced;            /* a dialect that holds for all lines; else NO_DIALECT */
    struct testimony own;     /* of the stream, where nobody tells programs apart */
    struct programs programs; /* and where somebody does */
    struct testimony *heard;  /* the one to which the line at hand belongs */
    struct view line;         /* the line at hand, or its start */
    struct buffer start;      /* of a line that comes in pieces */
    size_t asked;             /* how much of it the last verdict looked at */
    size_t spoken;            /* and the dialect that was seen there */
};

/* Make the gate of the dialects, through which their regexes are asked; false when there is no
 * memory. */
bool evidence_gate(struct gate *gate, const struct ruleset *rules, enum starts_build build);

/* Make an empty one, which is not to be moved; without a gate (NULL) every dialect is asked of
 * every line. False when there is no memory. */
bool evidence_init(struct evidence *evidence, const struct ruleset *rules, const struct gate *gate);

void evidence_free(struct evidence *evidence);

/* a stream begins: forget the last one */
void evidence_begin(struct evidence *evidence);

/* The lines to come are of that program, one of those whose lines come mixed in this stream: only
 * its own lines before count for them, as if they were a stream. For an empty name none does. False
 * when there is no memory. */
bool evidence_turn_to(struct evidence *evidence, struct view program);

/* Look at a piece of the line at hand; `text` is what it says without colours and must last until
 * the next look. False when there is no memory. */
bool evidence_look(struct evidence *evidence, const struct piece *piece, struct view text);

/* the dialect for a code that stands at offset `start` of the piece at hand */
struct verdict evidence_judge(struct evidence *evidence, const struct piece *piece, size_t start);

/* Pass over `size` bytes of lines that nobody looked at: none of them is a header, and none began
 * in the head of the stream. */
void evidence_pass(struct evidence *evidence, size_t size);

/* say whether the stream's head is behind */
bool evidence_is_past_head(const struct evidence *evidence);

/* Begin behind the head of a stream that another has gone through, and through the header lines
 * before the line that is next. */
void evidence_follow(struct evidence *evidence, const struct evidence *head);

/* say whether lines may be passed over: the stream's head is behind, and no columns are known */
bool evidence_may_pass(const struct evidence *evidence);

/* The line that ends with this piece counts for those to come. False when there is no memory. */
bool evidence_close(struct evidence *evidence, const struct piece *piece);

#endif
