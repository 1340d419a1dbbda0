#include "files.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "buffer.h"
#include "globs.h"

struct files {
    const struct files_wanted *wanted;
    size_t operand;     /* the next one */
    struct buffer list; /* the listed paths, each with a NUL behind it */
    size_t listed;      /* where the next of them begins */
    bool list_read;
    FTS *tree; /* the directory being gone through; NULL: none */
    const char *root;
    struct stat output; /* where nothing is to be found; inode 0: nowhere */
    struct buffer below;
    struct globs include, exclude;
    struct arena arena;
};

struct files *files_new(const struct files_wanted *wanted) {
    struct files *files = calloc(1, sizeof *files);
    if (!files) return NULL;
    files->wanted = wanted;
    if (!wanted->output || stat(wanted->output, &files->output) != 0) files->output.st_ino = 0;
    if (globs_take(&files->include, &files->arena, wanted->include, wanted->include_count) &&
        globs_take(&files->exclude, &files->arena, wanted->exclude, wanted->exclude_count))
        return files;
    files_free(files);
    return NULL;
}

void files_free(struct files *files) {
    if (!files) return;
    if (files->tree) fts_close(files->tree);
    buffer_free(&files->list);
    buffer_free(&files->below);
    arena_free(&files->arena);
    free(files);
}

static enum files_state problem(struct files_item *ret, const char *path, int error,
                                const char *message) {
    *ret = (struct files_item){.path = path, .error = error, .message = message};
    return FILES_PROBLEM;
}

/* The path without its first `/` and what else leads out of a directory that it is put below. */
static const char *made_safe(struct files *files, struct view path) {
    struct buffer *below = &files->below;
    buffer_clear(below);
    for (size_t from = 0, to; from < path.size; from = to + 1) {
        to = view_find(path, from, '/');
        struct view step = view_part(path, from, to);
        if (step.size == 0 || view_equal(step, VIEW(".")) || view_equal(step, VIEW(".."))) continue;
        if (below->size) buffer_append_byte(below, '/');
        buffer_append(below, step);
    }
    if (below->size == 0) buffer_append_byte(below, '-');
    buffer_append_byte(below, '\0');
    return below->failed ? NULL : below->at;
}

static enum files_state item(struct files *files, struct files_item *ret, const char *path,
                             const struct stat *about) {
    ret->path = path;
    ret->below = made_safe(files, view_string(path));
    ret->regular = about && S_ISREG(about->st_mode);
    ret->bytes = ret->regular ? (uint64_t)about->st_size : 0;
    return ret->below ? FILES_ITEM : problem(ret, path, ENOMEM, NULL);
}

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Take a path that is named or listed; FILES_END: it is a directory, which is entered. */
static enum files_state take(struct files *files, const char *path, struct files_item *ret) {
    struct stat about;
    char *const roots[] = {(char *)path, NULL};
    if (stat(path, &about) != 0) return problem(ret, path, errno, NULL);
    if (!S_ISDIR(about.st_mode)) return item(files, ret, path, &about);
    if (!files->wanted->recursive) return problem(ret, path, EISDIR, "is a directory (use -r)");
    files->tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    if (!files->tree) return problem(ret, path, errno, NULL);
    files->root = path;
    return FILES_END;
}

/* The part of a path in the tree that is not the operand's; empty for itself. */
static const char *below_root(const struct files *files, const FTSENT *entry) {
    const char *below = entry->fts_path + strlen(files->root);
    while (*below == '/') below++;
    return below;
}

static bool is_output(const struct files *files, const FTSENT *entry) {
    if (entry->fts_info == FTS_F) {
        struct view name = view_string(entry->fts_name);
        return view_equal(name, VIEW(".errgloss-journal")) ||
               (view_starts(name, VIEW(".")) && view_ends(name, VIEW(".errgloss")));
    }
    const struct stat *output = &files->output, *about = entry->fts_statp;
    return entry->fts_info == FTS_D && output->st_ino && about->st_ino == output->st_ino &&
           about->st_dev == output->st_dev;
}

static bool is_wanted(const struct files *files, const FTSENT *entry) {
    const char *below = below_root(files, entry);
    if (entry->fts_level == FTS_ROOTLEVEL) return true;
    if (is_output(files, entry)) return false;
    if (globs_match(&files->exclude, below, entry->fts_name)) return false;
    return entry->fts_info != FTS_F || files->include.count == 0 ||
           globs_match(&files->include, below, entry->fts_name);
}

