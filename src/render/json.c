#include "json.h"

#include <inttypes.h>

#include "gloss.h"
#include "utf8.h"

static void write_escaped(struct buffer *out, struct view text, size_t at, size_t size,
                          uint32_t point) {
    if (size == 0)
        buffer_append(out, VIEW("\\ufffd"));
    else if (point == '"' || point == '\\')
        buffer_format(out, "\\%c", (char)point);
    else if (point < 0x20 || (point >= 0x7f && point < 0xa0))
        buffer_format(out, "\\u%04x", (unsigned)point);
    else
        buffer_append(out, view_part(text, at, at + size));
}

static void write_string(struct buffer *out, struct view text) {
    buffer_append_byte(out, '"');
    for (size_t at = 0; at < text.size;) {
        uint32_t point = 0;
        size_t size = utf8_decode(text, at, &point);
        write_escaped(out, text, at, size, point);
        at += size ? size : 1;
    }
    buffer_append_byte(out, '"');
}

static void write_string_or_null(struct buffer *out, const char *key, struct view text) {
    buffer_format(out, "\"%s\":", key);
    if (text.size)
        write_string(out, text);
    else
        buffer_append(out, VIEW("null"));
}

/* A reading as its family, symbol and summary. */
struct reading {
    struct view family, symbol, summary;
};

static struct reading reading_of(const struct answer *answer, char room[STATUS_TEXT_MOST]) {
    if (answer_catalog(answer)) {
        struct row row = answer_row(answer);
        return (struct reading){answer_catalog(answer)->family, row.symbol, row.summary};
    }
    bool hresult = answer->status.kind != STATUS_NTSTATUS;
    return (struct reading){hresult ? VIEW("hresult") : VIEW("ntstatus"), VIEW(""),
                            status_text(&answer->status, room)};
}

static void write_reading(struct buffer *out, const struct reading *reading) {
    write_string_or_null(out, "symbol", reading->symbol);
    buffer_append_byte(out, ',');
    write_string_or_null(out, "summary", reading->summary);
}

/* The value in decimal; a negative one only where the family writes it so, text as it stands. */
static void write_value(struct buffer *out, const struct hit *hit) {
    const struct answer *answer = &hit->answer;
    bool exact = answer->finding == FOUND_EXACT;
    bool textual = exact ? catalog_is_textual(answer->exact.catalog) : !hit->numeric;
    if (textual)
        write_string(out, hit->text);
    else if (exact && view_starts(answer_row(answer).code, VIEW("-")))
        buffer_format(out, "\"%" PRId64 "\"", (int64_t)answer->value);
    else
        buffer_format(out, "\"%" PRIu64 "\"", answer->value);
}

static void write_readings(struct buffer *out, const struct hit *hit) {
    char room[STATUS_TEXT_MOST];
    buffer_append(out, VIEW(",\"readings\":["));
    for (size_t i = 0; i <= hit->other_count; i++) {
        struct reading reading = reading_of(i ? &hit->others[i - 1] : &hit->answer, room);
        buffer_append(out, i ? VIEW(",{\"family\":") : VIEW("{\"family\":"));
        write_string(out, reading.family);
        buffer_append_byte(out, ',');
        write_reading(out, &reading);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void write_hit(struct buffer *out, const struct piece *piece, const struct hit *hit,
                      struct view file, bool numbered) {
    char room[STATUS_TEXT_MOST];
    struct reading reading = reading_of(&hit->answer, room);
    buffer_append_byte(out, '{');
    write_string_or_null(out, "file", file);
    if (numbered)
        buffer_format(out, ",\"line\":%" PRIu64, piece->line);
    else
        buffer_append(out, VIEW(",\"line\":null"));
    buffer_format(out,
                  ",\"start\":%" PRIu64 ",\"end\":%" PRIu64 ",\"text\":", piece->at + hit->start,
                  piece->at + hit->end);
    write_string(out, hit->text);
    buffer_append(out, VIEW(",\"family\":"));
    write_string(out, reading.family);
    buffer_append(out, VIEW(",\"value\":"));
    write_value(out, hit);
    buffer_append_byte(out, ',');
    write_reading(out, &reading);
    buffer_append(out, VIEW(",\"rule\":"));
    write_string(out, hit->rule->name);
    write_readings(out, hit);
    buffer_append(out, VIEW("}\n"));
}

void json_write(struct buffer *out, const struct piece *piece, const struct hit *hits, size_t count,
                struct view file, bool numbered) {
    for (size_t i = 0; i < count; i++) {
        const struct hit *hit = &hits[i];
        bool ours = hit->end > piece->from && hit->end <= piece->to;
        if (hit_counts(hit) && ours) write_hit(out, piece, hit, file, numbered);
    }
}
