#include <stdio.h>

#include "commands.h"
#include "knowledge.h"

/* Each file is checked for itself, and all of them together for the families that they name. */
static bool check_file(const char *path) {
    eg_fault fault;
    eg_glossary *alone = eg_glossary_new();
    bool fine = alone && eg_glossary_add_file(alone, path, &fault);
    if (!alone)
        complain("out of memory");
    else if (!fine)
        complain("%s", fault.text);
    eg_glossary_free(alone);
    return fine;
}

static bool check_together(const struct options *options) {
    struct options together = *options;
    together.files = options->operands;
    eg_glossary *glossary = knowledge_load(&together);
    eg_glossary_free(glossary);
    return glossary != NULL;
}

int run_check(const struct options *options) {
    bool fine = true;
    if (options->operands.count == 0) {
        complain("check needs a file");
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < options->operands.count; i++)
        fine = check_file(options->operands.at[i]) && fine;
    if (!fine || !check_together(options)) return STATUS_USAGE;
    printf("%zu file%s checked, nothing wrong\n", options->operands.count,
           options->operands.count == 1 ? "" : "s");
    return STATUS_OK;
}