static enum files_state found(struct files *files, const FTSENT *entry, struct files_item *ret) {
    enum files_state state = item(files, ret, entry->fts_path, entry->fts_statp);
    if (state == FILES_ITEM && entry->fts_level) ret->below = below_root(files, entry);
    return state;
}

/* What there is to say of an entry; FILES_END: nothing. */
static enum files_state look_at(struct files *files, FTSENT *entry, struct files_item *ret) {
    bool wanted = is_wanted(files, entry);
    switch (entry->fts_info) {
    case FTS_D:
        if (!wanted) fts_set(files->tree, entry, FTS_SKIP);
        return FILES_END;
    case FTS_F:
        return wanted ? found(files, entry, ret) : FILES_END;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return wanted ? problem(ret, entry->fts_path, entry->fts_errno, NULL) : FILES_END;
    case FTS_DC:
        return problem(ret, entry->fts_path, ELOOP, NULL);
    default: /* a directory on the way back, a link, a device, a pipe, a socket */
        return FILES_END;
    }
}

static enum files_state next_in_tree(struct files *files, struct files_item *ret) {
    FTSENT *entry;
    while (errno = 0, (entry = fts_read(files->tree))) {
        enum files_state state = look_at(files, entry, ret);
        if (state != FILES_END) return state;
    }
    int why = errno;
    fts_close(files->tree);
    files->tree = NULL;
    return why ? problem(ret, files->root, why, NULL) : FILES_END;
}

/* Fill the list with what the file says. */
static bool read_list(struct files *files) {
    const char *path = files->wanted->list;
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "re");
    size_t got = 1;
    files->list_read = true;
    if (!file) return false;
    while (got && buffer_reserve(&files->list, 1 << 16)) {
        got = fread(files->list.at + files->list.size, 1, 1 << 16, file);
        files->list.size += got;
    }
    int why = ferror(file) ? errno : files->list.failed ? ENOMEM : 0;
    if (!standard) fclose(file);
    errno = why;
    return why == 0;
}

/* Give each path of the list a NUL for its end. */
static bool divide_list(struct buffer *list) {
    bool lines = view_count(buffer_view(list), '\0') == 0;
    buffer_append_byte(list, '\0');
    if (list->failed) {
        errno = ENOMEM;
        return false;
    }
    for (size_t i = 0; lines && i < list->size; i++) {
        if (list->at[i] != '\n') continue;
        list->at[i] = '\0';
        if (i && list->at[i - 1] == '\r') list->at[i - 1] = '\0';
    }
    if (lines && list->size > 1 && list->at[list->size - 2] == '\r')
        list->at[list->size - 2] = '\0';
    return true;
}

/* The next path of the list; NULL: there is no more. */
static const char *next_listed(struct files *files) {
    while (files->listed < files->list.size) {
        const char *path = files->list.at + files->listed;
        files->listed += strlen(path) + 1;
        if (strcmp(path, "-") == 0) return "./-";
        if (*path) return path;
    }
    return NULL;
}

static enum files_state next_operand(struct files *files, struct files_item *ret) {
    const char *path = files->wanted->operands[files->operand++];
    ret->named = true;
    if (strcmp(path, "-") == 0) return item(files, ret, path, NULL);
    enum files_state state = take(files, path, ret);
    if (state == FILES_END) ret->named = false;
    return state;
}

enum files_state files_next(struct files *files, struct files_item *ret) {
    const struct files_wanted *wanted = files->wanted;
    enum files_state state = FILES_END;
    const char *path;
    *ret = (struct files_item){0};
    while (state == FILES_END) {
        if (files->tree) {
            state = next_in_tree(files, ret);
        } else if (files->operand < wanted->operand_count) {
            state = next_operand(files, ret);
        } else if (wanted->list && !files->list_read) {
            if (!read_list(files) || !divide_list(&files->list))
                state = problem(ret, wanted->list, errno, NULL);
        } else if ((path = next_listed(files))) {
            state = take(files, path, ret);
        } else {
            break;
        }
    }
    return state;
}

bool files_count(const struct files_wanted *wanted, uint64_t *ret_files, uint64_t *ret_bytes) {
    struct files_item item;
    enum files_state state;
    bool known = !wanted->list || strcmp(wanted->list, "-") != 0;
    struct files *files = known ? files_new(wanted) : NULL;
    *ret_files = *ret_bytes = 0;
    if (!files) return false;
    while (known && (state = files_next(files, &item)) != FILES_END) {
        if (state == FILES_PROBLEM) continue;
        known = item.regular;
        *ret_files += 1;
        *ret_bytes += item.bytes;
    }
    files_free(files);
    return known;
}
