#ifndef PUMP_H
#define PUMP_H

#include "inlet.h"
#include "options.h"
#include "outlet.h"
#include "range.h"

/* What is pumped through, and how. */
struct pump {
    eg_filter *filter;
    const eg_glossary *glossary; /* of the filter; NULL without */
    eg_format format;
    const struct options *options;
    eg_style style;
    struct range range;
    struct inlet inlet; /* of the stream at hand */
    struct outlet outlet;
    const char *name; /* of the stream; NULL for standard input */
    const char *path; /* what messages call it */
    eg_stats others;  /* what went through other filters than this one */
    eg_stats skipped; /* what went through this one and was not wanted */
};

/* How the pumping stands. */
enum flow {
    FLOW_ON,      /* go on */
    FLOW_TROUBLE, /* an input failed: go on with the next */
    FLOW_BROKEN   /* the output failed, or memory: stop */
};

/* Send every operand (standard input without one) through the filter to standard output, large
 * files by several threads. Returns the program's exit status; a file that cannot be read is told
 * and passed over. */
int pump_all(struct pump *pump);

/* Send a source through the filter from its begin on, and write the lines of the range, which
 * begins and ends with lines. */
enum flow pump_source(struct pump *pump, const struct source *source, struct range range);

/* Send the lines of the range through filters of several threads, or of one that has not gone
 * through the lines before. False where that cannot be done; `guess` is how the source begins. */
bool pump_shared(struct pump *pump, const struct source *source, struct guess guess,
                 struct range range, enum flow *ret_flow);

/* the encoding that the command line demands; NULL where it is to be found out */
const enum encoding *pump_encoding(const struct pump *pump);

/* what is not what the filter writes, as a byte order mark, is written where text is */
enum flow pump_bytes(struct pump *pump, struct view bytes);

/* what was counted in all that was wanted */
eg_stats pump_stats(const struct pump *pump);

/* complain, and say how it goes on */
enum flow pump_cannot_read(const struct pump *pump);
enum flow pump_cannot_write(void);
enum flow pump_out_of_memory(void);

#endif
