#include "shelf.h"

/* A row of a mapping. */
struct pair {
    struct view code, said;
};

/* The two sides of a pair, as rows of their catalogs. */
struct sides {
    const struct catalog *from, *to;
    struct rows from_rows, to_rows;
};

static struct pair split(struct view line) {
    struct view code = view_word(&line);
    return (struct pair){code, view_word(&line)};
}

static struct sides find_sides(const struct shelf *shelf, const struct catalog *from,
                               struct pair pair) {
    struct sides sides = {.from = from, .to = shelf_find_said(shelf, from, &pair.said)};
    if (sides.from) sides.from_rows = catalog_find_code(sides.from, pair.code);
    if (sides.to) sides.to_rows = catalog_find_code(sides.to, pair.said);
    return sides;
}

/* The next row that holds a pair; false at the end of the text. */
static bool next_pair(const struct companion *mapping, size_t *from, size_t *line_number,
                      struct pair *ret) {
    struct view line;
    while (row_next_line(mapping->text, from, &line)) {
        ++*line_number;
        if (row_is_passed_over(line)) continue;
        *ret = split(line);
        return true;
    }
    return false;
}

static bool holds(struct rows rows, size_t row) {
    return row - rows.first < rows.count;
}

/* Walk through a mapping and count down to the pair that is wanted. */
static bool find_mapped(const struct shelf *shelf, const struct companion *mapping,
                        const struct catalog *catalog, size_t row, size_t *index,
                        const struct catalog **ret_catalog, size_t *ret_row) {
    const struct catalog *from = shelf_find(shelf, mapping->family);
    struct pair pair;
    for (size_t at = 0, line = 0; next_pair(mapping, &at, &line, &pair);) {
        struct sides sides = find_sides(shelf, from, pair);
        bool forward = sides.from == catalog && holds(sides.from_rows, row);
        bool backward = sides.to == catalog && holds(sides.to_rows, row);
        bool known = forward ? sides.to_rows.count : sides.from_rows.count;
        if (!(forward || backward) || !known || (*index)--) continue;
        *ret_catalog = forward ? sides.to : sides.from;
        *ret_row = forward ? sides.to_rows.first : sides.from_rows.first;
        return true;
    }
    return false;
}

bool shelf_mapped(const struct shelf *shelf, const struct catalog *catalog, size_t row,
                  size_t index, const struct catalog **ret_catalog, size_t *ret_row) {
    for (size_t i = 0; i < shelf->mappings.count; i++) {
        const struct companion *mapping = &shelf->mappings.at[i];
        if (mapping != companions_find(&shelf->mappings, mapping->family)) continue;
        if (find_mapped(shelf, mapping, catalog, row, &index, ret_catalog, ret_row)) return true;
    }
    return false;
}

bool shelf_check_mapping(const struct shelf *shelf, const struct companion *mapping,
                         struct fault *fault) {
    const struct catalog *from = shelf_find(shelf, mapping->family);
    struct pair pair;
    for (size_t at = 0, line = 0; next_pair(mapping, &at, &line, &pair);) {
        struct sides sides = find_sides(shelf, from, pair);
        struct view lost = sides.from_rows.count ? pair.said : pair.code;
        if (sides.from_rows.count && sides.to_rows.count) continue;
        return fault_at(fault, mapping->origin, line, (size_t)(lost.at - pair.code.at) + 1,
                        "the code '%.*s' stands in no catalog", (int)lost.size, lost.at);
    }
    return true;
}
