#include "catalog.h"

#include <stdlib.h>

#include "docs.h"
#include "number.h"

/* A row of the index: its line, and the value of its code where codes are numbers. */
struct indexed {
    uint64_t value;
    struct view line;
};

struct catalog_index {
    size_t count;
    bool textual;
    struct indexed rows[];
};

struct view catalog_family_of(struct view path) {
    struct view name = view_basename(path);
    static const struct view endings[] = {{".tsv", 4}, {".explain", 8}, {".mapping", 8}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (view_ends(name, endings[i])) return view_part(name, 0, name.size - endings[i].size);
    return name;
}

static bool all_digits(struct view text) {
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.at[i])) return false;
    return text.size > 0;
}

bool code_is_number(struct view code, uint64_t *ret) {
    struct number number;
    size_t sign = view_starts(code, VIEW("-"));
    struct view digits = view_part(code, sign, code.size);
    bool hex = view_starts(digits, VIEW("0x")) || view_starts(digits, VIEW("0X"));
    if (!hex && !all_digits(digits)) return false;
    if (!hex && digits.size > 1 && digits.at[0] == '0') return false;
    if (!number_parse(code, hex ? BASE_HEX : BASE_DECIMAL, &number)) return false;
    *ret = number.bits;
    return true;
}

static int in_file(const struct indexed *a, const struct indexed *b) {
    return (a->line.at > b->line.at) - (a->line.at < b->line.at);
}

static int by_value(const void *left, const void *right) {
    const struct indexed *a = left, *b = right;
    if (a->value != b->value) return a->value > b->value ? 1 : -1;
    return in_file(a, b);
}

static int by_text(const void *left, const void *right) {
    const struct indexed *a = left, *b = right;
    int order = view_compare(row_split(a->line).code, row_split(b->line).code);
    return order ? order : in_file(a, b);
}

static size_t count_lines(struct view text) {
    size_t count = 1;
    for (size_t at = 0; (at = view_find(text, at, '\n')) < text.size; at++) count++;
    return count;
}

static bool next_row(struct view text, size_t *from, struct view *ret_line) {
    while (row_next_line(text, from, ret_line))
        if (!row_is_passed_over(*ret_line)) return true;
    return false;
}

static void collect_rows(struct catalog_index *index, struct view text) {
    struct view line;
    for (size_t from = 0; next_row(text, &from, &line);) {
        struct indexed *row = &index->rows[index->count];
        *row = (struct indexed){0, line};
        if (index->textual || code_is_number(row_split(line).code, &row->value)) index->count++;
    }
}

static struct catalog_index *make_index(struct view text, bool textual) {
    struct catalog_index *index;
    index = malloc(sizeof *index + count_lines(text) * sizeof index->rows[0]);
    if (!index) return NULL;
    index->count = 0;
    index->textual = textual;
    collect_rows(index, text);
    qsort(index->rows, index->count, sizeof index->rows[0], index->textual ? by_text : by_value);
    return index;
}

static bool begins_with_text(struct view text) {
    struct view line;
    size_t from = 0;
    uint64_t value;
    return next_row(text, &from, &line) && !code_is_number(row_split(line).code, &value);
}

bool catalog_is_textual(const struct catalog *catalog) {
    const struct catalog_index *index =
        atomic_load_explicit(&((struct catalog *)catalog)->index, memory_order_acquire);
    return index ? index->textual : begins_with_text(catalog->text);
}

static bool begins_with_letter(struct view code) {
    return is_letter(code.at[0]) && !view_starts(code, VIEW("X."));
}

bool catalog_is_lettered(const struct catalog *catalog) {
    struct view line;
    if (!catalog_is_textual(catalog)) return false;
    for (size_t from = 0; next_row(catalog->text, &from, &line);)
        if (begins_with_letter(row_split(line).code)) return true;
    return false;
}

/* Threads that ask at the same time may each make an index; the first to finish is kept. */
static const struct catalog_index *index_of(const struct catalog *catalog) {
    _Atomic(struct catalog_index *) *slot = &((struct catalog *)catalog)->index;
    struct catalog_index *index = atomic_load_explicit(slot, memory_order_acquire);
    if (index) return index;
    struct catalog_index *made = make_index(catalog->text, begins_with_text(catalog->text));
    if (!made) return NULL;
    if (atomic_compare_exchange_strong(slot, &index, made)) return made;
    free(made);
    return index;
}

void catalog_free(struct catalog *catalog) {
    free(atomic_exchange(&catalog->index, NULL));
    symbols_free(catalog);
}

size_t catalog_size(const struct catalog *catalog) {
    const struct catalog_index *index = index_of(catalog);
    return index ? index->count : 0;
}

