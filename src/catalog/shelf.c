#include "shelf.h"

#include <stdlib.h>

#include "buffer.h"

static void drop(struct catalog *catalog) {
    if (catalog) catalog_free(catalog);
    free(catalog);
}

void shelf_free(struct shelf *shelf) {
    for (size_t i = 0; i < shelf->count; i++) drop(shelf->catalogs[i]);
    free(shelf->catalogs);
    free(shelf->commentaries.at);
    free(shelf->mappings.at);
    *shelf = (struct shelf){0};
}

/* The place of the family: where it stands, or where it would. */
static size_t place_of(const struct shelf *shelf, struct view family) {
    size_t from = 0, to = shelf->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (view_compare(shelf->catalogs[middle]->family, family) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool stands_at(const struct shelf *shelf, size_t place, struct view family) {
    return place < shelf->count && view_equal(shelf->catalogs[place]->family, family);
}

static bool check_family(struct view family, struct view origin, struct fault *fault) {
    bool named = family.size > 0;
    for (size_t i = 0; i < family.size; i++) named &= is_word(family.at[i]) || family.at[i] == '-';
    if (named) return true;
    return fault_at(fault, origin, 0, 0,
                    "the file's name names the family: letters, digits, _ and - before .tsv");
}

static void insert(struct shelf *shelf, size_t place, struct catalog *catalog) {
    struct catalog **at = shelf->catalogs + place;
    memmove(at + 1, at, (shelf->count - place) * sizeof *at);
    *at = catalog;
    shelf->count++;
}

bool shelf_put(struct shelf *shelf, struct view origin, struct view text, struct fault *fault) {
    struct view family = catalog_family_of(origin);
    if (!check_family(family, origin, fault)) return false;
    void *catalogs = shelf->catalogs;
    bool roomy = grow_array(&catalogs, &shelf->capacity, shelf->count + 1, sizeof *shelf->catalogs);
    shelf->catalogs = catalogs;
    struct catalog *catalog = roomy ? calloc(1, sizeof *catalog) : NULL;
    if (!catalog) return fault_memory(fault);
    *catalog = (struct catalog){.family = family, .origin = origin, .text = text};
    size_t place = place_of(shelf, family);
    if (stands_at(shelf, place, family)) {
        drop(shelf->catalogs[place]);
        shelf->catalogs[place] = catalog;
    } else {
        insert(shelf, place, catalog);
    }
    return true;
}

const struct catalog *shelf_find(const struct shelf *shelf, struct view family) {
    size_t place = place_of(shelf, family);
    return stands_at(shelf, place, family) ? shelf->catalogs[place] : NULL;
}

const struct catalog *shelf_find_said(const struct shelf *shelf, const struct catalog *own,
                                      struct view *code) {
    size_t colon = view_find(*code, 0, ':');
    if (colon == code->size) return own;
    struct view family = view_part(*code, 0, colon);
    *code = view_part(*code, colon + 1, code->size);
    return shelf_find(shelf, family);
}

bool companions_add(struct companions *companions, struct view origin, struct view text) {
    void *at = companions->at;
    bool roomy =
        grow_array(&at, &companions->capacity, companions->count + 1, sizeof *companions->at);
    companions->at = at;
    if (roomy)
        companions->at[companions->count++] =
            (struct companion){catalog_family_of(origin), origin, text};
    return roomy;
}

const struct companion *companions_find(const struct companions *companions, struct view family) {
    for (size_t i = companions->count; i > 0; i--)
        if (view_equal(companions->at[i - 1].family, family)) return &companions->at[i - 1];
    return NULL;
}
