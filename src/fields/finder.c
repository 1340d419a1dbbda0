#include "finder.h"

#include <stdlib.h>

#include "escape.h"

void finder_free(struct finder *finder) {
    buffer_free(&finder->names);
    buffer_free(&finder->path);
    free(finder->found);
    *finder = (struct finder){0};
}

/* Cut the text before the next comma off. */
static struct view cut_name(struct view *rest) {
    size_t comma = view_find(*rest, 0, ',');
    struct view name = view_part(*rest, 0, comma);
    *rest = view_part(*rest, comma < rest->size ? comma + 1 : comma, rest->size);
    return name;
}

bool finder_name(struct finder *finder, struct view names) {
    while (names.size) {
        struct view name = view_trim(cut_name(&names));
        if (name.size == 0) continue;
        buffer_append(&finder->names, name);
        buffer_append_byte(&finder->names, ',');
    }
    return !finder->names.failed;
}

/* Which of the names the member at hand has; false where it has none. */
static bool is_wanted(const struct finder *finder, size_t *ret_name) {
    struct view rest = buffer_view(&finder->names);
    for (*ret_name = 0; rest.size; ++*ret_name)
        if (view_equal(cut_name(&rest), buffer_view(&finder->path))) return true;
    return false;
}

static void enter(struct finder *finder, bool object) {
    size_t depth = finder->tokens.depth;
    if (!object || finder->live + 1 != depth) return;
    finder->live = depth;
    finder->ends[depth] = finder->path.size;
}

static void leave(struct finder *finder) {
    if (finder->live > finder->tokens.depth) finder->live = finder->tokens.depth;
}

static void take_name(struct finder *finder) {
    finder->path.size = finder->ends[finder->live];
    if (finder->live > 1) buffer_append_byte(&finder->path, '.');
    escape_decode(finder->tokens.string, &finder->path);
}

static bool add(struct finder *finder, size_t name) {
    void *items = finder->found;
    bool roomy = grow_array(&items, &finder->capacity, finder->count + 1, sizeof *finder->found);
    finder->found = items;
    if (roomy) finder->found[finder->count++] = (struct found){finder->tokens.string, name};
    return roomy;
}

/* False when there is no memory. */
static bool take(struct finder *finder, enum token token) {
    bool here = finder->live == finder->tokens.depth;
    size_t name;
    if (token == TOKEN_OBJECT || token == TOKEN_ARRAY)
        enter(finder, token == TOKEN_OBJECT);
    else if (token == TOKEN_CLOSE)
        leave(finder);
    else if (token == TOKEN_NAME && here)
        take_name(finder);
    else if (token == TOKEN_STRING && here && is_wanted(finder, &name))
        return add(finder, name);
    return !finder->path.failed;
}

enum finder_state finder_find(struct finder *finder, struct view text) {
    finder->count = finder->live = 0;
    buffer_clear(&finder->path);
    tokens_begin(&finder->tokens, text);
    enum token token = tokens_next(&finder->tokens);
    if (token != TOKEN_OBJECT) return FINDER_NO_OBJECT;
    for (; token != TOKEN_END; token = tokens_next(&finder->tokens)) {
        if (token == TOKEN_WRONG) return FINDER_NO_OBJECT;
        if (!take(finder, token)) return FINDER_NO_MEMORY;
    }
    return FINDER_FOUND;
}
