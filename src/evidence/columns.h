#ifndef COLUMNS_H
#define COLUMNS_H

#include "buffer.h"

/* The columns that a header line `#Fields: date time sc-status ...` names for the lines behind it
 * (W3C Extended Log File Format, www.w3.org/TR/WD-logfile). */
enum { COLUMNS_MOST = 128 };

struct columns {
    struct buffer text; /* the names, divided by blanks */
    size_t count;       /* 0: there is no header */
};

void columns_free(struct columns *columns);

/* say whether the line is such a header */
bool is_header(struct view line);

/* take over the names of a header line; false when there is no memory */
bool columns_read(struct columns *columns, struct view line);

/* take over the names of others; false when there is no memory */
bool columns_copy(struct columns *columns, const struct columns *from);

/* Find the field of that column in a line that has as many fields as there are columns: fields are
 * divided by blanks or tabs, one in quotes may hold blanks. False when there is no such field. */
bool columns_find(const struct columns *columns, struct view name, struct view line,
                  size_t *ret_start, size_t *ret_end);

/* the first offset of an unfinished line at which a field that columns_find gives could end */
size_t columns_undecided(const struct columns *columns, struct view name, struct view line);

#endif
