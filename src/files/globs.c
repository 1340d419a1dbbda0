#include "globs.h"

#include <fnmatch.h>

struct glob {
    const char *pattern;
    bool whole; /* compared with the path, not with the name */
};

static bool take(struct glob *glob, struct arena *arena, struct view pattern) {
    while (pattern.size > 1 && pattern.at[pattern.size - 1] == '/') pattern.size--;
    glob->whole = view_find(pattern, 0, '/') < pattern.size;
    if (pattern.size && pattern.at[0] == '/') pattern = view_part(pattern, 1, pattern.size);
    glob->pattern = arena_copy(arena, pattern).at;
    return glob->pattern != NULL;
}

bool globs_take(struct globs *globs, struct arena *arena, const char *const *patterns,
                size_t count) {
    if (count == 0) return true;
    globs->glob = arena_take(arena, count * sizeof *globs->glob);
    if (!globs->glob) return false;
    while (globs->count < count) {
        if (!take(&globs->glob[globs->count], arena, view_string(patterns[globs->count])))
            return false;
        globs->count++;
    }
    return true;
}

bool globs_match(const struct globs *globs, const char *below, const char *name) {
    for (size_t i = 0; i < globs->count; i++) {
        const struct glob *glob = &globs->glob[i];
        if (fnmatch(glob->pattern, glob->whole ? below : name, 0) == 0) return true;
    }
    return false;
}
