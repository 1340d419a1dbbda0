#ifndef SHELF_H
#define SHELF_H

#include "catalog.h"
#include "explanation.h"

/* A text that stands beside the catalog of its family. */
struct companion {
    struct view family;
    struct view origin;
    struct view text;
};

/* Of several of one family the latest counts. */
struct companions {
    struct companion *at;
    size_t count, capacity;
};

/* The shelf holds the catalogs, one for each family, in the order of their names, what explains
 * their codes at length, and as which codes of other families they are passed on. */
struct shelf {
    struct catalog **catalogs;
    size_t count, capacity;
    struct companions commentaries; /* `.explain` files */
    struct companions mappings;     /* `.mapping` files */
};

/* free the catalogs and the shelf */
void shelf_free(struct shelf *shelf);

/* Put a catalog made of `text` on the shelf, in the place of an earlier one of that family.
 * `origin` names the file; both texts must outlive the shelf. False and the fault when the family
 * has no name or memory ran out. */
bool shelf_put(struct shelf *shelf, struct view origin, struct view text, struct fault *fault);

/* Put the text of an `.explain` or `.mapping` file among its like; both texts must outlive the
 * shelf. False when memory ran out. */
bool companions_add(struct companions *companions, struct view origin, struct view text);

/* the companion of the family; NULL where there is none */
const struct companion *companions_find(const struct companions *companions, struct view family);

/* Find the explanation of a row's code; false where there is none. */
bool shelf_explain(const struct shelf *shelf, const struct catalog *catalog, size_t row,
                   struct explanation *ret);

/* Check a commentary: every entry, that its code and the related ones exist. */
bool shelf_check_commentary(const struct shelf *shelf, const struct companion *commentary,
                            struct fault *fault);

/* A mapping says as which code of another family a code is passed on: its rows are `code TAB
 * FAMILY:CODE`, comments and blank lines as in a catalog. Find the `index`-th row of another family
 * that a row is passed on as, or comes from; false behind the last. */
bool shelf_mapped(const struct shelf *shelf, const struct catalog *catalog, size_t row,
                  size_t index, const struct catalog **ret_catalog, size_t *ret_row);

/* check that both codes of every row of a mapping exist */
bool shelf_check_mapping(const struct shelf *shelf, const struct companion *mapping,
                         struct fault *fault);

/* the catalog of the family; NULL where there is none */
const struct catalog *shelf_find(const struct shelf *shelf, struct view family);

/* The catalog that `FAMILY:CODE` names, `own` where no family is said; *code becomes the code. */
const struct catalog *shelf_find_said(const struct shelf *shelf, const struct catalog *own,
                                      struct view *code);

#endif
