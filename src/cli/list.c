#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "knowledge.h"
#include "reading.h"

static void list_catalogs(const eg_glossary *glossary) {
    eg_item item;
    size_t rows = 0, count = 0;
    for (; eg_glossary_catalog(glossary, count, &item); count++) {
        printf("catalog  %-24.*s %6zu rows   %.*s\n", TEXT(item.name), item.count,
               TEXT(item.origin));
        rows += item.count;
    }
    printf("%zu catalogs, %zu rows\n\n", count, rows);
}

static void list_rules(const eg_glossary *glossary) {
    eg_item item;
    size_t count = 0, dialects = 0;
    for (; eg_glossary_rule(glossary, count, &item); count++) {
        printf("%-8s %-24.*s %6zu proofs %.*s:%zu  [%.*s]\n", item.dialect ? "dialect" : "rule",
               TEXT(item.name), item.count, TEXT(item.origin), item.line, TEXT(item.families));
        dialects += item.dialect;
    }
    printf("%zu rules, %zu dialects\n", count - dialects, dialects);
}

/* A built-in file goes by its name, with or without its folder and `builtin:`. */
static bool is_called(eg_text name, const char *typed) {
    static const char prefix[] = "builtin:";
    if (strncmp(typed, prefix, sizeof prefix - 1) == 0) typed += sizeof prefix - 1;
    size_t size = strlen(typed);
    if (size == 0 || size > name.size) return false;
    const char *end = name.at + name.size - size;
    return memcmp(end, typed, size) == 0 && (size == name.size || end[-1] == '/');
}

static bool print_file(const char *typed) {
    eg_text name, text;
    for (size_t i = 0; eg_builtin_file(i, &name, &text); i++) {
        if (!is_called(name, typed)) continue;
        fwrite(text.at, 1, text.size, stdout);
        return true;
    }
    complain("%s: there is no built-in file of that name; see errgloss list", typed);
    return false;
}

int run_list(const struct options *options) {
    int status = STATUS_OK;
    for (size_t i = 0; i < options->operands.count; i++)
        if (!print_file(options->operands.at[i])) status = STATUS_TROUBLE;
    if (options->operands.count) return status;
    eg_glossary *glossary = knowledge_load(options);
    if (!glossary) return STATUS_USAGE;
    list_catalogs(glossary);
    list_rules(glossary);
    eg_glossary_free(glossary);
    return status;
}
