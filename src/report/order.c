#include <inttypes.h>
#include <stdlib.h>

#include "tally.h"
#include "utf8.h"

static int compare_codes(const struct tally *left, const struct tally *right) {
    int64_t a = (int64_t)left->value, b = (int64_t)right->value;
    return a != b ? (a < b ? -1 : 1) : view_compare(left->text, right->text);
}

static int compare_rows(const void *a, const void *b) {
    const struct tally *left = *(struct tally *const *)a, *right = *(struct tally *const *)b;
    if (left->count != right->count) return left->count > right->count ? -1 : 1;
    int order = view_compare(left->family, right->family);
    return order ? order : compare_codes(left, right);
}

struct tally **report_sorted(const struct report *report) {
    size_t size = report->count * sizeof *report->rows;
    struct tally **sorted = report->count ? (struct tally **)malloc(size) : NULL;
    if (!sorted) return NULL;
    memcpy((void *)sorted, (const void *)report->rows, size);
    qsort((void *)sorted, report->count, sizeof *sorted, compare_rows);
    return sorted;
}

static int compare_families(const void *a, const void *b) {
    const struct family_tally *left = a, *right = b;
    if (left->count != right->count) return left->count > right->count ? -1 : 1;
    return view_compare(left->family, right->family);
}

void families_free(struct family_tally *families, size_t count) {
    for (size_t i = 0; families && i < count; i++) histogram_free(&families[i].histogram);
    free(families);
}

static struct family_tally *find_family(struct family_tally *families, size_t *count,
                                        struct view family) {
    for (size_t i = 0; i < *count; i++)
        if (view_equal(families[i].family, family)) return &families[i];
    families[*count].family = family;
    return &families[(*count)++];
}

struct family_tally *report_families(const struct report *report, size_t *ret_count) {
    struct family_tally *families = NULL;
    bool fine = report->count && (families = calloc(report->count, sizeof *families));
    *ret_count = 0;
    for (size_t i = 0; fine && i < report->count; i++) {
        const struct tally *row = report->rows[i];
        struct family_tally *family = find_family(families, ret_count, row->family);
        family->count += row->count;
        fine = histogram_merge(&family->histogram, &row->histogram);
    }
    if (fine) qsort(families, *ret_count, sizeof *families, compare_families);
    if (!fine) families_free(families, *ret_count);
    return fine ? families : NULL;
}

bool report_over_time(const struct report *report, struct histogram *whole) {
    for (size_t i = 0; i < report->count; i++)
        if (!histogram_merge(whole, &report->rows[i]->histogram)) return false;
    return true;
}

void tally_value(const struct tally *tally, struct buffer *out) {
    if (tally->text.size)
        append_clean(out, tally->text);
    else
        buffer_format(out, "%" PRId64, (int64_t)tally->value);
}

void append_clean(struct buffer *out, struct view text) {
    for (size_t at = 0; at < text.size;) {
        uint32_t point;
        size_t size = utf8_decode(text, at, &point);
        buffer_append(out, size ? view_part(text, at, at + size) : VIEW("\xef\xbf\xbd"));
        at += size ? size : 1;
    }
}
