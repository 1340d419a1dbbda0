#include "shelf.h"

static bool find_entry(const struct companion *commentary, const struct catalog *catalog,
                       size_t row, struct explanation *ret) {
    struct fault fault;
    struct explanation_reader reader = {.text = commentary->text, .origin = commentary->origin};
    while (explanation_next(&reader, ret, &fault) == EXPLAINED_ENTRY) {
        struct rows rows = catalog_find_code(catalog, ret->code);
        if (row - rows.first < rows.count) return true;
    }
    return false;
}

bool shelf_explain(const struct shelf *shelf, const struct catalog *catalog, size_t row,
                   struct explanation *ret) {
    const struct companion *commentary = companions_find(&shelf->commentaries, catalog->family);
    return commentary && find_entry(commentary, catalog, row, ret);
}

/* Where a commentary is checked. */
struct checking {
    const struct shelf *shelf;
    const struct companion *commentary;
    const struct catalog *catalog;
    struct fault *fault;
};

static bool check_code(const struct checking *checking, const struct catalog *catalog,
                       struct view code, size_t line, const char *message) {
    if (catalog && catalog_find_code(catalog, code).count) return true;
    return fault_at(checking->fault, checking->commentary->origin, line, 1, message, (int)code.size,
                    code.at);
}

static bool check_related(const struct checking *checking, const struct explanation *entry) {
    struct view rest = entry->sections[SECTION_RELATED], word;
    while ((word = view_word(&rest)).size) {
        struct view code = word;
        const struct catalog *catalog = shelf_find_said(checking->shelf, checking->catalog, &code);
        if (!check_code(checking, catalog, code, entry->line, "the related code '%.*s' is unknown"))
            return false;
    }
    return true;
}

bool shelf_check_commentary(const struct shelf *shelf, const struct companion *commentary,
                            struct fault *fault) {
    struct explanation entry;
    struct explanation_reader reader = {.text = commentary->text, .origin = commentary->origin};
    struct checking checking = {shelf, commentary, shelf_find(shelf, commentary->family), fault};
    for (;;) {
        switch (explanation_next(&reader, &entry, fault)) {
        case EXPLAINED_END:
            return true;
        case EXPLAINED_FAULT:
            return false;
        case EXPLAINED_ENTRY:
            if (!check_code(&checking, checking.catalog, entry.code, entry.line,
                            "the code '%.*s' stands in no catalog of the family") ||
                !check_related(&checking, &entry))
                return false;
        }
    }
}
