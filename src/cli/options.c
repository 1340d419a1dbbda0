#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "suggest.h"

enum { THREADS_MOST = 256 };

void complain(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("errgloss: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
}

static bool add_word(struct words *words, const char *word) {
    words->at[words->count++] = word;
    return true;
}

static bool set_catalog(struct options *options, const char *value) {
    return add_word(&options->files, value);
}

static bool set_no_rule(struct options *options, const char *value) {
    return add_word(&options->dropped, value);
}

static bool set_ignore(struct options *options, const char *value) {
    return add_word(&options->ignored, value);
}

static bool set_family(struct options *options, const char *value) {
    options->families = value;
    return true;
}

static bool set_select(struct options *options, const char *value) {
    return add_word(&options->selected, value);
}

static bool set_from(struct options *options, const char *value) {
    options->form = value;
    return true;
}

static bool set_output(struct options *options, const char *value) {
    options->output = value;
    return true;
}

static bool set_dialect(struct options *options, const char *value) {
    options->dialect = value;
    return true;
}

static bool set_success(struct options *options, const char *value) {
    (void)value;
    return options->success = true;
}

static bool set_symbols(struct options *options, const char *value) {
    (void)value;
    return options->symbols = true;
}

static bool set_format(struct options *options, const char *value) {
    if (strcmp(value, "json") == 0)
        options->format = EG_JSON;
    else if (strcmp(value, "text") == 0)
        options->format = EG_ANNOTATE;
    else
        complain("--format is 'text' or 'json', not '%s'", value);
    return options->format == EG_JSON || strcmp(value, "text") == 0;
}

static bool set_no_builtin(struct options *options, const char *value) {
    (void)value;
    return options->no_builtin = true;
}

static bool set_no_jit(struct options *options, const char *value) {
    (void)value;
    return options->no_jit = true;
}

static bool set_gate(struct options *options, const char *value) {
    options->gate = value;
    return true;
}

static bool set_jobs(struct options *options, const char *value) {
    char *end;
    unsigned long jobs = strtoul(value, &end, 10);
    bool fine = value[0] >= '1' && value[0] <= '9' && *end == '\0' && jobs <= THREADS_MOST;
    if (!fine) complain("--jobs is a number from 1 to %d, not '%s'", THREADS_MOST, value);
    options->threads = fine ? (size_t)jobs : 0;
    return fine;
}

static bool set_stats(struct options *options, const char *value) {
    (void)value;
    return options->stats = true;
}

static bool set_help(struct options *options, const char *value) {
    (void)value;
    return options->help = true;
}

static bool set_version(struct options *options, const char *value) {
    (void)value;
    return options->version = true;
}

/* Every option once: parsing, help and suggestions come from here. */
static const struct {
    const char *name;
    const char *value; /* as the help shows it; NULL for none */
    const char *help;
    bool (*set)(struct options *, const char *);
    unsigned about; /* 0: goes with every command */
    char letter;
} table[] = {
    {"format", "text|json", "text: the annotated log; json: one object for each hit", set_format,
     ABOUT_OUTPUT, 0},
    {"catalog", "FILE.tsv", "add a catalog: code TAB symbol TAB summary", set_catalog,
     ABOUT_KNOWLEDGE, 0},
    {"rules", "FILE.rules", "add rules", set_catalog, ABOUT_KNOWLEDGE, 0},
    {"no-builtin", NULL, "start without the built-in catalogs and rules", set_no_builtin,
     ABOUT_KNOWLEDGE, 0},
    {"family", "LIST", "let only these families answer, in this order", set_family, ABOUT_KNOWLEDGE,
     0},
    {"dialect", "NAME", "take all lines for those of this kind of program", set_dialect,
     ABOUT_MATCHING, 0},
    {"success", NULL, "explain what reports success too", set_success, ABOUT_MATCHING, 0},
    {"symbols", NULL, "explain symbols that stand without a number too", set_symbols,
     ABOUT_MATCHING, 0},
    {"no-rule", "NAME", "leave a rule out", set_no_rule, ABOUT_KNOWLEDGE, 0},
    {"ignore", "FAMILY:CODE", "write no gloss for this code", set_ignore, ABOUT_KNOWLEDGE, 0},
    {"no-jit", NULL, "match with the regex interpreter, not with machine code", set_no_jit,
     ABOUT_MATCHING, 0},
    {"gate", "KIND", "find places for rules by auto, avx512, avx2, ssse3, neon, portable or none",
     set_gate, ABOUT_MATCHING, 0},
    {"jobs", "N", "so many threads for a large file; else one for each processor", set_jobs,
     ABOUT_OUTPUT, 'j'},
    {"stats", NULL, "at the end, print what was counted to standard error", set_stats, ABOUT_OUTPUT,
     0},
    {"from", "FORM", "read header, mc, man, csv, json or catalog; else the file's name tells",
     set_from, ABOUT_IMPORT, 0},
    {"select", "GLOB", "take the codes whose symbols match, as in 'ERROR_*'", set_select,
     ABOUT_IMPORT, 0},
    {"output", "FILE.tsv", "write there, all or nothing; else to standard output", set_output,
     ABOUT_IMPORT, 'o'},
    {"help", NULL, "show this help", set_help, 0, 'h'},
    {"version", NULL, "show the version", set_version, 0, 'V'},
};

enum { OPTIONS = sizeof table / sizeof *table };

static void make_getopt_table(struct option *ret) {
    for (size_t i = 0; i < OPTIONS; i++)
        ret[i] = (struct option){.name = table[i].name, .has_arg = table[i].value != NULL};
    ret[OPTIONS] = (struct option){0};
}

static const char *nearest_option(const char *typed, size_t size) {
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)size, typed);
    for (size_t i = 0; i < OPTIONS; i++)
        if (word_is_near(name, table[i].name)) return table[i].name;
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

