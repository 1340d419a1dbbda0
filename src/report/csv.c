#include <inttypes.h>
#include <stdlib.h>

#include "tally.h"

/* A number with a sign is none: it is shown as it stands. */
static bool is_number(struct view text) {
    size_t at = text.size > 1 && text.at[0] == '-';
    while (at < text.size && is_digit(text.at[at])) at++;
    return at == text.size;
}

static bool is_formula(struct view text) {
    return text.size && is_one_of(text.at[0], VIEW("=+-@\t\r")) && !is_number(text);
}

static bool needs_quotes(struct view text) {
    for (size_t i = 0; i < text.size; i++)
        if (is_one_of(text.at[i], VIEW("\",\r\n"))) return true;
    return false;
}

static void append_doubled(struct buffer *out, struct view text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '"') buffer_append_byte(out, '"');
        buffer_append_byte(out, text.at[i]);
    }
}

static void append_field(struct buffer *out, struct view text, struct buffer *clean) {
    buffer_clear(clean);
    append_clean(clean, text);
    struct view field = buffer_view(clean);
    struct view quote = needs_quotes(field) ? VIEW("\"") : VIEW("");
    buffer_append(out, quote);
    if (is_formula(field)) buffer_append_byte(out, '\'');
    append_doubled(out, field);
    buffer_append(out, quote);
}

/* What stands before a comma. */
static void append_column(struct buffer *out, struct view text, struct buffer *clean) {
    append_field(out, text, clean);
    buffer_append_byte(out, ',');
}

static void append_time(struct buffer *out, bool known, int64_t seconds) {
    char text[TIMESTAMP_SIZE] = "";
    if (known) timestamp_write(seconds, 'T', text);
    buffer_format(out, known ? "%sZ," : "%s,", text);
}

static void append_sample(struct buffer *out, const struct tally *row, struct buffer *clean) {
    if (row->sample_count == 0) {
        buffer_append(out, VIEW(",,"));
        return;
    }
    append_column(out, row->samples[0].file, clean);
    buffer_format(out, "%" PRIu64 ",", row->samples[0].line);
    append_field(out, row->samples[0].text, clean);
}

static void append_row(struct buffer *out, const struct tally *row, struct buffer *scratch) {
    struct buffer value = {0};
    tally_value(row, &value);
    append_column(out, row->family, scratch);
    append_column(out, row->code, scratch);
    append_column(out, buffer_view(&value), scratch);
    append_column(out, row->symbol, scratch);
    append_column(out, row->summary, scratch);
    buffer_format(out, "%" PRIu64 ",%" PRIu64 ",", row->count, row->files);
    append_time(out, row->span.known, row->span.first);
    append_time(out, row->span.known, row->span.last);
    append_column(out, row->rule, scratch);
    append_sample(out, row, scratch);
    buffer_append(out, VIEW("\r\n"));
    if (value.failed || scratch->failed) out->failed = true;
    buffer_free(&value);
}

bool report_csv(const struct report *report, struct buffer *out) {
    struct tally **rows = report_sorted(report);
    struct buffer clean = {0};
    bool fine = rows || !report->count;
    buffer_append(out, VIEW("family,code,value,symbol,summary,count,files,first,last,rule,"
                            "sample_file,sample_line,sample_text\r\n"));
    for (size_t i = 0; fine && i < report->count; i++) append_row(out, rows[i], &clean);
    buffer_free(&clean);
    free((void *)rows);
    return fine && !out->failed;
}
