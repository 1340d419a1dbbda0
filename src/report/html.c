#include <stdlib.h>

#include "markup.h"
#include "page.h"

enum { TREND_COLUMNS = 24 };

/* page.html, page.css and page.js as they were when the program was built */
extern const char page_html[], page_css[], page_js[];
extern const char page_css_hash[], page_js_hash[];

static void append_style(const struct page *page) {
    buffer_append(page->out, view_string(page_css));
}

static void append_style_hash(const struct page *page) {
    buffer_append(page->out, view_string(page_css_hash));
}

static void append_script(const struct page *page) {
    buffer_append(page->out, view_string(page_js));
}

static void append_script_hash(const struct page *page) {
    buffer_append(page->out, view_string(page_js_hash));
}

static void append_title(const struct page *page) {
    markup_count(page->out, page->report->count, "error code");
    buffer_append(page->out, VIEW(" in "));
    markup_count(page->out, page->report->files, "file");
}

static void append_total(struct buffer *out, uint64_t number, const char *word) {
    buffer_format(out, "<div><dt>%s</dt><dd>", word);
    markup_number(out, number);
    buffer_append(out, VIEW("</dd></div>\n"));
}

static void append_moment(struct buffer *out, int64_t seconds, const char *word) {
    buffer_format(out, "<div class=\"moment\"><dt>%s</dt><dd>", word);
    markup_time(out, seconds);
    buffer_append(out, VIEW("</dd></div>\n"));
}

static void append_totals(const struct page *page) {
    const struct report *report = page->report;
    append_total(page->out, report->hits, "Hits");
    append_total(page->out, report->count, "Codes");
    append_total(page->out, report_line_count(report), "Lines");
    append_total(page->out, report->files, "Files");
    if (!report->span.known) return;
    append_moment(page->out, report->span.first, "First");
    append_moment(page->out, report->span.last, "Last");
}

/* A table without rows is not shown, nor the search in it. */
static void append_hidden(const struct page *page) {
    if (page->report->count == 0) buffer_append(page->out, VIEW(" hidden"));
}

/* What the table does not show. */
static void append_left_out(const struct page *page) {
    if (page->report->count == 0) buffer_append(page->out, VIEW("<p>No codes were found.</p>\n"));
    if (page->report->other_hits == 0) return;
    buffer_append(page->out, VIEW("<p>"));
    markup_count(page->out, page->report->other_hits, "hit");
    buffer_append(page->out, VIEW(" of other codes came behind the first "));
    markup_number(page->out, REPORT_ROWS);
    buffer_append(page->out, VIEW(" codes.</p>\n"));
}

static void append_version(const struct page *page) {
    buffer_append(page->out, VIEW(EG_VERSION));
}

/* What stands in page.html as `{{name}}`. */
static const struct slot {
    const char *name;
    void (*append)(const struct page *);
} slots[] = {
    {"style", append_style},     {"style-hash", append_style_hash},
    {"script", append_script},   {"script-hash", append_script_hash},
    {"title", append_title},     {"totals", append_totals},
    {"bars", page_bars},         {"timeline", page_timeline},
    {"rows", page_rows},         {"left-out", append_left_out},
    {"version", append_version}, {"hidden", append_hidden},
};

static void append_slot(const struct page *page, struct view name) {
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (view_equal(name, view_string(slots[i].name))) slots[i].append(page);
}

static void append_page(const struct page *page) {
    for (const char *rest = page_html;;) {
        const char *open = strstr(rest, "{{"), *close = open ? strstr(open, "}}") : NULL;
        if (!close) {
            buffer_append(page->out, view_string(rest));
            return;
        }
        buffer_append(page->out, view_of(rest, (size_t)(open - rest)));
        append_slot(page, view_of(open + 2, (size_t)(close - open - 2)));
        rest = close + 2;
    }
}

bool report_html(const struct report *report, const eg_glossary *glossary, struct buffer *out) {
    struct page page = {.report = report, .glossary = glossary, .out = out};
    page.rows = report_sorted(report);
    page.families = report_families(report, &page.family_count);
    bool fine =
        report_over_time(report, &page.whole) && (!report->count || (page.rows && page.families));
    page.trend = axis_over(&page.whole, TREND_COLUMNS);
    if (fine) append_page(&page);
    families_free(page.families, page.family_count);
    histogram_free(&page.whole);
    free((void *)page.rows);
    return fine && !out->failed;
}
