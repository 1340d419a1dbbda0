#include "lines.h"

void lines_free(struct lines *lines) {
    buffer_free(&lines->line);
    buffer_free(&lines->held);
}

static void drop_held(struct lines *lines) {
    buffer_clear(&lines->held);
    lines->held_count = lines->held_from = 0;
}

void lines_begin(struct lines *lines, struct view name) {
    lines->name = name;
    buffer_clear(&lines->line);
    drop_held(lines);
    lines->after_left = 0;
    lines->begun = lines->shown = false;
    lines->gap = true;
}

/* The line before may be the last of a stream, and unended. */
static void write_name(struct lines *lines, struct buffer *out, char mark) {
    if (lines->unended) buffer_append_byte(out, '\n');
    lines->unended = false;
    if (!lines->named) return;
    buffer_append(out, lines->name);
    buffer_append_byte(out, mark);
}

/* Write lines that stand around others. */
static void write_around(struct lines *lines, struct buffer *out, struct view text) {
    for (size_t from = 0, end; from < text.size; from = end) {
        end = view_find(text, from, '\n');
        end += end < text.size;
        write_name(lines, out, lines->selects ? '-' : ':');
        buffer_append(out, view_part(text, from, end));
        lines->unended = text.at[end - 1] != '\n';
    }
}

/* The offset behind the line that ends `count` lines before the text does. */
static size_t last_lines(struct view text, size_t count) {
    size_t at = text.size;
    while (at > 0 && count-- > 0) {
        const char *end = at > 1 ? memrchr(text.at, '\n', at - 1) : NULL;
        at = end ? (size_t)(end - text.at) + 1 : 0;
    }
    return at;
}

/* The offset behind the first `*count` lines, of which it takes off those that there are. */
static size_t first_lines(struct view text, size_t *count) {
    size_t at = 0;
    for (; at<text.size && * count> 0; --*count) {
        at = view_find(text, at, '\n');
        at += at < text.size;
    }
    return at;
}

static void drop_first_held(struct lines *lines) {
    struct view held = buffer_view(&lines->held);
    lines->held_from = view_find(held, lines->held_from, '\n') + 1;
    lines->held_count--;
    lines->gap = true;
    if (lines->held_from < held.size / 2) return;
    lines->held.size -= lines->held_from;
    memmove(lines->held.at, lines->held.at + lines->held_from, lines->held.size);
    lines->held_from = 0;
}

/* Hold the last of these lines in place of older ones. */
static void hold(struct lines *lines, struct view text) {
    size_t from = last_lines(text, lines->before);
    if (from > 0) {
        drop_held(lines);
        lines->gap = true;
    }
    while (from < text.size) {
        size_t end = view_find(text, from, '\n');
        end += end < text.size;
        buffer_append(&lines->held, view_part(text, from, end));
        lines->held_count++;
        while (lines->held_count > lines->before) drop_first_held(lines);
        from = end;
    }
}

void lines_pass(struct lines *lines, struct buffer *out, struct view text) {
    size_t shown = lines->selects ? first_lines(text, &lines->after_left) : text.size;
    write_around(lines, out, view_part(text, 0, shown));
    if (shown < text.size) hold(lines, view_part(text, shown, text.size));
}

/* The line at hand is written: what stands before it first. */
static void begin_shown(struct lines *lines, struct buffer *out) {
    bool around = lines->before || lines->after;
    if (lines->unended) buffer_append_byte(out, '\n');
    lines->unended = false;
    if (lines->gap && lines->wrote && lines->selects && around) buffer_append(out, VIEW("--\n"));
    struct view held = buffer_view(&lines->held);
    write_around(lines, out, view_part(held, lines->held_from, held.size));
    drop_held(lines);
    write_name(lines, out, ':');
    lines->shown = lines->wrote = true;
    lines->gap = false;
}

/* A line without a hit has ended. */
static void end_hidden(struct lines *lines, struct buffer *out) {
    lines_pass(lines, out, buffer_view(&lines->line));
    buffer_clear(&lines->line);
}

void lines_take(struct lines *lines, struct buffer *out, bool hit, bool ends) {
    bool empty = lines->line.size == 0 && !lines->begun;
    lines->begun = true;
    if (!empty && !lines->shown && (hit || !lines->selects)) begin_shown(lines, out);
    if (lines->shown && lines->line.size) {
        buffer_append(out, buffer_view(&lines->line));
        lines->unended = lines->line.at[lines->line.size - 1] != '\n';
        buffer_clear(&lines->line);
    }
    if (lines->line.size > LINE_HELD_MOST) buffer_clear(&lines->line);
    out->failed |= lines->line.failed || lines->held.failed;
    if (!ends) return;
    if (lines->shown)
        lines->after_left = lines->after;
    else
        end_hidden(lines, out);
    lines->begun = lines->shown = false;
}
