#include <inttypes.h>
#include <stdlib.h>

#include "tally.h"
#include "trend.h"
#include "utf8.h"

enum {
    SHORT_ROWS = 7,     /* with two lines of head, the names of columns and two lines of rest: 12 */
    CODE_MOST = 36,     /* columns of a code on a terminal */
    MEANING_LEAST = 16, /* and what is left for the meaning at least */
    TREND_COLUMNS = 24,
    TIMES_COLUMNS = 42,
};

/* A table on its way: how wide its columns are and what it shows. */
struct table {
    const struct report_look *look;
    struct tally **rows;
    size_t count;
    struct axis axis; /* no columns where no trend is shown */
    size_t count_width, files_width, code_width;
    bool times; /* there is room for them */
    struct buffer *out, cell;
};

static size_t width_of(struct view text) {
    size_t width = 0;
    for (size_t i = 0; i < text.size; i++) width += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return width;
}

/* Text that cannot steer a terminal. */
static void append_plain(struct buffer *out, struct view text) {
    for (size_t at = 0; at < text.size;) {
        uint32_t point = 0;
        size_t size = utf8_decode(text, at, &point);
        bool shown = size && point >= 0x20 && (point < 0x7f || point >= 0xa0);
        buffer_append(out, shown ? view_part(text, at, at + size) : VIEW("?"));
        at += size ? size : 1;
    }
}

/* `family:code` in the table's cell, which is cleared before. */
static struct view code_of(struct table *table, const struct tally *row) {
    buffer_clear(&table->cell);
    append_plain(&table->cell, row->family);
    if (row->family.size) buffer_append_byte(&table->cell, ':');
    append_plain(&table->cell, row->code);
    return buffer_view(&table->cell);
}

static struct view meaning_of(struct table *table, const struct tally *row) {
    buffer_clear(&table->cell);
    append_plain(&table->cell, row->symbol);
    if (row->symbol.size && row->summary.size) buffer_append(&table->cell, VIEW(": "));
    append_plain(&table->cell, row->summary);
    return buffer_view(&table->cell);
}

/* The bytes of the first `columns` columns. */
static size_t bytes_of(struct view text, size_t columns) {
    size_t at = 0;
    while (at < text.size && columns--) do
            at++;
        while (at < text.size && ((unsigned char)text.at[at] & 0xc0) == 0x80);
    return at;
}

static void append_cut(struct table *table, struct view text, size_t most) {
    if (table->look->width == 0 || width_of(text) <= most) {
        buffer_append(table->out, text);
        return;
    }
    struct view mark = table->look->sparklines ? VIEW("\xe2\x80\xa6") : VIEW("...");
    size_t marked = width_of(mark);
    buffer_append(table->out,
                  view_part(text, 0, bytes_of(text, most > marked ? most - marked : 0)));
    buffer_append(table->out, mark);
}

static void append_blanks(struct buffer *out, size_t count) {
    while (count--) buffer_append_byte(out, ' ');
}

static void append_column(struct table *table, struct view text, size_t width) {
    size_t taken = width_of(text);
    append_cut(table, text, width);
    append_blanks(table->out, taken < width ? width - taken : 0);
}

static void append_painted(const struct table *table, const char *sequence) {
    if (table->look->colours) buffer_append(table->out, view_string(sequence));
}

