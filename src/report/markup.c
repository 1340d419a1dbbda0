#include "markup.h"

#include <inttypes.h>

#include "timestamp.h"
#include "utf8.h"

static struct view reference_of(uint32_t point) {
    switch (point) {
    case '&':
        return VIEW("&amp;");
    case '<':
        return VIEW("&lt;");
    case '>':
        return VIEW("&gt;");
    case '"':
        return VIEW("&quot;");
    case '\'':
        return VIEW("&#39;");
    default:
        return VIEW("");
    }
}

/* Characters that turn or mark the direction of what stands around them, and C1 controls. */
static bool is_unshowable(uint32_t point) {
    return (point >= 0x80 && point < 0xa0) || point == 0x61c || point == 0x200e ||
           point == 0x200f || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xfeff || (point & 0xfffe) == 0xfffe;
}

static void append_point(struct buffer *out, struct view bytes, uint32_t point) {
    struct view reference = reference_of(point);
    if (reference.size)
        buffer_append(out, reference);
    else if (bytes.size == 0 || is_unshowable(point))
        buffer_append(out, VIEW("\xef\xbf\xbd"));
    else if (point == 0x7f)
        buffer_append(out, VIEW("\xe2\x90\xa1"));
    else if (point < 0x20 && point != '\t' && point != '\n')
        buffer_format(out, "\xe2\x90%c", (char)(0x80 + point));
    else
        buffer_append(out, bytes);
}

void markup_text(struct buffer *out, struct view text) {
    for (size_t at = 0; at < text.size;) {
        uint32_t point = 0xfffd;
        size_t size = utf8_decode(text, at, &point);
        append_point(out, view_part(text, at, at + size), point);
        at += size ? size : 1;
    }
}

void markup_number(struct buffer *out, uint64_t number) {
    if (number >= 1000) {
        markup_number(out, number / 1000);
        buffer_format(out, ",%03u", (unsigned)(number % 1000));
    } else
        buffer_format(out, "%u", (unsigned)number);
}

void markup_count(struct buffer *out, uint64_t count, const char *word) {
    markup_number(out, count);
    buffer_format(out, " %s%s", word, count == 1 ? "" : "s");
}

void markup_time(struct buffer *out, int64_t seconds) {
    char machine[TIMESTAMP_SIZE], shown[TIMESTAMP_SIZE];
    timestamp_write(seconds, 'T', machine);
    timestamp_write(seconds, ' ', shown);
    buffer_format(out, "<time datetime=\"%sZ\">%s</time>", machine, shown);
}
