#include "strip.h"

#include "gloss.h"

/* The next place at or after `from` where a gloss or a guard may start: a blank before a brace, or
 * before the end. */
static size_t next_start(struct view text, size_t from) {
    for (size_t search = from;;) {
        size_t brace = view_find(text, search, '{');
        if (brace > from && text.at[brace - 1] == ' ') return brace - 1;
        if (brace == text.size) return brace;
        search = brace + 1;
    }
}

size_t strip_write(struct buffer *out, struct view text, bool ended) {
    size_t from = 0;
    while (from < text.size) {
        size_t start = next_start(text, from), size;
        buffer_append(out, view_part(text, from, start));
        from = start;
        if (start == text.size) break;
        switch (gloss_look_at(text, start, !ended, &size)) {
        case GLOSS_OPEN:
            return start;
        case GLOSS_WHOLE:
            from += size;
            break;
        case GLOSS_GUARD:
            buffer_append(out, VIEW(" {"));
            from += 3;
            break;
        case GLOSS_NONE:
            buffer_append_byte(out, ' ');
            from += 1;
            break;
        }
    }
    return from;
}
