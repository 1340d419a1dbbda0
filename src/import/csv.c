#include "reader.h"
#include "row.h"

/* How many columns of a record are looked at. */
enum { COLUMNS = 64 };

/* Where what we want stands among the columns; COLUMNS: nowhere. */
struct layout {
    size_t code, symbol, text;
};

/* A record: its fields without quotes, and the line on which it starts. */
struct record {
    struct view fields[COLUMNS + 1];
    size_t count, line;
};

struct csv {
    const struct reader *reader;
    struct view text;
    size_t at, line;
    char divider;
    struct arena arena; /* of fields whose quotes stand double */
};

/* The end of a field in quotes: its closing quote; the text's size where there is none. */
static size_t closing_quote(struct view text, size_t from) {
    size_t at = view_find(text, from, '"');
    while (at + 1 < text.size && text.at[at + 1] == '"') at = view_find(text, at + 2, '"');
    return at;
}

static struct view undouble(struct arena *arena, struct view quoted) {
    char *copy = arena_take(arena, quoted.size + 1);
    size_t size = 0;
    for (size_t i = 0; copy && i < quoted.size; i++) {
        copy[size++] = quoted.at[i];
        i += quoted.at[i] == '"';
    }
    return view_of(copy, size);
}

static bool take_quoted(struct csv *csv, struct view *ret) {
    size_t end = closing_quote(csv->text, csv->at + 1);
    if (end >= csv->text.size)
        return reader_fault(csv->reader, csv->line, "the quote that opens here is never closed");
    struct view quoted = view_part(csv->text, csv->at + 1, end);
    *ret = undouble(&csv->arena, quoted);
    for (size_t i = 0; i < quoted.size; i++) csv->line += quoted.at[i] == '\n';
    csv->at = end + 1;
    return ret->at || fault_memory(csv->reader->fault);
}

static bool ends_field(const struct csv *csv) {
    if (csv->at >= csv->text.size) return true;
    char c = csv->text.at[csv->at];
    return c == csv->divider || c == '\n' || c == '\r';
}

static bool take_field(struct csv *csv, struct view *ret) {
    bool quoted = csv->at < csv->text.size && csv->text.at[csv->at] == '"';
    if (quoted && !take_quoted(csv, ret)) return false;
    size_t from = csv->at;
    while (!ends_field(csv)) csv->at++;
    if (quoted && csv->at > from)
        return reader_fault(csv->reader, csv->line, "text behind the closing quote of a field");
    if (!quoted) *ret = view_part(csv->text, from, csv->at);
    return true;
}

static bool take_divider(struct csv *csv) {
    bool divided = csv->at < csv->text.size && csv->text.at[csv->at] == csv->divider;
    csv->at += divided;
    return divided;
}

static void take_line_end(struct csv *csv) {
    csv->at = view_find(csv->text, csv->at, '\n');
    csv->at += csv->at < csv->text.size;
    csv->line++;
}

/* False at the end of the text, or with a fault. */
static bool next_record(struct csv *csv, struct record *record, bool *ret_fine) {
    *ret_fine = true;
    if (csv->at >= csv->text.size) return false;
    *record = (struct record){.line = csv->line};
    do {
        *ret_fine = take_field(csv, &record->fields[record->count]);
        if (record->count < COLUMNS) record->count++;
    } while (*ret_fine && take_divider(csv));
    take_line_end(csv);
    return *ret_fine;
}

/* The divider of which the first line that says something holds most. */
static char find_divider(struct view text) {
    static const char dividers[] = {',', ';', '\t'};
    struct view line = VIEW("");
    size_t most = 0;
    char best = ',';
    for (size_t at = 0; row_is_passed_over(line) && row_next_line(text, &at, &line);) continue;
    for (size_t i = 0; i < sizeof dividers; i++) {
        size_t count = 0;
        for (size_t at = 0; at < line.size; at++) count += line.at[at] == dividers[i];
        if (count > most) best = dividers[i];
        if (count > most) most = count;
    }
    return best;
}

static size_t column_named(const struct record *head, struct view names) {
    struct view name;
    while ((name = view_word(&names)).size)
        for (size_t i = 0; i < head->count; i++)
            if (view_equal_nocase(view_trim(head->fields[i]), name)) return i;
    return COLUMNS;
}

static struct layout find_columns(const struct record *head) {
    return (struct layout){
        column_named(head, VIEW("code value number id error errno status hex decimal")),
        column_named(head, VIEW("symbol name constant identifier macro symbolicname")),
        column_named(head, VIEW("summary message text description meaning explanation title")),
    };
}

/* A first record that names its columns is a head; without one they are code, symbol, text. */
static bool is_head(const struct layout *layout) {
    return layout->code < COLUMNS && (layout->symbol < COLUMNS || layout->text < COLUMNS);
}

static struct view field(const struct record *record, size_t column) {
    return column < record->count ? record->fields[column] : VIEW("");
}

static bool is_blank(const struct record *record) {
    struct view first = view_trim(record->fields[0]);
    return first.size ? first.at[0] == '#' : record->count == 1;
}

static bool add_record(const struct reader *reader, const struct record *record,
                       const struct layout *layout) {
    struct entry entry = {field(record, layout->code), field(record, layout->symbol),
                          field(record, layout->text)};
    if (view_equal(entry.symbol, VIEW("-"))) entry.symbol = VIEW("");
    return is_blank(record) || reader_add(reader, entry, record->line);
}

/* The first record that says something may be the head. */
static bool take_head(struct csv *csv, struct layout *layout) {
    size_t at = csv->at, line = csv->line;
    struct record record;
    bool fine;
    do {
        if (!next_record(csv, &record, &fine)) return fine;
    } while (is_blank(&record));
    struct layout named = find_columns(&record);
    if (is_head(&named)) {
        *layout = named;
        return true;
    }
    csv->at = at;
    csv->line = line;
    return true;
}

static bool read_records(struct csv *csv) {
    struct layout layout = {0, 1, 2};
    struct record record;
    bool fine;
    if (!take_head(csv, &layout)) return false;
    while (next_record(csv, &record, &fine))
        if (!add_record(csv->reader, &record, &layout)) return false;
    return fine;
}

bool read_csv(const struct reader *reader) {
    struct csv csv = {reader, reader->text, 0, 1, find_divider(reader->text), {0}};
    bool fine = read_records(&csv);
    arena_free(&csv.arena);
    return fine;
}
