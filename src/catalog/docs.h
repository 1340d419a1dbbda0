#ifndef DOCS_H
#define DOCS_H

#include "catalog.h"

/* Where the codes of a family are documented: a catalog's head, the comments before its first row,
 * may say `# docs: https://host/page#{code}`. `{code}` and `{symbol}` stand for a row's, spelled as
 * a URL wants it (RFC 3986). */
enum { DOCS_MOST = 400 };

/* what the catalog says; empty when it says nothing */
struct view catalog_docs(const struct catalog *catalog);

/* Check a comment line: where it tells docs, they are a URL without other braces, blanks or
 * controls. */
bool docs_check(struct view line, struct view origin, size_t number, struct fault *fault);

/* The address for a row, in `room`; empty where there is none, or it is too long. */
struct view docs_of(const struct catalog *catalog, struct row row, char room[DOCS_MOST]);

#endif
