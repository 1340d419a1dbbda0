#ifndef CATALOG_H
#define CATALOG_H

#include <stdatomic.h>

#include "fault.h"
#include "row.h"
#include "view.h"

/* A catalog explains the codes of one family. It looks at its text, which must outlive it; the
 * indexes are made when the first code or symbol is asked for, by whichever thread asks, and never
 * change. */
struct catalog {
    struct view family; /* "win32" */
    struct view origin; /* "builtin:windows/win32.tsv" or the path of a file */
    struct view text;
    _Atomic(struct catalog_index *) index;
    _Atomic(struct symbol_index *) symbols;
};

/* The rows of one code, in the order of the file: the customary symbol first. */
struct rows {
    size_t first;
    size_t count;
};

/* the family that a file name stands for: "data/windows/win32.tsv" and "win32.explain" give "win32"
 */
struct view catalog_family_of(struct view path);

/* Say whether a code is a number, and which. "08001" and "00" are text: as numbers they would lose
 * their zeros. */
bool code_is_number(struct view code, uint64_t *ret);

/* Check every row: its form, that its code is a number when the first one is, and that no (code,
 * symbol) stands twice. */
bool catalog_check(const struct catalog *catalog, struct fault *fault);

/* free what the catalog made of its text */
void catalog_free(struct catalog *catalog);

/* how many rows there are */
size_t catalog_size(const struct catalog *catalog);

/* say whether the codes are text ("08001", "5.1.1", "04/01"), not numbers: the first one tells */
bool catalog_is_textual(const struct catalog *catalog);

/* say whether some code of a textual catalog begins with a letter in the log too: the class X of a
 * wildcard stands for digits */
bool catalog_is_lettered(const struct catalog *catalog);

/* the rows whose code is the number `value` (a negative one in two's complement) */
struct rows catalog_find_number(const struct catalog *catalog, uint64_t value);

/* The rows whose code is the text `key`; where there are none, those of the wildcard that has an
 * `X` for the first character ("5.7.9" is answered by "X.7.9"). */
struct rows catalog_find_text(const struct catalog *catalog, struct view key);

/* the rows of a code as a file of this family spells it, number or text */
struct rows catalog_find_code(const struct catalog *catalog, struct view code);

/* Find the row of a symbol, as it is written; the first where several codes share it. */
bool catalog_find_symbol(const struct catalog *catalog, struct view symbol, size_t *ret_row);

/* free what catalog_find_symbol made; catalog_free does it */
void symbols_free(struct catalog *catalog);

/* The row `at` (rows are counted in the order of their codes). Without a summary of its own
 * it inherits that of another symbol of the same code. */
struct row catalog_row(const struct catalog *catalog, size_t at);

/* the symbol of the row at `at`; empty where it has none */
struct view catalog_symbol(const struct catalog *catalog, size_t at);

/* the value of that row's code, 0 in a textual catalog */
uint64_t catalog_value(const struct catalog *catalog, size_t at);

#endif
