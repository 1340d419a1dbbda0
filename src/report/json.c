#include <jansson.h>
#include <stdlib.h>

#include "tally.h"

/* Members are set one by one: json_object_set_new takes NULL, for which memory ran out, and fails.
 */
static bool set(json_t *object, const char *key, json_t *value) {
    return json_object_set_new(object, key, value) == 0;
}

static bool set_count(json_t *object, const char *key, uint64_t count) {
    return set(object, key, json_integer((json_int_t)count));
}

static bool set_bytes(json_t *object, const char *key, struct view text) {
    struct buffer clean = {0};
    append_clean(&clean, text);
    json_t *string =
        clean.failed ? NULL : json_stringn_nocheck(clean.at ? clean.at : "", clean.size);
    buffer_free(&clean);
    return set(object, key, string);
}

static bool set_text(json_t *object, const char *key, struct view text) {
    return text.size ? set_bytes(object, key, text) : set(object, key, json_null());
}

static bool set_time(json_t *object, const char *key, bool known, int64_t seconds) {
    char text[TIMESTAMP_SIZE];
    if (!known) return set(object, key, json_null());
    timestamp_write(seconds, 'T', text);
    return set(object, key, json_sprintf("%sZ", text));
}

static bool set_value(json_t *object, const struct tally *row) {
    struct buffer value = {0};
    tally_value(row, &value);
    bool fine = !value.failed && set_text(object, "value", buffer_view(&value));
    buffer_free(&value);
    return fine;
}

/* A new object at the end of an array, which owns it; NULL when memory ran out. */
static json_t *add_object(json_t *array) {
    json_t *object = json_object();
    return json_array_append_new(array, object) == 0 ? object : NULL;
}

static bool set_samples(json_t *object, const struct tally *row) {
    json_t *samples = json_array();
    bool fine = set(object, "samples", samples);
    for (size_t i = 0; fine && i < row->sample_count; i++) {
        const struct sample *sample = &row->samples[i];
        json_t *told = add_object(samples);
        fine = told && set_text(told, "file", sample->file) &&
               set_count(told, "line", sample->line) && set_bytes(told, "text", sample->text);
    }
    return fine;
}

static bool set_counts(json_t *object, const struct histogram *histogram) {
    json_t *counts = json_array();
    bool fine = set(object, "counts", counts);
    for (size_t i = 0; fine && i < histogram->count; i++)
        fine = json_array_append_new(counts, json_integer((json_int_t)histogram->counts[i])) == 0;
    return fine;
}

static bool set_histogram(json_t *object, const struct histogram *histogram) {
    if (histogram->count == 0) return set(object, "histogram", json_null());
    json_t *told = json_object();
    return set(object, "histogram", told) && set_time(told, "start", true, histogram->start) &&
           set_count(told, "width_seconds", (uint64_t)histogram->width) &&
           set_counts(told, histogram);
}

static bool set_span(json_t *object, const char *first, const char *last, const struct span *span) {
    return set_time(object, first, span->known, span->first) &&
           set_time(object, last, span->known, span->last);
}

static bool set_row(json_t *object, const struct tally *row) {
    return set_text(object, "family", row->family) && set_text(object, "code", row->code) &&
           set_value(object, row) && set_text(object, "symbol", row->symbol) &&
           set_text(object, "summary", row->summary) && set_count(object, "count", row->count) &&
           set_count(object, "files", row->files) &&
           set_span(object, "first", "last", &row->span) && set_text(object, "rule", row->rule) &&
           set_samples(object, row) && set_histogram(object, &row->histogram);
}

static bool set_codes(json_t *root, const struct report *report) {
    struct tally **rows = report_sorted(report);
    json_t *codes = json_array();
    bool fine = set(root, "codes", codes) && (rows || !report->count);
    for (size_t i = 0; fine && i < report->count; i++) {
        json_t *object = add_object(codes);
        fine = object && set_row(object, rows[i]);
    }
    free((void *)rows);
    return fine;
}

static bool set_report(json_t *root, const struct report *report) {
    return set_count(root, "files", report->files) &&
           set_count(root, "lines", report_line_count(report)) &&
           set_count(root, "lines_with_hits", report->lines_with_hits) &&
           set_count(root, "hits", report->hits) &&
           set_count(root, "other_hits", report->other_hits) &&
           set_span(root, "from", "to", &report->span) && set_codes(root, report);
}

static int append_dumped(const char *bytes, size_t size, void *out) {
    buffer_append(out, view_of(bytes, size));
    return ((struct buffer *)out)->failed ? -1 : 0;
}

bool report_json(const struct report *report, struct buffer *out) {
    json_t *root = json_object();
    bool fine = root && set_report(root, report) &&
                json_dump_callback(root, append_dumped, out, JSON_COMPACT) == 0;
    json_decref(root);
    buffer_append_byte(out, '\n');
    return fine && !out->failed;
}