/* The first row for which `order(row, key)` is not negative. */
static size_t lower_bound(const struct catalog_index *index, const void *key,
                          int (*order)(const struct indexed *, const void *)) {
    size_t from = 0, to = index->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (order(&index->rows[middle], key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static struct rows find_rows(const struct catalog_index *index, const void *key,
                             int (*order)(const struct indexed *, const void *)) {
    struct rows rows = {lower_bound(index, key, order), 0};
    while (rows.first + rows.count < index->count &&
           order(&index->rows[rows.first + rows.count], key) == 0)
        rows.count++;
    return rows;
}

static int order_by_value(const struct indexed *row, const void *key) {
    uint64_t value = *(const uint64_t *)key;
    return (row->value > value) - (row->value < value);
}

static int order_by_text(const struct indexed *row, const void *key) {
    return view_compare(row_split(row->line).code, *(const struct view *)key);
}

struct rows catalog_find_number(const struct catalog *catalog, uint64_t value) {
    const struct catalog_index *index = index_of(catalog);
    if (!index || index->textual) return (struct rows){0};
    return find_rows(index, &value, order_by_value);
}

struct rows catalog_find_text(const struct catalog *catalog, struct view key) {
    const struct catalog_index *index = index_of(catalog);
    if (!index || !index->textual || key.size == 0 || key.size > CODE_MOST) return (struct rows){0};
    struct rows rows = find_rows(index, &key, order_by_text);
    if (rows.count) return rows;
    char wild[CODE_MOST];
    memcpy(wild, key.at, key.size);
    wild[0] = 'X';
    struct view wildcard = view_of(wild, key.size);
    return find_rows(index, &wildcard, order_by_text);
}

struct rows catalog_find_code(const struct catalog *catalog, struct view code) {
    struct number number;
    if (catalog_is_textual(catalog)) return catalog_find_text(catalog, code);
    if (!number_parse(code, BASE_AUTO, &number)) return (struct rows){0};
    return catalog_find_number(catalog, number.bits);
}

static bool same_code(const struct catalog_index *index, size_t a, size_t b) {
    return index->textual ? view_equal(row_split(index->rows[a].line).code,
                                       row_split(index->rows[b].line).code)
                          : index->rows[a].value == index->rows[b].value;
}

static struct view inherited_summary(const struct catalog_index *index, size_t at) {
    size_t first = at;
    while (first > 0 && same_code(index, first - 1, at)) first--;
    for (size_t i = first; i < index->count && same_code(index, i, at); i++) {
        struct row row = row_split(index->rows[i].line);
        if (row.summary.size) return row.summary;
    }
    return VIEW("");
}

struct row catalog_row(const struct catalog *catalog, size_t at) {
    const struct catalog_index *index = index_of(catalog);
    struct row row = row_split(index->rows[at].line);
    if (row.summary.size == 0) row.summary = inherited_summary(index, at);
    return row;
}

struct view catalog_symbol(const struct catalog *catalog, size_t at) {
    return row_split(index_of(catalog)->rows[at].line).symbol;
}

uint64_t catalog_value(const struct catalog *catalog, size_t at) {
    return index_of(catalog)->rows[at].value;
}

/* Rows of one code follow each other in the index, so twins are near. */
static bool check_twins(const struct catalog *catalog, const struct catalog_index *index, size_t at,
                        struct fault *fault) {
    struct view symbol = row_split(index->rows[at].line).symbol;
    for (size_t i = at; i > 0 && same_code(index, i - 1, at); i--) {
        if (!view_equal(row_split(index->rows[i - 1].line).symbol, symbol)) continue;
        size_t line = 1;
        for (const char *c = catalog->text.at; c < index->rows[at].line.at; c++) line += *c == '\n';
        return fault_at(fault, catalog->origin, line, 1,
                        "this code and symbol stand above already");
    }
    return true;
}

static bool check_line(const struct catalog *catalog, struct view line, size_t number, bool textual,
                       struct fault *fault) {
    uint64_t value;
    if (row_is_passed_over(line)) return docs_check(line, catalog->origin, number, fault);
    if (!row_check(line, catalog->origin, number, fault)) return false;
    if (textual || code_is_number(row_split(line).code, &value)) return true;
    return fault_at(
        fault, catalog->origin, number, 1,
        "this code is no number, as the first one is; where codes are text, let one that "
        "is no number come first");
}

bool catalog_check(const struct catalog *catalog, struct fault *fault) {
    struct view line;
    size_t number = 0;
    bool textual = catalog_is_textual(catalog);
    for (size_t from = 0; row_next_line(catalog->text, &from, &line);)
        if (!check_line(catalog, line, ++number, textual, fault)) return false;
    const struct catalog_index *index = index_of(catalog);
    if (!index) return fault_memory(fault);
    for (size_t i = 0; i < index->count; i++)
        if (!check_twins(catalog, index, i, fault)) return false;
    return true;
}
