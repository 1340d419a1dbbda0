#include "target.h"

#include <errno.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "range.h"

static bool complain_of(const char *path, const char *message) {
    complain("%s: %s", path, message ? message : strerror(errno));
    return false;
}

/* What keeps files from being written; NULL where nothing does. */
static const char *hindrance(const struct options *options) {
    if (options->in_place && options->output_dir) return "--in-place does not go with --output-dir";
    if (!options->in_place && !options->output_dir) {
        if (options->resume) return "--resume goes with --in-place or --output-dir";
        return options->decompress ? "--decompress goes with --output-dir" : NULL;
    }
    if (options->byte_range || options->shard) return "a part of a file goes to standard output";
    if (options->output_dir) return NULL;
    if (options->decompress) return "--decompress goes with --output-dir";
    if (options->format != OUTPUT_TEXT) return "--in-place keeps a log, and writes no JSON";
    if (options->only_matching || options->before || options->after || options->with_filename)
        return "--in-place keeps all lines as they are";
    return NULL;
}

/* Meet the journal of the directory that a file is in. */
static bool meet_journal(struct journals *journals, const char *path) {
    const char *message;
    char *copy = strdup(path);
    bool fine = copy && journals_at(journals, dirname(copy), false, &message);
    if (!fine) complain_of(path, copy ? message : NULL);
    free(copy);
    return fine;
}

/* A journal is open for each directory of a run. */
static void allow_many_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* Other runs, and interrupted ones, are met before any file is changed. */
static bool meet_all(struct journals *journals, const struct files_wanted *wanted) {
    struct files_item item;
    enum files_state state;
    struct files *files = files_new(wanted);
    bool fine = files != NULL;
    while (fine && (state = files_next(files, &item)) != FILES_END)
        if (state == FILES_ITEM && strcmp(item.path, "-") != 0)
            fine = meet_journal(journals, item.path);
    files_free(files);
    return fine;
}

static bool meet_output(struct journals *journals, const char *directory) {
    const char *message = NULL;
    bool there = mkdir(directory, 0777) == 0 || errno == EEXIST;
    return (there && journals_at(journals, directory, true, &message)) ||
           complain_of(directory, message);
}

bool target_init(struct target *target, const struct options *options,
                 const struct files_wanted *wanted) {
    const char *why = hindrance(options);
    *target = (struct target){.options = options};
    if (why) {
        complain("%s", why);
        return false;
    }
    if (!options->in_place && !options->output_dir) return true;
    signal(SIGIO, SIG_IGN);
    allow_many_descriptors();
    target->journals = journals_new(options->resume);
    if (!target->journals) return complain_of("journal", NULL);
    return options->in_place ? meet_all(target->journals, wanted)
                             : meet_output(target->journals, options->output_dir);
}

bool target_end(struct target *target, bool whole) {
    bool fine = !whole || !target->journals || journals_end(target->journals);
    if (!fine) complain_of("journal", NULL);
    if (target->journals) journals_free(target->journals);
    buffer_free(&target->name);
    return fine;
}

static enum target_state state_of(struct target *target, enum delivery_state state,
                                  const char *path) {
    target->delivering = state == DELIVERY_READY;
    if (state == DELIVERY_REFUSED) complain_of(path, target->delivery.message);
    return state == DELIVERY_READY  ? TARGET_READY
           : state == DELIVERY_DONE ? TARGET_DONE
                                    : TARGET_REFUSED;
}

/* Say whether an earlier run has kept the file under that name, which would be lost. */
static bool is_kept(const char *path, const char *suffix) {
    struct buffer name = {0};
    struct stat about;
    buffer_format(&name, "%s%s", path, suffix);
    buffer_append_byte(&name, '\0');
    bool there = !name.failed && lstat(name.at, &about) == 0;
    if (there) complain("%s: %s is there already", path, name.at);
    buffer_free(&name);
    return there;
}

