#include "glossary.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "embed.h"

bool glossary_report(const struct fault *fault, eg_fault *ret) {
    fault_print(fault, ret->text, sizeof ret->text);
    return false;
}

eg_glossary *eg_glossary_new(void) {
    return calloc(1, sizeof(eg_glossary));
}

void eg_glossary_free(eg_glossary *glossary) {
    if (!glossary) return;
    shelf_free(&glossary->shelf);
    gates_free(glossary->gates);
    ruleset_free(&glossary->rules);
    arena_free(&glossary->arena);
    free(glossary->ignored);
    free(glossary);
}

void eg_glossary_overlay(eg_glossary *glossary) {
    glossary->layer++;
}

static bool is_catalog(struct view name) {
    return view_ends(name, VIEW(".tsv"));
}

static bool add(eg_glossary *glossary, struct view origin, struct view text, bool trusted,
                struct fault *fault) {
    if (is_catalog(origin)) return shelf_put(&glossary->shelf, origin, text, fault);
    if (view_ends(origin, VIEW(".explain")))
        return companions_add(&glossary->shelf.commentaries, origin, text) || fault_memory(fault);
    if (view_ends(origin, VIEW(".mapping")))
        return companions_add(&glossary->shelf.mappings, origin, text) || fault_memory(fault);
    if (view_ends(origin, VIEW(".rules")))
        return ruleset_add(&glossary->rules, origin, text, glossary->layer, trusted, fault);
    return fault_at(fault, origin, 0, 0,
                    "expected a catalog (.tsv), explanations (.explain), a mapping (.mapping) or "
                    "rules (.rules)");
}

bool eg_glossary_add_builtin(eg_glossary *glossary, eg_fault *ret_fault) {
    struct fault fault;
    for (size_t i = 0; i < embedded_count(); i++) {
        struct embedded file = embedded_file(i);
        if (!add(glossary, view_string(file.origin), file.text, true, &fault))
            return glossary_report(&fault, ret_fault);
    }
    return true;
}

static bool add_checked(eg_glossary *glossary, struct view origin, struct view text,
                        struct fault *fault) {
    static const struct view mark = {"\xef\xbb\xbf", 3};
    if (text.size > UINT32_MAX) return fault_at(fault, origin, 0, 0, "the file is over 4 GiB");
    if (view_starts(text, mark)) text = view_part(text, mark.size, text.size);
    if (!add(glossary, origin, text, false, fault)) return false;
    return !is_catalog(origin) ||
           catalog_check(shelf_find(&glossary->shelf, catalog_family_of(origin)), fault);
}

bool eg_glossary_add_text(eg_glossary *glossary, const char *name, const char *text, size_t size,
                          eg_fault *ret_fault) {
    struct fault fault;
    struct view origin = arena_copy(&glossary->arena, view_string(name));
    struct view copy = arena_copy(&glossary->arena, view_of(text, size));
    bool fine =
        origin.at && copy.at ? add_checked(glossary, origin, copy, &fault) : fault_memory(&fault);
    return fine || glossary_report(&fault, ret_fault);
}

static bool read_all(FILE *file, struct buffer *text) {
    size_t size = 1;
    while (size > 0 && buffer_reserve(text, 65536)) {
        size = fread(text->at + text->size, 1, text->capacity - text->size, file);
        text->size += size;
    }
    return !ferror(file);
}

bool eg_glossary_add_file(eg_glossary *glossary, const char *path, eg_fault *ret_fault) {
    struct fault fault;
    struct buffer text = {0};
    FILE *file = fopen(path, "rb");
    bool fine = file && read_all(file, &text);
    if (!fine)
        fault_at(&fault, view_string(path), 0, 0, "%s", strerror(errno));
    else if (text.failed)
        fine = fault_memory(&fault);
    if (file) fclose(file);
    if (!fine)
        glossary_report(&fault, ret_fault);
    else
        fine = eg_glossary_add_text(glossary, path, text.at, text.size, ret_fault);
    buffer_free(&text);
    return fine;
}

bool eg_glossary_drop_rule(eg_glossary *glossary, const char *name, eg_fault *ret_fault) {
    struct fault fault;
    if (ruleset_drop(&glossary->rules, view_string(name))) return true;
    fault_at(&fault, VIEW(""), 0, 0, "there is no rule '%s'", name);
    return glossary_report(&fault, ret_fault);
}

bool eg_glossary_set_families(eg_glossary *glossary, const char *families, eg_fault *ret_fault) {
    struct fault fault;
    glossary->families = arena_copy(&glossary->arena, view_string(families));
    if (glossary->families.at) return true;
    fault_memory(&fault);
    return glossary_report(&fault, ret_fault);
}

