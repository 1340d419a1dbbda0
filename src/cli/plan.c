#include "plan.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "buffer.h"

static const char system_folder[] = "/etc/errgloss";

static const char *keep(struct plan *plan, const char *text) {
    return arena_copy(&plan->texts, view_string(text)).at;
}

static bool add_step(struct plan *plan, enum step_kind kind, const char *text, const char *why) {
    void *items = plan->steps;
    struct step step = {kind, keep(plan, text), keep(plan, why)};
    if (!grow_array(&items, &plan->capacity, plan->count + 1, sizeof *plan->steps)) return false;
    plan->steps = items;
    plan->steps[plan->count++] = step;
    return step.text && step.why;
}

static bool add(struct plan *plan, enum step_kind kind, const char *text) {
    return add_step(plan, kind, text, "");
}

/* Mix something into the stamp (FNV-1a). */
static void mix(struct plan *plan, const void *bytes, size_t size) {
    for (const unsigned char *at = bytes; size; at++, size--)
        plan->stamp = (plan->stamp ^ *at) * 0x100000001b3;
}

static void mix_number(struct plan *plan, uint64_t number) {
    mix(plan, &number, sizeof number);
}

static void mix_time(struct plan *plan, struct timespec time) {
    mix_number(plan, (uint64_t)time.tv_sec);
    mix_number(plan, (uint64_t)time.tv_nsec);
}

/* Say whether a file could be written again and have the same time. Linux takes times from a clock
 * that ticks every few milliseconds; FAT and others write seconds, two at worst. */
static bool is_of_now(struct timespec written, struct timespec now) {
    long long most = written.tv_nsec ? 100000000 : 2000000000;
    long long seconds = now.tv_sec - written.tv_sec;
    long long age = seconds * 1000000000 + now.tv_nsec - written.tv_nsec;
    return seconds >= 0 && seconds <= 2 && age < most;
}

/* Mix in what is known of a file without opening it. Returns its mode; 0 where none is there. */
static mode_t mix_file(struct plan *plan, const char *path) {
    struct stat about;
    struct timespec now;
    mix(plan, path, strlen(path) + 1);
    if (stat(path, &about) != 0) {
        mix_number(plan, (uint64_t)errno);
        return 0;
    }
    mix_number(plan, about.st_dev);
    mix_number(plan, about.st_ino);
    mix_number(plan, (uint64_t)about.st_size);
    mix_time(plan, about.st_mtim);
    mix_time(plan, about.st_ctim);
    clock_gettime(CLOCK_REALTIME, &now);
    if (is_of_now(about.st_mtim, now)) mix_time(plan, now);
    return about.st_mode;
}

static bool add_file(struct plan *plan, const char *path) {
    mix_file(plan, path);
    return add(plan, STEP_FILE, path);
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

static bool add_named(struct plan *plan, const char *folder, const char *name) {
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path)
        return add_step(plan, STEP_FAULT, folder, "the path is too long");
    /* nobody may ever write to it: who opens it would wait, and the daemon with it */
    if (S_ISFIFO(mix_file(plan, path))) return add_step(plan, STEP_FAULT, path, "it is a FIFO");
    return add(plan, STEP_FILE, path);
}

