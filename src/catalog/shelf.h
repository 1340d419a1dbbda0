#ifndef SHELF_H
#define SHELF_H

#include "catalog.h"

/* The shelf holds the catalogs, one for each family, in the order of their names. */
struct shelf {
    struct catalog **catalogs;
    size_t count;
    size_t capacity;
};

/* free the catalogs and the shelf */
void shelf_free(struct shelf *shelf);

/* Put a catalog made of `text` on the shelf, in the place of an earlier one of that family.
 * `origin` names the file; both texts must outlive the shelf. False and the fault when the family
 * has no name or memory ran out. */
bool shelf_put(struct shelf *shelf, struct view origin, struct view text, struct fault *fault);

/* the catalog of the family; NULL where there is none */
const struct catalog *shelf_find(const struct shelf *shelf, struct view family);

#endif
