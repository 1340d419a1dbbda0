#include "knowledge.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char system_folder[] = "/etc/errgloss";

static bool report(const eg_fault *fault) {
    complain("%s", fault->text);
    return false;
}

static bool ends_with(const char *text, const char *end) {
    size_t size = strlen(text), end_size = strlen(end);
    return size > end_size && strcmp(text + size - end_size, end) == 0;
}

static int is_ours(const struct dirent *entry) {
    static const char *const endings[] = {".tsv", ".explain", ".mapping", ".rules"};
    if (entry->d_name[0] == '.') return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_with(entry->d_name, endings[i])) return true;
    return false;
}

static bool add_named(eg_glossary *glossary, const char *folder, const char *name) {
    char path[4096];
    eg_fault fault;
    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path) {
        complain("%s: the path is too long", folder);
        return false;
    }
    return eg_glossary_add_file(glossary, path, &fault) || report(&fault);
}

/* Add what a folder holds, by name. One that need not exist may be missing. */
static bool add_folder(eg_glossary *glossary, const char *folder, bool must_exist) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_ours, alphasort);
    if (count < 0 && (must_exist || (errno != ENOENT && errno != ENOTDIR))) {
        complain("%s: %s", folder, strerror(errno));
        return false;
    }
    bool fine = true;
    eg_glossary_overlay(glossary);
    for (int i = 0; i < count; i++) {
        fine = fine && add_named(glossary, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return fine;
}

static bool add_config(eg_glossary *glossary) {
    char folder[4096];
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int size = 0;
    if (config && config[0] == '/')
        size = snprintf(folder, sizeof folder, "%s/errgloss", config);
    else if (home && home[0] == '/')
        size = snprintf(folder, sizeof folder, "%s/.config/errgloss", home);
    if (size <= 0 || (size_t)size >= sizeof folder) return true;
    return add_folder(glossary, folder, false);
}

/* Folders divided by colons, the first of which wins, as in PATH: so the last one is read first. */
static bool add_path(eg_glossary *glossary, const char *path) {
    char *copy = strdup(path), *colon;
    bool fine = copy != NULL;
    if (!fine) complain("out of memory");
    while (fine && (colon = strrchr(copy, ':'))) {
        if (colon[1]) fine = add_folder(glossary, colon + 1, true);
        *colon = '\0';
    }
    if (fine && copy[0]) fine = add_folder(glossary, copy, true);
    free(copy);
    return fine;
}

static bool add_options(eg_glossary *glossary, const struct options *options) {
    eg_fault fault;
    eg_glossary_overlay(glossary);
    for (size_t i = 0; i < options->files.count; i++)
        if (!eg_glossary_add_file(glossary, options->files.at[i], &fault)) return report(&fault);
    for (size_t i = 0; i < options->dropped.count; i++)
        if (!eg_glossary_drop_rule(glossary, options->dropped.at[i], &fault)) return report(&fault);
    for (size_t i = 0; i < options->ignored.count; i++)
        if (!eg_glossary_ignore(glossary, options->ignored.at[i], &fault)) return report(&fault);
    if (options->dialect && !eg_glossary_set_dialect(glossary, options->dialect, &fault))
        return report(&fault);
    if (options->gate && !eg_glossary_set_gate(glossary, options->gate, &fault))
        return report(&fault);
    if (options->success) eg_glossary_show_success(glossary);
    if (options->symbols) eg_glossary_find_symbols(glossary);
    if (!options->families) return true;
    return eg_glossary_set_families(glossary, options->families, &fault) || report(&fault);
}

static bool fill(eg_glossary *glossary, const struct options *options) {
    eg_fault fault;
    const char *path = getenv("ERRGLOSS_PATH");
    if (!options->no_builtin && !eg_glossary_add_builtin(glossary, &fault)) return report(&fault);
    if (!add_folder(glossary, system_folder, false) || !add_config(glossary)) return false;
    if (path && !add_path(glossary, path)) return false;
    if (!add_options(glossary, options)) return false;
    return eg_glossary_seal(glossary, &fault) || report(&fault);
}

eg_glossary *knowledge_load(const struct options *options) {
    eg_glossary *glossary = eg_glossary_new();
    if (!glossary) complain("out of memory");
    if (glossary && fill(glossary, options)) return glossary;
    eg_glossary_free(glossary);
    return NULL;
}

int knowledge_ask(const struct options *options, const char *missing,
                  bool (*ask)(const eg_glossary *glossary, const char *operand)) {
    if (options->operands.count == 0) {
        complain("%s", missing);
        return STATUS_USAGE;
    }
    eg_glossary *glossary = knowledge_load(options);
    if (!glossary) return STATUS_USAGE;
    int status = STATUS_OK;
    for (size_t i = 0; i < options->operands.count; i++) {
        if (i) putchar('\n');
        if (!ask(glossary, options->operands.at[i])) status = STATUS_TROUBLE;
    }
    eg_glossary_free(glossary);
    return status;
}
