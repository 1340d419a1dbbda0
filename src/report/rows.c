#include <inttypes.h>

#include "markup.h"
#include "page.h"

/* The roles say what the elements are in any case: on narrow screens they are laid out as a grid.
 */
static void append_first_cell(const struct page *page, const struct tally *row, size_t index) {
    buffer_format(
        page->out,
        "<th role=\"rowheader\" scope=\"row\"><span class=\"open\" data-opens=\"more%zu\"><code>",
        index);
    markup_text(page->out, row->code);
    buffer_format(page->out,
                  "</code></span> <span class=\"family\"><span class=\"swatch f%zu\">"
                  "</span>",
                  page_colour(page, row->family));
    markup_text(page->out, row->family.size ? row->family : VIEW("no family"));
    buffer_append(page->out, VIEW("</span></th>\n"));
}

static void append_meaning(const struct page *page, const struct tally *row) {
    buffer_append(page->out, VIEW("<td role=\"cell\" class=\"meaning\">"));
    if (row->symbol.size) buffer_append(page->out, VIEW("<span class=\"symbol\">"));
    markup_text(page->out, row->symbol);
    if (row->symbol.size) buffer_append(page->out, VIEW("</span> "));
    markup_text(page->out, row->summary);
    buffer_append(page->out, VIEW("</td>\n"));
}

static void append_number_cell(const struct page *page, uint64_t number, const char *classes) {
    buffer_format(page->out, "<td role=\"cell\" class=\"%s\" data-key=\"%" PRIu64 "\">", classes,
                  number);
    markup_number(page->out, number);
    buffer_append(page->out, VIEW("</td>"));
}

static void append_time_cell(const struct page *page, bool known, int64_t seconds) {
    buffer_format(page->out, "<td role=\"cell\" class=\"when wide\" data-key=\"%" PRId64 "\">",
                  known ? seconds : -1);
    if (known)
        markup_time(page->out, seconds);
    else
        buffer_append(page->out, VIEW("&ndash;"));
    buffer_append(page->out, VIEW("</td>\n"));
}

static void append_trend(const struct page *page, const struct tally *row) {
    const struct axis *axis = &page->trend;
    double most = 1;
    buffer_append(page->out, VIEW("<td role=\"cell\" class=\"wide\">"));
    for (size_t i = 0; i < axis->columns; i++) {
        double counted = (double)axis_count(axis, &row->histogram, i);
        if (counted > most) most = counted;
    }
    buffer_format(page->out,
                  "<svg class=\"trend\" viewBox=\"0 0 %zu 20\" preserveAspectRatio=\"none\" "
                  "aria-hidden=\"true\">",
                  axis->columns ? axis->columns : 1);
    for (size_t i = 0; i < axis->columns; i++) {
        double height = (double)axis_count(axis, &row->histogram, i) * 18 / most;
        if (height > 0)
            buffer_format(page->out, "<rect x=\"%zu.1\" y=\"%.1f\" width=\".8\" height=\"%.1f\"/>",
                          i, 18 - height, height + 2);
    }
    buffer_append(page->out, VIEW("</svg></td>"));
}

static void append_row(const struct page *page, const struct tally *row, size_t index) {
    struct buffer *out = page->out;
    buffer_append(out, VIEW("<tbody role=\"rowgroup\"><tr role=\"row\" class=\"row\">"));
    append_first_cell(page, row, index);
    append_meaning(page, row);
    append_number_cell(page, row->count, "number");
    append_number_cell(page, row->files, "number wide");
    append_time_cell(page, row->span.known, row->span.first);
    append_time_cell(page, row->span.known, row->span.last);
    append_trend(page, row);
    buffer_format(out,
                  "</tr>\n<tr role=\"row\" class=\"more\" id=\"more%zu\"><td role=\"cell\" "
                  "colspan=\"7\"><details>"
                  "<summary>What it means and where it stood</summary>\n",
                  index);
    page_details(page, row);
    buffer_append(out, VIEW("</details></td></tr></tbody>\n"));
}

void page_rows(const struct page *page) {
    for (size_t i = 0; i < page->report->count; i++) append_row(page, page->rows[i], i);
}
