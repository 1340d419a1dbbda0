#include <stdlib.h>

#include "catalog.h"

/* The symbols of a catalog in the order of their bytes. */
struct symbol_index {
    size_t count;
    struct symbol {
        struct view text;
        size_t row;
    } symbols[];
};

static int by_text(const void *left, const void *right) {
    const struct symbol *a = left, *b = right;
    int order = view_compare(a->text, b->text);
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

static struct symbol_index *make_index(const struct catalog *catalog) {
    size_t rows = catalog_size(catalog);
    struct symbol_index *index = malloc(sizeof *index + rows * sizeof index->symbols[0]);
    if (!index) return NULL;
    index->count = 0;
    for (size_t row = 0; row < rows; row++) {
        struct view text = catalog_symbol(catalog, row);
        if (text.size) index->symbols[index->count++] = (struct symbol){text, row};
    }
    qsort(index->symbols, index->count, sizeof index->symbols[0], by_text);
    return index;
}

/* Threads that ask at the same time may each make an index; the first to finish is kept. */
static const struct symbol_index *index_of(const struct catalog *catalog) {
    _Atomic(struct symbol_index *) *slot = &((struct catalog *)catalog)->symbols;
    struct symbol_index *index = atomic_load_explicit(slot, memory_order_acquire);
    if (index) return index;
    struct symbol_index *made = make_index(catalog);
    if (!made || atomic_compare_exchange_strong(slot, &index, made)) return made;
    free(made);
    return index;
}

bool catalog_find_symbol(const struct catalog *catalog, struct view symbol, size_t *ret_row) {
    const struct symbol_index *index = index_of(catalog);
    size_t from = 0, to = index ? index->count : 0;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (view_compare(index->symbols[middle].text, symbol) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    if (!index || from == index->count || !view_equal(index->symbols[from].text, symbol))
        return false;
    *ret_row = index->symbols[from].row;
    return true;
}

void symbols_free(struct catalog *catalog) {
    free(atomic_exchange(&catalog->symbols, NULL));
}