enum target_state target_open(struct target *target, const char *path, int *ret_source) {
    const char *suffix = target->options->in_place;
    bool delivers = suffix || target->options->output_dir;
    *ret_source = -1;
    if (delivers && strcmp(path, "-") == 0) {
        complain("standard input: %s is for files", suffix ? "--in-place" : "--output-dir");
        return TARGET_REFUSED;
    }
    if (!suffix) return TARGET_READY;
    if (suffix[0] && !target->options->resume && is_kept(path, suffix)) return TARGET_REFUSED;
    enum delivery_state state =
        delivery_in_place(&target->delivery, target->journals, path, suffix[0] ? suffix : NULL);
    *ret_source = state == DELIVERY_READY ? target->delivery.source : -1;
    return state_of(target, state, path);
}

/* The name without the ending that tells of its compression. */
static struct view without_ending(struct view name, enum unpack_format format) {
    static const char *const endings[] = {[UNPACK_GZIP] = ".gz",
                                          [UNPACK_BZIP2] = ".bz2",
                                          [UNPACK_XZ] = ".xz",
                                          [UNPACK_ZSTD] = ".zst",
                                          [UNPACK_LZ4] = ".lz4"};
    struct view ending = view_string(format < UNPACK_TAR ? endings[format] : NULL);
    if (ending.size && name.size > ending.size && view_ends(name, ending)) name.size -= ending.size;
    return name;
}

/* Append a member's name without the parts that lead nowhere: `/./a//b` is `a/b`, as for tar. */
static void append_member(struct buffer *name, struct view member) {
    struct view divider = VIEW("");
    for (size_t at = 0, end; at < member.size; at = end + 1) {
        end = view_find(member, at, '/');
        struct view part = view_part(member, at, end);
        if (part.size == 0 || view_equal(part, VIEW("."))) continue;
        buffer_append(name, divider);
        buffer_append(name, part);
        divider = VIEW("/");
    }
}

/* Its path below the output directory: archives become directories. */
static bool name_below(struct target *target, const char *below, const char *member,
                       enum unpack_format compression) {
    struct buffer *name = &target->name;
    buffer_clear(name);
    buffer_append(name, view_string(below));
    if (member) buffer_append_byte(name, '/');
    if (member) append_member(name, view_string(member));
    if (target->options->decompress)
        name->size = without_ending(buffer_view(name), compression).size;
    buffer_append_byte(name, '\0');
    errno = ENOMEM;
    return !name->failed;
}

static enum target_state begin_below(struct target *target, struct outlet *outlet,
                                     const struct files_item *item, const char *member,
                                     struct unpack_about about) {
    enum unpack_format compression = about.compression;
    const char *like = item->regular ? item->path : NULL;
    if (!name_below(target, item->below, member, compression)) {
        complain_of(item->path, NULL);
        return TARGET_REFUSED;
    }
    if (member && !unpack_name_is_safe(target->name.at + strlen(item->below) + 1)) {
        complain("%s: %s: this name leads out of the output directory", item->path, member);
        return TARGET_REFUSED;
    }
    enum delivery_state state = delivery_below(&target->delivery, target->journals,
                                               target->options->output_dir, target->name.at, like);
    if (state == DELIVERY_READY && member)
        delivery_own(&target->delivery, about.mode ? about.mode : 0644, (time_t)about.changed);
    bool packed = !target->options->decompress;
    if (state == DELIVERY_READY &&
        !outlet_deliver(outlet, &target->delivery, packed ? compression : UNPACK_PLAIN))
        state = DELIVERY_REFUSED;
    return state_of(target, state, target->name.at);
}

enum target_state target_begin(struct target *target, struct outlet *outlet,
                               const struct files_item *item, const char *member,
                               struct unpack_about about) {
    if (target->options->output_dir) return begin_below(target, outlet, item, member, about);
    if (!target->options->in_place) {
        outlet_begin(outlet, STDOUT_FILENO);
        return TARGET_READY;
    }
    if (outlet_deliver(outlet, &target->delivery, about.compression)) return TARGET_READY;
    complain_of(item->path, NULL);
    return TARGET_REFUSED;
}

bool target_close(struct target *target, struct pump *pump, bool whole) {
    struct outlet *outlet = &pump->outlet;
    if (!target->delivering) return true;
    target->delivering = false;
    /* what could not be written is given up already */
    if (outlet->failed) return true;
    if (!whole) {
        delivery_abort(&target->delivery);
        return true;
    }
    if (outlet->delivery && outlet_end(outlet) && delivery_commit(&target->delivery)) return true;
    pump_cannot_write(pump);
    return false;
}
