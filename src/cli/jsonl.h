#ifndef JSONL_H
#define JSONL_H

#include "pump.h"

/* Logs in which each line is a JSON object, as the command line says by --input: only what stands
 * in the strings of some members is annotated. */

/* The names of these members, divided by commas; NULL where the input is text. */
const char *jsonl_members(const struct options *options);

/* what keeps the options from going together; NULL where nothing does */
const char *jsonl_hindrance(const struct options *options);

/* Send what the inlet has begun through `pump->fields` to the outlet. A line that is longer than
 * JSONL_MOST is written as it is. */
enum { JSONL_MOST = 16 << 20 };
enum flow jsonl_pump(struct pump *pump);

#endif
