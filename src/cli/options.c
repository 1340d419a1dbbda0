#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "settings.h"
#include "suggest.h"
#include "tame.h"

enum { MESSAGE_MOST = 8192 };

void complain(const char *format, ...) {
    char text[MESSAGE_MOST];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    tame(text);
    fprintf(stderr, "errgloss: %s\n", text);
}

enum { SETTINGS_MOST = 64 };

static bool goes_with(const struct command *command, const struct setting *setting) {
    return setting->about == 0 || (setting->about & command->options);
}

/* The options as getopt_long wants them, and their letters. */
struct spelling {
    const struct setting *settings[SETTINGS_MOST + 1]; /* in the order of `longs` */
    struct option longs[SETTINGS_MOST + 1];
    char letters[2 * SETTINGS_MOST + 3];
};

/* Of options that share a name the one counts that goes with the command. */
static bool is_another(const struct setting *all, size_t count, const struct setting *setting,
                       const struct command *command) {
    if (goes_with(command, setting)) return false;
    for (size_t i = 0; i < count; i++)
        if (goes_with(command, &all[i]) && strcmp(all[i].name, setting->name) == 0) return true;
    return false;
}

static void spell(struct spelling *spelling, const struct command *command) {
    size_t count, next = 0;
    const struct setting *all = settings(&count);
    char *letter = spelling->letters;
    *letter++ = '+';
    *letter++ = ':';
    for (size_t i = 0; i < count; i++) {
        int takes = all[i].kind == SET_MAYBE ? optional_argument
                    : all[i].value           ? required_argument
                                             : no_argument;
        if (is_another(all, count, &all[i], command)) continue;
        spelling->settings[next] = &all[i];
        spelling->longs[next++] = (struct option){.name = all[i].name, .has_arg = takes};
        if (all[i].letter) *letter++ = all[i].letter;
        if (all[i].letter && all[i].value) *letter++ = ':';
    }
    spelling->longs[next] = (struct option){0};
    *letter = '\0';
}

static const char *nearest_option(const char *typed, size_t size) {
    char name[64];
    size_t count;
    const struct setting *all = settings(&count);
    snprintf(name, sizeof name, "%.*s", (int)size, typed);
    for (size_t i = 0; i < count; i++)
        if (word_is_near(name, all[i].name)) return all[i].name;
    return NULL;
}

static bool complain_unknown(const char *typed) {
    const char *name = typed + strspn(typed, "-");
    size_t size = strcspn(name, "=");
    const char *near = typed[1] == '-' ? nearest_option(name, size) : NULL;
    if (near && strlen(near) == size && strncmp(near, name, size) == 0)
        complain("option '--%s' takes no value", near);
    else if (near)
        complain("unknown option '--%.*s'; did you mean '--%s'?", (int)size, name, near);
    else
        complain("unknown option '%s'; see errgloss --help", typed);
    return false;
}

static bool complain_about(int answer, const char *typed) {
    if (answer != ':') return complain_unknown(typed);
    complain("option '%s' needs a value", typed);
    return false;
}

static bool set_option(struct options *options, const struct command *command,
                       const struct setting *setting) {
    if (goes_with(command, setting)) return setting_apply(setting, options, optarg);
    if (command->name[0])
        complain("option '--%s' does not go with '%s'", setting->name, command->name);
    else
        complain("option '--%s' goes with a command", setting->name);
    return false;
}

static size_t index_of_letter(const struct spelling *spelling, int letter) {
    size_t index = 0;
    while (spelling->settings[index] && spelling->settings[index]->letter != letter) index++;
    return index;
}

/* Read the option at argv[optind]. */
static bool read_option(struct options *options, const struct command *command,
                        const struct spelling *spelling, int argc, char **argv) {
    int index = -1;
    const char *typed = argv[optind];
    int answer = getopt_long(argc, argv, spelling->letters, spelling->longs, &index);
    if (answer == '?' || answer == ':') return complain_about(answer, typed);
    size_t found = answer ? index_of_letter(spelling, answer) : (size_t)index;
    const struct setting *setting = spelling->settings[found];
    return setting && set_option(options, command, setting);
}

static bool is_operand(const struct command *command, const char *word) {
    if (word[0] != '-' || word[1] == '\0') return true;
    return command->takes_codes && word[1] >= '0' && word[1] <= '9';
}

static bool read_words(struct options *options, const struct command *command, int argc,
                       char **argv) {
    bool only_operands = false;
    struct spelling spelling = {0};
    spell(&spelling, command);
    optind = 1;
    opterr = 0;
    while (optind < argc) {
        const char *word = argv[optind];
        if (only_operands || is_operand(command, word)) {
            options->operands.at[options->operands.count++] = word;
            optind++;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
            optind++;
        } else if (!read_option(options, command, &spelling, argc, argv)) {
            return false;
        }
    }
    return true;
}

/* The lists of words, each of which has room for the whole command line. */
static struct words *list_of(struct options *options, size_t index) {
    struct words *const lists[] = {&options->operands, &options->files,    &options->dropped,
                                   &options->ignored,  &options->selected, &options->include,
                                   &options->exclude};
    return index < sizeof lists / sizeof *lists ? lists[index] : NULL;
}

/* What an earlier run has kept is no log to be rewritten: it is left out of directories. */
static bool exclude_kept(struct options *options) {
    const char *suffix = options->in_place;
    if (!suffix || !suffix[0]) return true;
    char *at = options->kept = malloc(2 * strlen(suffix) + 2);
    if (!at) {
        complain("out of memory");
        return false;
    }
    for (*at++ = '*'; *suffix; suffix++) {
        *at++ = '\\';
        *at++ = *suffix;
    }
    *at = '\0';
    options->exclude.at[options->exclude.count++] = options->kept;
    return true;
}

bool options_read(struct options *options, const struct command *command, int argc, char **argv) {
    struct words *list;
    *options = (struct options){.max_ratio = 1000, .max_reply = 8192};
    for (size_t i = 0; (list = list_of(options, i)); i++) {
        list->at = calloc((size_t)argc + 1, sizeof *list->at);
        if (list->at) continue;
        complain("out of memory");
        return false;
    }
    return read_words(options, command, argc, argv) && exclude_kept(options);
}

void options_free(struct options *options) {
    struct words *list;
    for (size_t i = 0; (list = list_of(options, i)); i++) free(list->at);
    free(options->kept);
}

/* where the words of the help begin */
enum { HELP_COLUMN = 30 };

void options_help(const struct command *command) {
    size_t count;
    const struct setting *all = settings(&count);
    puts("\nOptions:");
    for (size_t i = 0; i < count; i++) {
        char usage[64], letter[8] = "    ";
        const char *value = all[i].value, *open = all[i].kind == SET_MAYBE ? "[" : "";
        if (!goes_with(command, &all[i])) continue;
        if (all[i].letter) snprintf(letter, sizeof letter, "-%c, ", all[i].letter);
        snprintf(usage, sizeof usage, "%s--%s%s%s%s%s", letter, all[i].name, open, value ? "=" : "",
                 value ? value : "", open[0] ? "]" : "");
        bool wide = strlen(usage) > HELP_COLUMN - 4;
        printf("  %-*s%s%*s%s\n", HELP_COLUMN - 4, usage, wide ? "\n" : " ",
               wide ? HELP_COLUMN - 1 : 0, "", all[i].help);
    }
}
