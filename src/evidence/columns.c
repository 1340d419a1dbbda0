#include "columns.h"

static const struct view mark = {"#Fields:", 8};

void columns_free(struct columns *columns) {
    buffer_free(&columns->text);
    columns->count = 0;
}

bool is_header(struct view line) {
    return view_starts(line, mark);
}

static bool is_gap(char c) {
    return c == ' ' || c == '\t';
}

/* A field of a line, and where it stands. */
struct field {
    size_t start, end;
    bool complete; /* something stands behind it */
};

/* In quotes where the quote closes before a gap or the end; else up to the next gap. */
static struct field field_at(struct view line, size_t start) {
    size_t end = start;
    if (line.at[start] == '"') {
        size_t quote = view_find(line, start + 1, '"');
        while (quote + 1 < line.size && !is_gap(line.at[quote + 1]))
            quote = view_find(line, quote + 1, '"');
        if (quote < line.size) return (struct field){start, quote + 1, quote + 1 < line.size};
    }
    while (end < line.size && !is_gap(line.at[end])) end++;
    return (struct field){start, end, end < line.size};
}

static bool next_field(struct view line, size_t *from, struct field *ret) {
    while (*from < line.size && is_gap(line.at[*from])) ++*from;
    if (*from == line.size) return false;
    *ret = field_at(line, *from);
    *from = ret->end;
    return true;
}

static size_t count_fields(struct view line) {
    struct field field;
    size_t count = 0;
    for (size_t at = 0; count <= COLUMNS_MOST && next_field(line, &at, &field);) count++;
    return count;
}

bool columns_read(struct columns *columns, struct view line) {
    struct view names = view_part(line, mark.size, line.size);
    buffer_clear(&columns->text);
    buffer_append(&columns->text, names);
    columns->count = count_fields(names);
    if (columns->count > COLUMNS_MOST) columns->count = 0;
    return !columns->text.failed;
}

bool columns_copy(struct columns *columns, const struct columns *from) {
    buffer_clear(&columns->text);
    buffer_append(&columns->text, buffer_view(&from->text));
    columns->count = from->count;
    return !columns->text.failed;
}

static bool nth_field(struct view line, size_t index, struct field *ret) {
    for (size_t at = 0; next_field(line, &at, ret);)
        if (index-- == 0) return true;
    return false;
}

static size_t index_of(const struct columns *columns, struct view name) {
    struct field field;
    struct view names = buffer_view(&columns->text);
    size_t index = 0;
    for (size_t at = 0; next_field(names, &at, &field); index++)
        if (view_equal_nocase(view_part(names, field.start, field.end), name)) return index;
    return SIZE_MAX;
}

bool columns_find(const struct columns *columns, struct view name, struct view line,
                  size_t *ret_start, size_t *ret_end) {
    struct field field;
    size_t index = columns->count ? index_of(columns, name) : SIZE_MAX;
    if (index == SIZE_MAX || view_starts(line, VIEW("#")) || !nth_field(line, index, &field))
        return false;
    *ret_start = field.start;
    *ret_end = field.end;
    return count_fields(line) == columns->count;
}

size_t columns_undecided(const struct columns *columns, struct view name, struct view line) {
    struct field field;
    size_t index = columns->count ? index_of(columns, name) : SIZE_MAX;
    if (index == SIZE_MAX || !nth_field(line, index, &field)) return SIZE_MAX;
    return field.complete ? field.end : line.size;
}
