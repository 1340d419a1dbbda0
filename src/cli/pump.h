#ifndef PUMP_H
#define PUMP_H

#include "census.h"
#include "fields.h"
#include "inlet.h"
#include "options.h"
#include "outlet.h"
#include "progress.h"
#include "range.h"

/* What is pumped through, and how. */
struct pump {
    eg_filter *filter;
    const eg_glossary *glossary; /* of the filter; NULL without */
    eg_format format;
    const struct options *options;
    eg_style style;
    struct range range;
    struct inlet inlet;          /* of the stream at hand */
    const struct source *source; /* from which it comes, unpacked or not */
    struct outlet outlet;
    const char *name; /* of the stream; NULL for standard input */
    const char *path; /* what messages call it */
    struct progress progress;
    struct fields *fields; /* in place of the filter, for JSON lines; else NULL */
    struct census *census; /* of what is found; NULL where nobody wants to know */
    eg_stats others;       /* what went through other filters than this one */
    eg_stats skipped;      /* what went through this one and was not wanted */
};

/* How the pumping stands. */
enum flow {
    FLOW_ON,      /* go on */
    FLOW_TROUBLE, /* an input failed: go on with the next */
    FLOW_BROKEN   /* the output failed, or memory: stop */
};

/* Go through all files that are wanted (standard input where none is named). Returns the program's
 * exit status; a file that cannot be read is told and passed over. */
int pump_all(struct pump *pump);

/* Send what the inlet has begun through the filter to the outlet: the lines of the range, which
 * begins and ends with lines. */
enum flow pump_stream(struct pump *pump, struct range range);

/* Send the lines of the range of a plain source through filters of several threads, or of one that
 * has not gone through the lines before. False where that cannot be done; `guess` is how the
 * source begins. */
bool pump_shared(struct pump *pump, struct guess guess, struct range range, enum flow *ret_flow);

/* the encoding that the command line demands; NULL where it is to be found out */
const enum encoding *pump_encoding(const struct pump *pump);

/* what is not what the filter writes, as a byte order mark, is written where text is */
enum flow pump_bytes(struct pump *pump, struct view bytes);

/* tell how far the source is, where somebody wants to know */
void pump_tell_progress(struct pump *pump);

/* what was counted in all that was wanted */
eg_stats pump_stats(const struct pump *pump);

/* Say whether the inlet brought bytes; where not, complain if there is reason, and say how it goes
 * on. */
bool pump_goes_on(struct pump *pump, enum unpack_state state, enum flow *ret_flow);

/* complain, and say how it goes on */
enum flow pump_cannot_read(struct pump *pump);
enum flow pump_cannot_write(struct pump *pump);
enum flow pump_out_of_memory(struct pump *pump);

#endif
