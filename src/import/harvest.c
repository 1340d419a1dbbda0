#include "harvest.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "catalog.h"
#include "row.h"
#include "utf8.h"

/* An entry that was cleaned, in the order of its coming. */
struct gathered {
    struct entry entry;
    struct place place;
    uint64_t value;
    size_t order;
    bool number;
};

void harvest_free(struct harvest *harvest) {
    arena_free(&harvest->arena);
    free(harvest->entries);
    harvest->entries = NULL;
    harvest->count = harvest->capacity = 0;
}

static bool is_selected(const struct harvest *harvest, const char *symbol) {
    for (size_t i = 0; i < harvest->select_count; i++)
        if (fnmatch(harvest->select[i], symbol, 0) == 0) return true;
    return harvest->select_count == 0;
}

/* A control character, C1 and the line separators of Unicode included. */
static bool is_space(uint32_t point) {
    return point <= ' ' || (point >= 0x7f && point <= 0xa0) || point == 0x2028 || point == 0x2029;
}

/* What is no UTF-8 stays as it is: the check of the row tells of it. */
static void append_cleaned(struct buffer *out, struct view text) {
    bool gap = false;
    for (size_t i = 0, size; i < text.size; i += size) {
        uint32_t point = (unsigned char)text.at[i];
        size = utf8_decode(text, i, &point);
        if (size == 0) size = 1;
        bool space = is_space(point) && !(size == 1 && point >= 0x80);
        if (!space && gap && out->size) buffer_append_byte(out, ' ');
        gap = space;
        if (point == '{' || point == '}')
            buffer_append_byte(out, point == '{' ? '(' : ')');
        else if (!space)
            buffer_append(out, view_part(text, i, i + size));
    }
}

static struct view without_stop(struct view text) {
    bool dots = view_ends(text, VIEW(".."));
    if (!dots && view_ends(text, VIEW("."))) text.size--;
    return text;
}

static struct view clean_summary(struct arena *arena, struct view text) {
    struct buffer cleaned = {0};
    append_cleaned(&cleaned, text);
    struct view summary = without_stop(buffer_view(&cleaned));
    summary.size = utf8_cut(summary, SUMMARY_MOST);
    struct view copy = cleaned.failed ? (struct view){0} : arena_copy(arena, summary);
    buffer_free(&cleaned);
    return copy;
}

/* Let the check of a catalog's row decide. */
static bool check_row(struct entry entry, struct place place, struct fault *fault) {
    struct buffer line = {0};
    buffer_append(&line, entry.code);
    buffer_append_byte(&line, '\t');
    buffer_append(&line, entry.symbol);
    buffer_append_byte(&line, '\t');
    buffer_append(&line, entry.text);
    bool fine = line.failed ? fault_memory(fault)
                            : row_check(buffer_view(&line), place.origin, place.line, fault);
    fault->column = 0;
    buffer_free(&line);
    return fine;
}

static bool keep(struct harvest *harvest, struct gathered gathered) {
    void *entries = harvest->entries;
    bool roomy =
        grow_array(&entries, &harvest->capacity, harvest->count + 1, sizeof *harvest->entries);
    harvest->entries = entries;
    gathered.order = harvest->count;
    if (roomy) harvest->entries[harvest->count++] = gathered;
    return roomy;
}

bool harvest_add(struct harvest *harvest, struct entry entry, struct place place,
                 struct fault *fault) {
    struct arena *arena = &harvest->arena;
    entry.code = arena_copy(arena, view_trim(entry.code));
    entry.symbol = arena_copy(arena, view_trim(entry.symbol));
    entry.text = clean_summary(arena, entry.text);
    place.origin = arena_copy(arena, place.origin);
    if (!entry.code.at || !entry.symbol.at || !entry.text.at || !place.origin.at)
        return fault_memory(fault);
    if (!is_selected(harvest, entry.symbol.at)) return true;
    if (!check_row(entry, place, fault)) return false;
    struct gathered gathered = {entry, place, 0, 0, false};
    gathered.number = code_is_number(entry.code, &gathered.value);
    return keep(harvest, gathered) || fault_memory(fault);
}

static int by_order(const struct gathered *a, const struct gathered *b) {
    return (a->order > b->order) - (a->order < b->order);
}

static int by_code(const void *left, const void *right) {
    const struct gathered *a = left, *b = right;
    if (a->number && b->number && a->value != b->value) return a->value > b->value ? 1 : -1;
    int order = a->number ? 0 : view_compare(a->entry.code, b->entry.code);
    return order ? order : by_order(a, b);
}

/* The first entry tells what the codes of the family are. */
static bool check_kind(const struct harvest *harvest, struct fault *fault) {
    for (size_t i = 1; i < harvest->count; i++) {
        const struct gathered *first = &harvest->entries[0], *entry = &harvest->entries[i];
        if (entry->number == first->number) continue;
        return fault_at(fault, entry->place.origin, entry->place.line, 0,
                        "the code '%s' is %s number, unlike '%s' before it", entry->entry.code.at,
                        entry->number ? "a" : "no", first->entry.code.at);
    }
    return true;
}

static bool same_code(const struct gathered *a, const struct gathered *b) {
    return a->number ? a->value == b->value : view_equal(a->entry.code, b->entry.code);
}

/* Entries of one code stand together; what came first is kept. */
static bool is_repeated(const struct harvest *harvest, size_t at) {
    const struct gathered *entry = &harvest->entries[at];
    for (size_t i = at; i > 0 && same_code(&harvest->entries[i - 1], entry); i--)
        if (view_equal(harvest->entries[i - 1].entry.symbol, entry->entry.symbol)) return true;
    return false;
}

static void write_row(struct buffer *out, struct entry entry) {
    buffer_append(out, entry.code);
    buffer_append_byte(out, '\t');
    buffer_append(out, entry.symbol.size ? entry.symbol : VIEW("-"));
    if (entry.text.size) buffer_append_byte(out, '\t');
    buffer_append(out, entry.text);
    buffer_append_byte(out, '\n');
}

bool harvest_write(struct harvest *harvest, struct buffer *ret_rows, struct fault *fault) {
    if (!check_kind(harvest, fault)) return false;
    if (harvest->count) qsort(harvest->entries, harvest->count, sizeof *harvest->entries, by_code);
    for (size_t i = 0; i < harvest->count; i++)
        if (!is_repeated(harvest, i)) write_row(ret_rows, harvest->entries[i].entry);
    return !ret_rows->failed || fault_memory(fault);
}
