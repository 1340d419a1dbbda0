#include "tally.h"

#include <inttypes.h>
#include <search.h>
#include <stdlib.h>

#include "spelling.h"
#include "utf8.h"

struct report *report_new(int64_t now) {
    struct report *report = calloc(1, sizeof *report);
    if (report) report->now = now;
    return report;
}

static void keep(void *row) {
    (void)row; /* rows are the arena's */
}

void report_free(struct report *report) {
    if (!report) return;
    for (size_t i = 0; i < report->count; i++) histogram_free(&report->rows[i]->histogram);
    tdestroy(report->tree, keep);
    free((void *)report->rows);
    buffer_free(&report->name);
    arena_free(&report->arena);
    free(report);
}

bool report_file(struct report *report, const char *name) {
    struct view told = strcmp(name, "-") == 0 ? VIEW("standard input") : view_string(name);
    report->files++;
    report->kept_name = VIEW("");
    buffer_clear(&report->name);
    buffer_append(&report->name, told);
    return !report->name.failed;
}

void report_lines(struct report *report, uint64_t count) {
    report->lines += count;
}

static int compare_keys(const void *a, const void *b) {
    const struct tally *left = a, *right = b;
    if (left->value != right->value) return left->value < right->value ? -1 : 1;
    int order = view_compare(left->text, right->text);
    return order ? order : view_compare(left->family, right->family);
}

static void widen_span(struct span *span, int64_t seconds) {
    if (!span->known || seconds < span->first) span->first = seconds;
    if (!span->known || seconds > span->last) span->last = seconds;
    span->known = true;
}

/* What the bits say of a code that no catalog knows. */
static struct view summary_of(struct report *report, const eg_hit *hit) {
    char bits[512];
    if (hit->family.size) return view_told(hit->summary);
    if (hit->value > UINT32_MAX || !eg_bits((uint32_t)hit->value, bits, sizeof bits))
        return VIEW("");
    return arena_copy(&report->arena, view_string(bits));
}

static bool place_row(struct report *report, struct tally *row) {
    void *rows = (void *)report->rows;
    if (!grow_array(&rows, &report->capacity, report->count + 1, sizeof(struct tally *)))
        return false;
    report->rows = rows;
    if (!tsearch(row, &report->tree, compare_keys)) return false;
    report->rows[report->count++] = row;
    return true;
}

static struct tally *add_row(struct report *report, const struct tally *key, const eg_hit *hit) {
    char code[SPELLING_SIZE];
    struct tally *row = arena_take(&report->arena, sizeof *row);
    if (!row) return NULL;
    row->family = key->family;
    row->value = key->value;
    row->text = key->text.size ? arena_copy(&report->arena, key->text) : VIEW("");
    row->symbol = view_told(hit->symbol);
    row->summary = summary_of(report, hit);
    row->rule = view_told(hit->rule);
    row->code = key->text.size ? row->text
                               : arena_copy(&report->arena,
                                            spell_code(hit->value, view_told(hit->text), code));
    return row->code.at && place_row(report, row) ? row : NULL;
}

/* The row of a hit, a new one where there is none; NULL with `*ret_beyond` where no more fit. */
static struct tally *row_of(struct report *report, const eg_hit *hit, bool *ret_beyond) {
    struct tally key = {.family = view_told(hit->family), .value = hit->value};
    if (hit_is_textual(hit)) key.text = view_told(hit->text);
    struct tally *const *found = tfind(&key, &report->tree, compare_keys);
    *ret_beyond = !found && report->count == REPORT_ROWS;
    if (found) return *found;
    return *ret_beyond ? NULL : add_row(report, &key, hit);
}

/* The part of a line that is kept: its begin, or what is around a code that stands further on. */
static void cut_sample(struct sample *sample, struct view line, const eg_hit *hit) {
    enum { BEFORE = 200 };
    size_t from = 0;
    if (line.size > REPORT_SAMPLE_SIZE && hit->end > REPORT_SAMPLE_SIZE)
        from = hit->start > BEFORE ? utf8_cut(line, hit->start - BEFORE) : 0;
    struct view rest = view_part(line, from, line.size);
    sample->text = view_part(rest, 0, utf8_cut(rest, REPORT_SAMPLE_SIZE));
    size_t most = sample->text.size;
    sample->from = hit->start - from < most ? hit->start - from : most;
    sample->to = hit->end - from < most ? hit->end - from : most;
    sample->before = from > 0;
    sample->behind = most < rest.size;
}

static bool keep_sample(struct report *report, struct tally *row, uint64_t line, eg_text text,
                        const eg_hit *hit) {
    struct sample *last = row->sample_count ? &row->samples[row->sample_count - 1] : NULL;
    bool again = last && row->last_file == report->files && last->line == line;
    if (again || row->sample_count == REPORT_SAMPLES || text.size == 0) return true;
    if (!report->kept_name.size && report->name.size)
        report->kept_name = arena_copy(&report->arena, buffer_view(&report->name));
    struct sample *sample = &row->samples[row->sample_count];
    cut_sample(sample, view_told(text), hit);
    sample->text = arena_copy(&report->arena, sample->text);
    sample->file = report->kept_name;
    sample->line = line;
    row->sample_count += sample->text.at != NULL;
    return sample->text.at && (sample->file.at || !report->name.size);
}

static bool count_hit(struct report *report, struct tally *row, const int64_t *seconds) {
    row->count++;
    row->files += row->last_file != report->files;
    row->last_file = report->files;
    if (!seconds) return true;
    widen_span(&row->span, *seconds);
    return histogram_add(&row->histogram, *seconds, 1);
}

bool report_line(struct report *report, uint64_t line, eg_text text, const eg_hit *hits,
                 size_t count) {
    int64_t seconds;
    bool timed = count && timestamp_read(view_told(text), report->now, &seconds);
    if (timed) widen_span(&report->span, seconds);
    report->lines_with_hits += count > 0;
    for (size_t i = 0; i < count; i++) {
        bool beyond;
        struct tally *row = row_of(report, &hits[i], &beyond);
        report->hits++;
        report->other_hits += beyond;
        if (beyond) continue;
        if (!row || !keep_sample(report, row, line, text, &hits[i]) ||
            !count_hit(report, row, timed ? &seconds : NULL))
            return false;
    }
    return true;
}

uint64_t report_line_count(const struct report *report) {
    return report->lines > report->lines_with_hits ? report->lines : report->lines_with_hits;
}
