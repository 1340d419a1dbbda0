#ifndef REPLACE_H
#define REPLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Give a file new content, all or nothing: written beside it, synced, then renamed over it. An
 * existing file keeps its permissions. False when that fails; errno says why, the file is as it
 * was. */
bool replace_file(const char *path, const char *bytes, size_t size);

#endif