static bool goes_with(const struct command *command, size_t index) {
    return table[index].about == 0 || (table[index].about & command->options);
}

static bool set_option(struct options *options, const struct command *command, size_t index) {
    if (goes_with(command, index)) return table[index].set(options, optarg);
    complain("option '--%s' does not go with '%s'", table[index].name, command->name);
    return false;
}

static size_t index_of_letter(int letter) {
    size_t index = 0;
    while (table[index].letter != letter) index++;
    return index;
}

/* Read the option at argv[optind]. */
static bool read_option(struct options *options, const struct command *command,
                        const struct option *longs, int argc, char **argv) {
    int index = -1;
    const char *typed = argv[optind];
    int answer = getopt_long(argc, argv, "+:hj:o:V", longs, &index);
    if (answer == '?' || answer == ':') return complain_about(answer, typed);
    return set_option(options, command, answer ? index_of_letter(answer) : (size_t)index);
}

static bool is_operand(const struct command *command, const char *word) {
    if (word[0] != '-' || word[1] == '\0') return true;
    return command->takes_codes && word[1] >= '0' && word[1] <= '9';
}

static bool make_room(struct words *words, int argc) {
    words->at = calloc((size_t)argc + 1, sizeof *words->at);
    return words->at != NULL;
}

static bool read_words(struct options *options, const struct command *command,
                       const struct option *longs, int argc, char **argv) {
    bool only_operands = false;
    optind = 1;
    opterr = 0;
    while (optind < argc) {
        const char *word = argv[optind];
        if (only_operands || is_operand(command, word)) {
            add_word(&options->operands, word);
            optind++;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
            optind++;
        } else if (!read_option(options, command, longs, argc, argv)) {
            return false;
        }
    }
    return true;
}

bool options_read(struct options *options, const struct command *command, int argc, char **argv) {
    struct option longs[OPTIONS + 1];
    make_getopt_table(longs);
    *options = (struct options){.format = EG_ANNOTATE};
    if (!make_room(&options->operands, argc) || !make_room(&options->files, argc) ||
        !make_room(&options->dropped, argc) || !make_room(&options->ignored, argc) ||
        !make_room(&options->selected, argc)) {
        complain("out of memory");
        return false;
    }
    return read_words(options, command, longs, argc, argv);
}

void options_free(struct options *options) {
    free(options->operands.at);
    free(options->files.at);
    free(options->dropped.at);
    free(options->ignored.at);
    free(options->selected.at);
}

void options_help(const struct command *command) {
    puts("\nOptions:");
    for (size_t i = 0; i < OPTIONS; i++) {
        char usage[64], letter[8] = "    ";
        if (!goes_with(command, i)) continue;
        if (table[i].letter) snprintf(letter, sizeof letter, "-%c, ", table[i].letter);
        snprintf(usage, sizeof usage, "%s--%s%s%s", letter, table[i].name,
                 table[i].value ? "=" : "", table[i].value ? table[i].value : "");
        printf("  %-26s %s\n", usage, table[i].help);
    }
}
