#include "knowledge.h"

#include <stdio.h>

#include "plan.h"

static bool fill(eg_glossary *glossary, const struct plan *plan) {
    eg_fault fault;
    bool fine = true;
    for (size_t i = 0; fine && i < plan->count; i++)
        fine = step_perform(&plan->steps[i], glossary, &fault);
    fine = fine && eg_glossary_seal(glossary, &fault);
    if (!fine) complain("%s", fault.text);
    return fine;
}

eg_glossary *knowledge_load(const struct options *options) {
    struct plan plan;
    eg_glossary *glossary = eg_glossary_new();
    bool roomy = plan_make(&plan, options) && glossary;
    if (!roomy) complain("out of memory");
    bool fine = roomy && fill(glossary, &plan);
    plan_free(&plan);
    if (fine) return glossary;
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
