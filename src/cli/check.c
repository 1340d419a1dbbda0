#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "knowledge.h"

static bool ends_with(const char *text, const char *end) {
    size_t size = strlen(text), end_size = strlen(end);
    return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

static bool check_alone(const char *path) {
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    bool fine = glossary && eg_glossary_add_file(glossary, path, &fault);
    if (!glossary)
        complain("out of memory");
    else if (!fine)
        complain("%s", fault.text);
    eg_glossary_free(glossary);
    return fine;
}

/* A rule that no gate follows works as any, but costs time on every line. */
static void tell_slow_rules(const eg_glossary *glossary, const char *path) {
    eg_item rule;
    for (size_t i = 0; eg_glossary_rule(glossary, i, &rule); i++) {
        bool ours =
            rule.origin.size == strlen(path) && memcmp(rule.origin.at, path, rule.origin.size) == 0;
        if (ours && eg_rule_is_asked_everywhere(glossary, i))
            printf("%s:%zu: rule %.*s is asked of every line, as it cannot be told where it may "
                   "begin; a regex without back references, conditions, \\K and verbs is faster\n",
                   path, rule.line, (int)rule.name.size, rule.name.at);
    }
}

/* Rules and explanations are tried with the catalogs that stand beside them on the command line. */
static bool check_with_catalogs(const struct options *options, const char *path) {
    struct options together = *options;
    bool fine = false;
    together.files.count = 0;
    together.files.at = calloc(options->operands.count + 1, sizeof *together.files.at);
    if (!together.files.at) {
        complain("out of memory");
        return false;
    }
    for (size_t i = 0; i < options->operands.count; i++)
        if (ends_with(options->operands.at[i], ".tsv"))
            together.files.at[together.files.count++] = options->operands.at[i];
    together.files.at[together.files.count++] = path;
    eg_glossary *glossary = knowledge_load(&together);
    fine = glossary != NULL;
    if (fine) tell_slow_rules(glossary, path);
    eg_glossary_free(glossary);
    free(together.files.at);
    return fine;
}

int run_check(const struct options *options) {
    bool fine = true;
    if (options->operands.count == 0) {
        complain("check needs a file");
        return STATUS_USAGE;
    }
    const struct words *files = &options->operands;
    for (size_t i = 0; i < files->count; i++) fine = check_alone(files->at[i]) && fine;
    for (size_t i = 0; fine && i < files->count; i++)
        if (!ends_with(files->at[i], ".tsv")) fine = check_with_catalogs(options, files->at[i]);
    if (!fine) return STATUS_USAGE;
    printf("%zu file%s checked, nothing wrong\n", options->operands.count,
           options->operands.count == 1 ? "" : "s");
    return STATUS_OK;
}
