#include <inttypes.h>

#include "markup.h"
#include "page.h"

enum { BARS = 12, COLUMNS = 96, HEIGHT = 100 };

size_t page_colour(const struct page *page, struct view family) {
    size_t at = 0;
    while (at < page->family_count && !view_equal(page->families[at].family, family)) at++;
    return at < PAGE_FAMILIES ? at : PAGE_FAMILIES;
}

static void append_bar(const struct page *page, const struct tally *row) {
    struct buffer *out = page->out;
    double share = (double)row->count * 100 / (double)page->rows[0]->count;
    buffer_append(out, VIEW("<li><span class=\"name\"><code>"));
    markup_text(out, row->code);
    buffer_append(out, VIEW("</code> "));
    markup_text(out, row->symbol.size ? row->symbol : row->summary);
    buffer_append(out, VIEW(" <span class=\"quiet\">"));
    markup_text(out, row->family);
    buffer_append(out, VIEW("</span></span><span class=\"number\">"));
    markup_number(out, row->count);
    buffer_format(out,
                  "</span><svg class=\"bar\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" "
                  "aria-hidden=\"true\"><rect class=\"f%zu\" width=\"%.2f\" height=\"1\"/></svg>"
                  "</li>\n",
                  page_colour(page, row->family), share < 0.5 ? 0.5 : share);
}

void page_bars(const struct page *page) {
    if (page->report->count == 0) return;
    buffer_append(page->out,
                  VIEW("<section class=\"card\" aria-labelledby=\"often\"><h2 id=\"often\">"
                       "Most frequent codes</h2>\n<ol class=\"bars\">\n"));
    for (size_t i = 0; i < page->report->count && i < BARS; i++) append_bar(page, page->rows[i]);
    buffer_append(page->out, VIEW("</ol></section>\n"));
}

/* A length of time in its largest unit that divides it. */
static void append_duration(struct buffer *out, int64_t seconds) {
    static const struct {
        int64_t seconds;
        const char *name;
    } units[] = {{604800, "week"}, {86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
    size_t at = 0;
    while (seconds % units[at].seconds) at++;
    markup_count(out, (uint64_t)(seconds / units[at].seconds), units[at].name);
}

/* Families beyond those with a colour of their own are one. */
static uint64_t count_colour(const struct page *page, const struct axis *axis, size_t column,
                             size_t colour) {
    size_t end = colour < PAGE_FAMILIES ? colour + 1 : page->family_count;
    uint64_t counted = 0;
    for (size_t i = colour; i < end && i < page->family_count; i++)
        counted += axis_count(axis, &page->families[i].histogram, column);
    return counted;
}

static void append_column(const struct page *page, const struct axis *axis, size_t column,
                          uint64_t most) {
    uint64_t all = axis_count(axis, &page->whole, column);
    double top = HEIGHT;
    if (all == 0) return;
    buffer_append(page->out, VIEW("<g><title>"));
    char time[TIMESTAMP_SIZE];
    timestamp_write(axis->from + axis->step * (int64_t)column, ' ', time);
    buffer_format(page->out, "%s: ", time);
    markup_count(page->out, all, "hit");
    buffer_append(page->out, VIEW("</title>"));
    for (size_t colour = 0; colour <= PAGE_FAMILIES; colour++) {
        uint64_t counted = count_colour(page, axis, column, colour);
        double height = (double)counted * HEIGHT / (double)most;
        top -= height;
        if (counted)
            buffer_format(page->out,
                          "<rect class=\"f%zu\" x=\"%zu.1\" y=\"%.2f\" width=\".8\" "
                          "height=\"%.2f\"/>",
                          colour, column, top, height);
    }
    buffer_append(page->out, VIEW("</g>\n"));
}

static void append_legend(const struct page *page) {
    buffer_append(page->out, VIEW("<ul class=\"legend\">\n"));
    for (size_t i = 0; i < page->family_count && i <= PAGE_FAMILIES; i++) {
        struct view name = page->families[i].family;
        uint64_t count = page->families[i].count;
        for (size_t j = i + 1; i == PAGE_FAMILIES && j < page->family_count; j++)
            count += page->families[j].count;
        bool others = i == PAGE_FAMILIES && page->family_count > PAGE_FAMILIES + 1;
        buffer_format(page->out, "<li><span class=\"swatch f%zu\"></span>", i);
        markup_text(page->out, others ? VIEW("others") : name.size ? name : VIEW("no family"));
        buffer_append(page->out, VIEW(" <span class=\"quiet\">"));
        markup_number(page->out, count);
        buffer_append(page->out, VIEW("</span></li>\n"));
    }
    buffer_append(page->out, VIEW("</ul>\n"));
}

static void append_caption(const struct page *page, const struct axis *axis, uint64_t most) {
    int64_t end = axis->from + axis->step * (int64_t)axis->columns;
    buffer_append(page->out, VIEW("<div class=\"ends\">"));
    markup_time(page->out, axis->from);
    markup_time(page->out, end);
    buffer_append(page->out, VIEW("</div>\n<figcaption>Each bar is "));
    append_duration(page->out, axis->step);
    buffer_append(page->out, VIEW("; the highest has "));
    markup_count(page->out, most, "hit");
    buffer_append(page->out, VIEW(". Colours are families:</figcaption>\n"));
    append_legend(page);
}

static void append_figure(const struct page *page, const struct axis *axis) {
    uint64_t most = 1;
    for (size_t i = 0; i < axis->columns; i++) {
        uint64_t counted = axis_count(axis, &page->whole, i);
        if (counted > most) most = counted;
    }
    buffer_format(page->out,
                  "<figure><svg class=\"timeline\" viewBox=\"0 0 %zu %d\" "
                  "preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Hits over time, at most ",
                  axis->columns, HEIGHT);
    markup_number(page->out, most);
    buffer_append(page->out, VIEW(" in "));
    append_duration(page->out, axis->step);
    buffer_append(page->out, VIEW("\">\n"));
    for (size_t i = 0; i < axis->columns; i++) append_column(page, axis, i, most);
    buffer_append(page->out, VIEW("</svg>\n"));
    append_caption(page, axis, most);
    buffer_append(page->out, VIEW("</figure>"));
}

void page_timeline(const struct page *page) {
    if (page->report->count == 0) return;
    struct axis axis = axis_over(&page->whole, COLUMNS);
    buffer_append(page->out,
                  VIEW("<section class=\"card\" aria-labelledby=\"when\"><h2 id=\"when\">"
                       "Over time</h2>\n"));
    if (axis.columns)
        append_figure(page, &axis);
    else
        buffer_append(page->out, VIEW("<p class=\"quiet\">No line with a code tells a time.</p>"));
    buffer_append(page->out, VIEW("</section>\n"));
}
