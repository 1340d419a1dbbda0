#ifndef ANSWER_H
#define ANSWER_H

#include "number.h"
#include "shelf.h"
#include "status.h"

/* A panel: the catalogs that are asked for one reading of a code, the first first. */
struct panel {
    const struct catalog **catalogs;
    size_t count;
    bool hresult, ntstatus, win32; /* these families are among them */
    bool reserved;                 /* it counts only where a dialect speaks it */
    uint64_t dialects;             /* which speak one of its families, as a set by their ranks */
};

/* The panels of a rule, each for another reading, the likeliest first. */
struct panels {
    struct panel *at;
    size_t count;
};

/* What a code turned out to be. */
enum finding {
    FOUND_NOTHING, /* no catalog knows it and its bits say nothing */
    FOUND_EXACT,   /* a catalog of the panel knows it */
    FOUND_CARRIED, /* the code that it carries within is known */
    FOUND_BITS     /* nobody knows it, its bits tell severity and facility */
};

/* Rows of a catalog; none where `catalog` is NULL. */
struct found {
    const struct catalog *catalog;
    struct rows rows;
};

struct answer {
    enum finding finding;
    struct found exact, carried;
    size_t row;           /* of the catalog that answers: what is shown */
    struct status status; /* for FOUND_BITS */
    uint64_t value;       /* of the code as its family writes it; two's complement */
};

/* Ask the panel for a code, spelled `text`, which is `number` where it is one (else NULL): its
 * catalogs in their order for the exact code, then the catalogs of the code carried within. */
struct answer answer_code(const struct panel *panel, const struct shelf *shelf, struct view text,
                          const struct number *number);

/* a symbol as its catalog writes it: Samba puts NT_ before the names of NTSTATUS */
struct view plain_symbol(struct view symbol);

/* Ask the panel for a symbol. */
struct answer answer_symbol(const struct panel *panel, struct view symbol);

/* say whether the code, spelled `text`, reports that all is well */
bool answer_is_success(const struct answer *answer, struct view text);

/* the catalog whose row is shown; NULL when none answers */
const struct catalog *answer_catalog(const struct answer *answer);

/* the row that is shown; only where a catalog answers */
struct row answer_row(const struct answer *answer);

/* Show the row of that symbol when it is one of the code's; false when it is not. */
bool answer_choose(struct answer *answer, struct view symbol);

/* find the rows of a number in a catalog, whichever way the number was printed */
struct found find_number(const struct catalog *catalog, struct number number);

/* The catalogs that explain what `value` carries within, most likely first: at most CARRIERS. */
enum { CARRIERS = 5 };
size_t carried_catalogs(const struct shelf *shelf, uint32_t value, uint32_t *ret_inner,
                        const struct catalog *ret[CARRIERS]);

#endif