/* Add what a folder holds, by name. One that need not exist may be missing. */
static bool add_folder(struct plan *plan, const char *folder, bool must_exist) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_ours, alphasort);
    int error = count < 0 ? errno : 0;
    mix(plan, folder, strlen(folder) + 1);
    mix_number(plan, (uint64_t)error);
    if (error && (must_exist || (error != ENOENT && error != ENOTDIR)))
        return add_step(plan, STEP_FAULT, folder, strerror(error));
    bool fine = add(plan, STEP_OVERLAY, "");
    for (int i = 0; i < count; i++) {
        fine = fine && add_named(plan, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return fine;
}

static bool add_config(struct plan *plan) {
    char folder[4096];
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int size = 0;
    if (config && config[0] == '/')
        size = snprintf(folder, sizeof folder, "%s/errgloss", config);
    else if (home && home[0] == '/')
        size = snprintf(folder, sizeof folder, "%s/.config/errgloss", home);
    if (size <= 0 || (size_t)size >= sizeof folder) return true;
    return add_folder(plan, folder, false);
}

/* Folders divided by colons, the first of which wins, as in PATH: so the last one is read first. */
static bool add_path(struct plan *plan, const char *path) {
    char *copy = strdup(path), *colon;
    bool fine = copy != NULL;
    while (fine && (colon = strrchr(copy, ':'))) {
        if (colon[1]) fine = add_folder(plan, colon + 1, true);
        *colon = '\0';
    }
    if (fine && copy[0]) fine = add_folder(plan, copy, true);
    free(copy);
    return fine;
}

static bool add_words(struct plan *plan, enum step_kind kind, const struct words *words) {
    for (size_t i = 0; i < words->count; i++)
        if (!add(plan, kind, words->at[i])) return false;
    return true;
}

/* What an option says, where it is there. */
static bool add_word(struct plan *plan, enum step_kind kind, const char *word) {
    return !word || add(plan, kind, word);
}

static bool add_options(struct plan *plan, const struct options *options) {
    if (!add(plan, STEP_OVERLAY, "")) return false;
    for (size_t i = 0; i < options->files.count; i++)
        if (!add_file(plan, options->files.at[i])) return false;
    return add_words(plan, STEP_DROP, &options->dropped) &&
           add_words(plan, STEP_IGNORE, &options->ignored) &&
           add_word(plan, STEP_DIALECT, options->dialect) &&
           add_word(plan, STEP_GATE, options->gate) &&
           add_word(plan, STEP_SUCCESS, options->success ? "" : NULL) &&
           add_word(plan, STEP_SYMBOLS, options->symbols ? "" : NULL) &&
           add_word(plan, STEP_FAMILIES, options->families);
}

bool plan_make(struct plan *plan, const struct options *options) {
    const char *path = getenv("ERRGLOSS_PATH");
    *plan = (struct plan){.stamp = 0xcbf29ce484222325};
    return add_word(plan, STEP_BUILTIN, options->no_builtin ? NULL : "") &&
           add_folder(plan, system_folder, false) && add_config(plan) &&
           (!path || add_path(plan, path)) && add_options(plan, options);
}

void plan_free(struct plan *plan) {
    arena_free(&plan->texts);
    free(plan->steps);
    *plan = (struct plan){0};
}

static bool tell_fault(const struct step *step, eg_fault *fault) {
    snprintf(fault->text, sizeof fault->text, "%s: %s", step->text, step->why);
    return false;
}

bool step_perform(const struct step *step, eg_glossary *glossary, eg_fault *fault) {
    switch (step->kind) {
    case STEP_BUILTIN:
        return eg_glossary_add_builtin(glossary, fault);
    case STEP_FILE:
        return eg_glossary_add_file(glossary, step->text, fault);
    case STEP_FAULT:
        return tell_fault(step, fault);
    case STEP_DROP:
        return eg_glossary_drop_rule(glossary, step->text, fault);
    case STEP_IGNORE:
        return eg_glossary_ignore(glossary, step->text, fault);
    case STEP_DIALECT:
        return eg_glossary_set_dialect(glossary, step->text, fault);
    case STEP_GATE:
        return eg_glossary_set_gate(glossary, step->text, fault);
    case STEP_FAMILIES:
        return eg_glossary_set_families(glossary, step->text, fault);
    case STEP_OVERLAY:
        eg_glossary_overlay(glossary);
        return true;
    case STEP_SUCCESS:
        eg_glossary_show_success(glossary);
        return true;
    case STEP_SYMBOLS:
        eg_glossary_find_symbols(glossary);
    }
    return true;
}