bool eg_glossary_set_dialect(eg_glossary *glossary, const char *dialect, eg_fault *ret_fault) {
    struct fault fault;
    glossary->dialect = arena_copy(&glossary->arena, view_string(dialect));
    if (glossary->dialect.at) return true;
    fault_memory(&fault);
    return glossary_report(&fault, ret_fault);
}

void eg_glossary_show_success(eg_glossary *glossary) {
    glossary->knowledge.success = true;
}

void eg_glossary_find_symbols(eg_glossary *glossary) {
    glossary->symbols = true;
}

static bool keep_ignored(eg_glossary *glossary, struct view text, size_t colon) {
    void *ignored = glossary->ignored;
    bool roomy = grow_array(&ignored, &glossary->ignored_capacity, glossary->ignored_count + 1,
                            sizeof *glossary->ignored);
    glossary->ignored = ignored;
    struct view copy = arena_copy(&glossary->arena, text);
    if (!roomy || !copy.at) return false;
    glossary->ignored[glossary->ignored_count++] =
        (struct ignored){view_part(copy, 0, colon), view_part(copy, colon + 1, copy.size)};
    return true;
}

bool eg_glossary_ignore(eg_glossary *glossary, const char *family_and_code, eg_fault *ret_fault) {
    struct fault fault;
    struct view text = view_string(family_and_code);
    size_t colon = view_find(text, 0, ':');
    bool fine = colon > 0 && colon + 1 < text.size;
    if (!fine)
        fault_at(&fault, VIEW(""), 0, 0, "'%s' is no FAMILY:CODE", family_and_code);
    else if (!keep_ignored(glossary, text, colon))
        fine = fault_memory(&fault);
    return fine || glossary_report(&fault, ret_fault);
}

bool eg_glossary_set_gate(eg_glossary *glossary, const char *build, eg_fault *ret_fault) {
    static const char *const names[] = {
        [STARTS_BEST] = "auto", [STARTS_PORTABLE] = "portable", [STARTS_SSSE3] = "ssse3",
        [STARTS_AVX2] = "avx2", [STARTS_AVX512] = "avx512",     [STARTS_NEON] = "neon"};
    struct fault fault;
    glossary->ungated = strcmp(build, "none") == 0;
    if (glossary->ungated) return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(build, names[i]) != 0) continue;
        glossary->build = (enum starts_build)i;
        if (starts_runs(glossary->build)) return true;
        fault_at(&fault, VIEW(""), 0, 0, "this processor has no '%s'", build);
        return glossary_report(&fault, ret_fault);
    }
    fault_at(&fault, VIEW(""), 0, 0, "there is no gate '%s'", build);
    return glossary_report(&fault, ret_fault);
}

bool eg_glossary_catalog(const eg_glossary *glossary, size_t index, eg_item *ret) {
    if (index >= glossary->shelf.count) return false;
    const struct catalog *catalog = glossary->shelf.catalogs[index];
    *ret = (eg_item){.name = public_text(catalog->family),
                     .origin = public_text(catalog->origin),
                     .count = catalog_size(catalog)};
    return true;
}

bool eg_glossary_rule(const eg_glossary *glossary, size_t index, eg_item *ret) {
    if (index >= glossary->rules.count) return false;
    const struct rule *rule = glossary->rules.rules[index];
    size_t count = 0;
    for (const struct proof *proof = rule->proofs; proof; proof = proof->next) count++;
    *ret = (eg_item){.name = public_text(rule->name),
                     .origin = public_text(rule->origin),
                     .line = rule->line,
                     .count = count,
                     .families = public_text(rule->families.words),
                     .dialect = rule->kind == RULE_DIALECT};
    return true;
}

bool eg_rule_is_asked_everywhere(const eg_glossary *glossary, size_t index) {
    const struct ruleset *rules = &glossary->rules;
    if (index >= rules->count || rules->rules[index]->kind == RULE_COLUMN) return false;
    if (!glossary->gates || !gates_make(glossary->gates, rules)) return true;
    return index < rules->codes
               ? !gate_follows(gates_of_codes(glossary->gates), index)
               : !gate_follows(gates_of_dialects(glossary->gates), index - rules->codes);
}

bool eg_builtin_file(size_t index, eg_text *ret_name, eg_text *ret_text) {
    static const struct view prefix = {"builtin:", 8};
    if (index >= embedded_count()) return false;
    struct embedded file = embedded_file(index);
    struct view origin = view_string(file.origin);
    *ret_name = public_text(view_part(origin, prefix.size, origin.size));
    *ret_text = public_text(file.text);
    return true;
}
