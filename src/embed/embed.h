#ifndef EMBED_H
#define EMBED_H

#include "view.h"

/* A file of `data/` or `patterns/` as it was when the program was built. */
struct embedded {
    const char *origin; /* "builtin:windows/win32.tsv" */
    struct view text;
};

/* how many there are */
size_t embedded_count(void);

/* the file at `index`, in the order of their names: catalogs first, then rules */
struct embedded embedded_file(size_t index);

#endif
