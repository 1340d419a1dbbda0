#include <inttypes.h>

#include "markup.h"
#include "page.h"

static struct view take_line(struct view *rest) {
    size_t end = view_find(*rest, 0, '\n');
    struct view line = view_part(*rest, 0, end);
    *rest = view_part(*rest, end + (end < rest->size), rest->size);
    return view_trim(line);
}

/* What stands between two backticks is to be typed. */
static void append_prose(struct buffer *out, struct view text) {
    for (size_t from = 0; from < text.size;) {
        size_t open = view_find(text, from, '`');
        size_t close = open < text.size ? view_find(text, open + 1, '`') : text.size;
        bool typed = close < text.size;
        markup_text(out, view_part(text, from, typed ? open : text.size));
        if (!typed) return;
        buffer_append(out, VIEW("<code>"));
        markup_text(out, view_part(text, open + 1, close));
        buffer_append(out, VIEW("</code>"));
        from = close + 1;
    }
}

static void append_paragraph(struct buffer *out, struct view text) {
    bool first = true;
    buffer_append(out, VIEW("<p>"));
    while (text.size) {
        struct view line = take_line(&text);
        if (line.size && !first) buffer_append_byte(out, '\n');
        append_prose(out, line);
        first = first && !line.size;
    }
    buffer_append(out, VIEW("</p>\n"));
}

/* Lines behind `- ` are items; another line goes on with the item before it. */
static void append_list(struct buffer *out, struct view text, const char *element) {
    bool open = false;
    buffer_format(out, "<%s>", element);
    while (text.size) {
        struct view line = take_line(&text);
        bool item = view_starts(line, VIEW("- "));
        if (line.size == 0) continue;
        if (item && open) buffer_append(out, VIEW("</li>"));
        buffer_append(out, item || !open ? VIEW("<li>") : VIEW(" "));
        append_prose(out, item ? view_part(line, 2, line.size) : line);
        open = true;
    }
    buffer_format(out, "%s</%s>\n", open ? "</li>" : "", element);
}

static struct view take_word(struct view *rest) {
    size_t from = 0, to;
    while (from < rest->size && is_one_of(rest->at[from], VIEW(" \t\n"))) from++;
    for (to = from; to < rest->size && !is_one_of(rest->at[to], VIEW(" \t\n"));) to++;
    struct view word = view_part(*rest, from, to);
    *rest = view_part(*rest, to, rest->size);
    return word;
}

static void append_related(const struct page *page, eg_text family, struct view codes) {
    struct view word;
    buffer_append(page->out, VIEW("<ul>"));
    while ((word = take_word(&codes)).size) {
        eg_reading related;
        bool found = eg_find(page->glossary, family, (eg_text){word.at, word.size}, &related);
        buffer_append(page->out, VIEW("<li><code>"));
        markup_text(page->out, word);
        buffer_append(page->out, VIEW("</code> "));
        markup_text(page->out, found ? view_told(related.symbol) : VIEW(""));
        buffer_append(page->out, VIEW(" "));
        markup_text(page->out, found ? view_told(related.summary) : VIEW(""));
        buffer_append(page->out, VIEW("</li>"));
    }
    buffer_append(page->out, VIEW("</ul>\n"));
}

static void append_section(const struct page *page, const eg_reading *reading, int section,
                           struct view text) {
    static const char *const titles[EG_SECTIONS] = {
        [EG_MEANING] = "What it means", [EG_WHERE] = "Where it is met",
        [EG_CAUSES] = "Usual causes",   [EG_STEPS] = "What to check or do",
        [EG_RELATED] = "Related codes",
    };
    if (text.size == 0) return;
    buffer_format(page->out, "<section><h3>%s</h3>", titles[section]);
    if (section == EG_RELATED)
        append_related(page, reading->family, text);
    else if (section == EG_CAUSES || section == EG_STEPS)
        append_list(page->out, text, section == EG_STEPS ? "ol" : "ul");
    else
        append_paragraph(page->out, text);
    buffer_append(page->out, VIEW("</section>\n"));
}

static void append_explanation(const struct page *page, const struct tally *row) {
    eg_text family = {row->family.at, row->family.size}, code = {row->code.at, row->code.size};
    eg_text sections[EG_SECTIONS];
    eg_reading reading;
    if (!page->glossary || family.size == 0 || !eg_find(page->glossary, family, code, &reading) ||
        !eg_explain(page->glossary, &reading, sections))
        return;
    buffer_append(page->out, VIEW("<div class=\"explanation\">\n"));
    for (int i = 0; i < EG_SECTIONS; i++) append_section(page, &reading, i, view_told(sections[i]));
    buffer_append(page->out, VIEW("</div>\n"));
}

static void append_fact(struct buffer *out, const char *name) {
    buffer_format(out, "<div><dt>%s</dt><dd>", name);
}

/* What narrow screens have no columns for stands here too. */
static void append_facts(const struct page *page, const struct tally *row) {
    struct buffer *out = page->out;
    static const struct view end = {"</dd></div>\n", sizeof "</dd></div>\n" - 1};
    buffer_append(out, VIEW("<dl class=\"facts\">\n"));
    append_fact(out, "Found by rule");
    markup_text(out, row->rule);
    buffer_append(out, end);
    append_fact(out, "Stood in");
    markup_count(out, row->files, "file");
    buffer_append(out, end);
    if (row->span.known) {
        append_fact(out, "First");
        markup_time(out, row->span.first);
        buffer_append(out, end);
        append_fact(out, "Last");
        markup_time(out, row->span.last);
        buffer_append(out, end);
    }
    buffer_append(out, VIEW("</dl>\n"));
}

static void append_sample(struct buffer *out, const struct sample *sample) {
    buffer_append(out, VIEW("<li><span class=\"place\">"));
    markup_text(out, sample->file);
    buffer_format(out,
                  "</span><span class=\"quiet\">, line %" PRIu64 "</span>\n<code class=\"line\">",
                  sample->line);
    if (sample->before) buffer_append(out, VIEW("&hellip;"));
    markup_text(out, view_part(sample->text, 0, sample->from));
    buffer_append(out, VIEW("<mark>"));
    markup_text(out, view_part(sample->text, sample->from, sample->to));
    buffer_append(out, VIEW("</mark>"));
    markup_text(out, view_part(sample->text, sample->to, sample->text.size));
    if (sample->behind) buffer_append(out, VIEW("&hellip;"));
    buffer_append(out, VIEW("</code></li>\n"));
}

static void append_samples(const struct page *page, const struct tally *row) {
    if (row->sample_count == 0) return;
    bool all = row->count <= row->sample_count;
    buffer_format(page->out, "<section><h3>%s</h3><ol class=\"samples\">\n",
                  all ? "Lines" : "First lines");
    for (size_t i = 0; i < row->sample_count; i++) append_sample(page->out, &row->samples[i]);
    buffer_append(page->out, VIEW("</ol></section>\n"));
}

void page_details(const struct page *page, const struct tally *row) {
    append_explanation(page, row);
    append_samples(page, row);
    append_facts(page, row);
}
