#ifndef SHELF_H
#define SHELF_H

#include "catalog.h"
#include "explanation.h"

/* The explanations of a family: the text of a file. */
struct commentary {
    struct view family;
    struct view origin;
    struct view text;
};

/* The shelf holds the catalogs, one for each family, in the order of their names, and what explains
 * their codes at length. */
struct shelf {
    struct catalog **catalogs;
    size_t count, capacity;
    struct commentary *commentaries; /* the latest of a family wins */
    size_t commentary_count, commentary_capacity;
};

/* free the catalogs and the shelf */
void shelf_free(struct shelf *shelf);

/* Put a catalog made of `text` on the shelf, in the place of an earlier one of that family.
 * `origin` names the file; both texts must outlive the shelf. False and the fault when the family
 * has no name or memory ran out. */
bool shelf_put(struct shelf *shelf, struct view origin, struct view text, struct fault *fault);

/* put the text of an `.explain` file on the shelf; false when memory ran out */
bool shelf_comment(struct shelf *shelf, struct view origin, struct view text);

/* Find the explanation of a row's code; false where there is none. */
bool shelf_explain(const struct shelf *shelf, const struct catalog *catalog, size_t row,
                   struct explanation *ret);

/* Check a commentary: every entry, that its code and the related ones exist. */
bool shelf_check_commentary(const struct shelf *shelf, const struct commentary *commentary,
                            struct fault *fault);

/* the catalog of the family; NULL where there is none */
const struct catalog *shelf_find(const struct shelf *shelf, struct view family);

#endif
