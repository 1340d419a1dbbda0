#include "glossary.h"

static const struct catalog *catalog_of(const eg_glossary *glossary, const eg_reading *reading) {
    return shelf_find(&glossary->shelf, view_of(reading->family.at, reading->family.size));
}

bool eg_find(const eg_glossary *glossary, eg_text family, eg_text code, eg_reading *ret) {
    struct view spelled = view_of(code.at, code.size);
    const struct catalog *own = shelf_find(&glossary->shelf, view_of(family.at, family.size));
    const struct catalog *catalog = shelf_find_said(&glossary->shelf, own, &spelled);
    struct rows rows = catalog ? catalog_find_code(catalog, spelled) : (struct rows){0};
    if (rows.count == 0) return false;
    *ret = (eg_reading){0};
    reading_fill(ret, catalog, rows.first);
    return true;
}

bool eg_explain(const eg_glossary *glossary, const eg_reading *reading,
                eg_text ret_sections[EG_SECTIONS]) {
    struct explanation explanation;
    const struct catalog *catalog = catalog_of(glossary, reading);
    if (!catalog || !shelf_explain(&glossary->shelf, catalog, reading->row, &explanation))
        return false;
    for (size_t i = 0; i < SECTIONS; i++) ret_sections[i] = public_text(explanation.sections[i]);
    return true;
}

bool eg_neighbour(const eg_glossary *glossary, const eg_reading *reading, int steps,
                  eg_reading *ret) {
    const struct catalog *catalog = catalog_of(glossary, reading);
    size_t row = reading->row + (size_t)steps;
    if (!catalog || row >= catalog_size(catalog)) return false;
    *ret = (eg_reading){0};
    reading_fill(ret, catalog, row);
    return true;
}

bool eg_mapped(const eg_glossary *glossary, const eg_reading *reading, size_t index,
               eg_reading *ret) {
    const struct catalog *catalog = catalog_of(glossary, reading), *other;
    size_t row;
    if (!catalog || !shelf_mapped(&glossary->shelf, catalog, reading->row, index, &other, &row))
        return false;
    *ret = (eg_reading){0};
    reading_fill(ret, other, row);
    return true;
}
