#include "colour.h"

#include <stdlib.h>

enum { ESCAPE = 0x1b };

struct cut {
    size_t at;     /* offset in the text without colours */
    size_t before; /* bytes taken out up to here */
};

void uncoloured_free(struct uncoloured *uncoloured) {
    buffer_free(&uncoloured->text);
    free(uncoloured->cuts);
    *uncoloured = (struct uncoloured){0};
}

bool has_colours(struct view text) {
    return view_find(text, 0, ESCAPE) < text.size;
}

static bool is_parameter(char c) {
    return is_digit(c) || c == ';' || c == ':';
}

/* The size of the sequence at `from`, 0 when none is there; `*ret_unfinished` when the text ends
 * before the sequence does. */
static size_t sequence_size(struct view text, size_t from, bool *ret_unfinished) {
    size_t at = from + 1;
    if (at < text.size && text.at[at] != '[') return 0;
    at++;
    while (at < text.size && is_parameter(text.at[at])) at++;
    *ret_unfinished = at >= text.size;
    if (*ret_unfinished) return 0;
    return text.at[at] == 'm' || text.at[at] == 'K' ? at + 1 - from : 0;
}

static bool add_cut(struct uncoloured *uncoloured, size_t size) {
    void *cuts = uncoloured->cuts;
    size_t before = uncoloured->count ? uncoloured->cuts[uncoloured->count - 1].before : 0;
    if (!grow_array(&cuts, &uncoloured->capacity, uncoloured->count + 1, sizeof(struct cut)))
        return false;
    uncoloured->cuts = cuts;
    uncoloured->cuts[uncoloured->count++] = (struct cut){uncoloured->text.size, before + size};
    return true;
}

bool uncoloured_make(struct uncoloured *uncoloured, struct view text, bool open) {
    buffer_clear(&uncoloured->text);
    uncoloured->count = 0;
    uncoloured->unfinished = text.size;
    for (size_t from = 0; from < text.size;) {
        size_t escape = view_find(text, from, ESCAPE);
        buffer_append(&uncoloured->text, view_part(text, from, escape));
        if (escape == text.size) break;
        bool unfinished = false;
        size_t size = sequence_size(text, escape, &unfinished);
        if (unfinished && open) {
            uncoloured->unfinished = escape;
            break;
        }
        if (size == 0)
            buffer_append_byte(&uncoloured->text, ESCAPE);
        else if (!add_cut(uncoloured, size))
            return false;
        from = escape + (size ? size : 1);
    }
    return !uncoloured->text.failed;
}

size_t coloured_start(const struct uncoloured *uncoloured, size_t offset) {
    size_t from = 0, to = uncoloured->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (uncoloured->cuts[middle].at <= offset)
            from = middle + 1;
        else
            to = middle;
    }
    return offset + (from ? uncoloured->cuts[from - 1].before : 0);
}

size_t coloured_end(const struct uncoloured *uncoloured, size_t offset) {
    return offset == 0 ? 0 : coloured_start(uncoloured, offset - 1) + 1;
}
