#ifndef SINK_H
#define SINK_H

#include <stdbool.h>
#include <stddef.h>

/* Write all the bytes to a descriptor, through short writes, signals and full pipes that do not
 * block. False when that fails; errno says why. */
bool sink_write(int descriptor, const char *bytes, size_t size);

/* The same, and say how many bytes were written: all, or as many as went before it failed. */
size_t sink_write_most(int descriptor, const char *bytes, size_t size);

#endif