static size_t digits_of(uint64_t value) {
    size_t digits = 1;
    for (; value >= 10; value /= 10) digits++;
    return digits;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static void measure(struct table *table) {
    table->count_width = sizeof "COUNT" - 1;
    table->files_width = sizeof "FILES" - 1;
    table->code_width = sizeof "CODE" - 1;
    for (size_t i = 0; i < table->count; i++) {
        const struct tally *row = table->rows[i];
        table->count_width = larger(table->count_width, digits_of(row->count));
        table->files_width = larger(table->files_width, digits_of(row->files));
        table->code_width = larger(table->code_width, width_of(code_of(table, row)));
    }
    if (table->look->width && table->code_width > CODE_MOST) table->code_width = CODE_MOST;
}

/* A trend is shown where a terminal has room for it beside the meaning, and the times where there
 * is still more; where nothing is cut there always is. */
static void measure_trend(struct table *table, const struct histogram *whole) {
    size_t taken = table->count_width + table->files_width + table->code_width + 6 + TREND_COLUMNS +
                   2 + MEANING_LEAST;
    bool fits = table->look->sparklines && table->look->width >= taken;
    if (fits) table->axis = axis_over(whole, TREND_COLUMNS);
    if (table->axis.columns < 2) table->axis.columns = 0;
    table->times = table->look->width == 0 || table->look->width >= taken + TIMES_COLUMNS;
}

static size_t meaning_width(const struct table *table) {
    size_t taken = table->count_width + table->files_width + table->code_width + 6;
    if (table->axis.columns) taken += larger(table->axis.columns, sizeof "TREND" - 1) + 2;
    if (table->times) taken += TIMES_COLUMNS;
    return table->look->width > taken + MEANING_LEAST ? table->look->width - taken : MEANING_LEAST;
}

static void append_names(struct table *table) {
    append_painted(table, "\033[1m");
    buffer_format(table->out, "%*s  %*s  ", (int)table->count_width, "COUNT",
                  (int)table->files_width, "FILES");
    append_column(table, VIEW("CODE"), table->code_width);
    buffer_append(table->out, VIEW("  "));
    if (table->axis.columns) {
        append_column(table, VIEW("TREND"), larger(table->axis.columns, sizeof "TREND" - 1));
        buffer_append(table->out, VIEW("  "));
    }
    if (table->times) buffer_format(table->out, "%-19s  %-19s  ", "FIRST", "LAST");
    buffer_append(table->out, VIEW("MEANING"));
    append_painted(table, "\033[22m");
    buffer_append_byte(table->out, '\n');
}

static void append_times(struct table *table, const struct span *span) {
    char first[TIMESTAMP_SIZE] = "-", last[TIMESTAMP_SIZE] = "-";
    if (span->known) timestamp_write(span->first, ' ', first);
    if (span->known) timestamp_write(span->last, ' ', last);
    buffer_format(table->out, "%-19s  %-19s  ", first, last);
}

static void append_trend(struct table *table, const struct tally *row) {
    buffer_clear(&table->cell);
    trend_write(&table->axis, &row->histogram, &table->cell);
    append_painted(table, "\033[36m");
    append_column(table, buffer_view(&table->cell),
                  larger(table->axis.columns, sizeof "TREND" - 1));
    append_painted(table, "\033[39m");
    buffer_append(table->out, VIEW("  "));
}

static void append_row(struct table *table, const struct tally *row) {
    buffer_format(table->out, "%*" PRIu64 "  %*" PRIu64 "  ", (int)table->count_width, row->count,
                  (int)table->files_width, row->files);
    append_painted(table, "\033[33m");
    append_column(table, code_of(table, row), table->code_width);
    append_painted(table, "\033[39m");
    buffer_append(table->out, VIEW("  "));
    if (table->axis.columns) append_trend(table, row);
    if (table->times) append_times(table, &row->span);
    append_cut(table, meaning_of(table, row), meaning_width(table));
    buffer_append_byte(table->out, '\n');
}

static void append_count(struct buffer *out, uint64_t count, const char *one, const char *more) {
    buffer_format(out, "%" PRIu64 " %s", count, count == 1 ? one : more);
}

static void append_head(const struct report *report, struct buffer *out) {
    char first[TIMESTAMP_SIZE], last[TIMESTAMP_SIZE];
    append_count(out, report->hits, "hit of ", "hits of ");
    append_count(out, report->count, "code in ", "codes in ");
    append_count(out, report_line_count(report), "line of ", "lines of ");
    append_count(out, report->files, "file\n", "files\n");
    if (!report->span.known) return;
    timestamp_write(report->span.first, ' ', first);
    timestamp_write(report->span.last, ' ', last);
    buffer_format(out, "%s to %s\n", first, last);
}

static void append_rest(const struct report *report, size_t shown, struct buffer *out) {
    if (report->count > shown) buffer_format(out, "and %zu more codes\n", report->count - shown);
    if (report->other_hits)
        buffer_format(out, "and %" PRIu64 " hits of other codes, beyond the first %d\n",
                      report->other_hits, REPORT_ROWS);
}

static void append_table(struct table *table, const struct histogram *whole) {
    if (table->count == 0) return;
    measure(table);
    measure_trend(table, whole);
    append_names(table);
    for (size_t i = 0; i < table->count; i++) append_row(table, table->rows[i]);
}

static bool write_table(const struct report *report, const struct report_look *look, size_t most,
                        struct buffer *out) {
    struct table table = {.look = look, .out = out, .rows = report_sorted(report)};
    struct histogram whole = {0};
    bool fine = report_over_time(report, &whole) && (table.rows || !report->count);
    table.count = report->count < most ? report->count : most;
    append_head(report, out);
    if (fine) append_table(&table, &whole);
    append_rest(report, table.count, out);
    fine = fine && !table.cell.failed && !out->failed;
    histogram_free(&whole);
    buffer_free(&table.cell);
    free((void *)table.rows);
    return fine;
}

bool report_text(const struct report *report, const struct report_look *look, struct buffer *out) {
    return write_table(report, look, SIZE_MAX, out);
}

bool report_short(const struct report *report, const struct report_look *look, struct buffer *out) {
    return write_table(report, look, SHORT_ROWS, out);
}
