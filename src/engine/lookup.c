#include <stdio.h>

#include "gloss.h"
#include "glossary.h"

/* How many families come before what a code carries within. */
enum { LIKELIEST = 6 };

/* The readings that have been found: those beyond `most` are only counted. */
struct readings {
    eg_reading *at;
    size_t most, count;
};

void reading_fill(eg_reading *reading, const struct catalog *catalog, size_t index) {
    struct row row = catalog_row(catalog, index);
    reading->family = public_text(catalog->family);
    reading->code = public_text(row.code);
    reading->symbol = public_text(row.symbol);
    reading->summary = public_text(row.summary);
    reading->origin = public_text(catalog->origin);
    reading->row = index;
    reading->value = catalog_value(catalog, index);
    reading->textual = catalog_is_textual(catalog);
}

static void add_row(struct readings *readings, const struct catalog *catalog, size_t index,
                    eg_reading how) {
    reading_fill(&how, catalog, index);
    if (readings->count < readings->most) readings->at[readings->count] = how;
    readings->count++;
}

static void add_rows(struct readings *readings, const struct catalog *catalog, struct rows rows,
                     eg_reading how) {
    for (size_t i = 0; i < rows.count; i++) add_row(readings, catalog, rows.first + i, how);
}

static void look_among(struct readings *readings, const eg_glossary *glossary, size_t from,
                       size_t to, struct number number, eg_reading how) {
    for (size_t i = from; i < to; i++) {
        struct found found = find_number(glossary->ranked[i], number);
        if (found.catalog) add_rows(readings, found.catalog, found.rows, how);
    }
}

static void look_within(struct readings *readings, const eg_glossary *glossary,
                        struct number number, eg_reading how) {
    uint32_t low, inner;
    const struct catalog *catalogs[CARRIERS];
    if (!number_low32(number, &low)) return;
    size_t count = carried_catalogs(&glossary->shelf, low, &inner, catalogs);
    how.carrier = low;
    for (size_t i = 0; i < count; i++)
        add_rows(readings, catalogs[i], catalog_find_number(catalogs[i], inner), how);
}

/* The likeliest families first, then what the code carries within, then all others. */
static void look_for_number(struct readings *readings, const eg_glossary *glossary,
                            struct number number, eg_reading how) {
    size_t likely = glossary->asked < LIKELIEST ? glossary->asked : LIKELIEST;
    look_among(readings, glossary, 0, likely, number, how);
    look_within(readings, glossary, number, how);
    look_among(readings, glossary, likely, glossary->shelf.count, number, how);
}

static void look_for_digits(struct readings *readings, const eg_glossary *glossary,
                            struct view text) {
    struct number number, hex;
    if (!number_parse(text, BASE_AUTO, &number)) return;
    look_for_number(readings, glossary, number, (eg_reading){0});
    if (number.hex || number.negative || !number_parse(text, BASE_HEX, &hex)) return;
    if (hex.bits != number.bits)
        look_for_number(readings, glossary, hex, (eg_reading){.hexadecimal = true});
}

static void look_for_text(struct readings *readings, const eg_glossary *glossary,
                          struct view text) {
    for (size_t i = 0; i < glossary->shelf.count; i++) {
        const struct catalog *catalog = glossary->ranked[i];
        if (!catalog_is_textual(catalog)) continue;
        add_rows(readings, catalog, catalog_find_text(catalog, text), (eg_reading){0});
    }
}

static void look_for_symbol(struct readings *readings, const eg_glossary *glossary,
                            struct view text) {
    text = plain_symbol(text);
    for (size_t i = 0; i < glossary->shelf.count; i++) {
        const struct catalog *catalog = glossary->ranked[i];
        for (size_t row = 0, count = catalog_size(catalog); row < count; row++) {
            struct view symbol = catalog_symbol(catalog, row);
            if (symbol.size && view_equal_nocase(symbol, text))
                add_row(readings, catalog, row, (eg_reading){0});
        }
    }
}

/* `FAMILY:CODE` and `FAMILY:SYMBOL` ask one catalog; false where the text names none. */
static bool look_where_said(struct readings *readings, const eg_glossary *glossary,
                            struct view text) {
    size_t row;
    const struct catalog *catalog = shelf_find_said(&glossary->shelf, NULL, &text);
    if (!catalog) return false;
    add_rows(readings, catalog, catalog_find_code(catalog, text), (eg_reading){0});
    if (readings->count == 0 && catalog_find_symbol(catalog, text, &row))
        add_row(readings, catalog, row, (eg_reading){0});
    return true;
}

size_t eg_lookup(const eg_glossary *glossary, eg_text code_or_symbol, eg_reading *readings,
                 size_t most) {
    struct readings found = {readings, most, 0};
    struct view text = view_trim(view_of(code_or_symbol.at, code_or_symbol.size));
    if (text.size == 0) return 0;
    if (look_where_said(&found, glossary, text)) return found.count;
    look_for_digits(&found, glossary, text);
    look_for_text(&found, glossary, text);
    look_for_symbol(&found, glossary, text);
    return found.count;
}

bool eg_value32(eg_text code, uint32_t *ret) {
    struct number number;
    return number_parse(view_of(code.at, code.size), BASE_AUTO, &number) &&
           number_low32(number, ret);
}

bool eg_bits(uint32_t value, char *text, size_t size) {
    char room[STATUS_TEXT_MOST];
    struct status status = status_split(value);
    if (status.kind == STATUS_NONE) return false;
    struct view told = status_text(&status, room);
    snprintf(text, size, "%.*s", (int)told.size, told.at);
    return true;
}
