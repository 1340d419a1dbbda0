#include "glossary.h"

/* Names of families, and where they are written. */
struct naming {
    struct view words;
    struct view origin;
    size_t line, column;
};

static size_t count_words(struct view words) {
    size_t count = 0;
    while (view_word(&words).size) count++;
    return count;
}

static bool add_family(struct panel *panel, const struct shelf *shelf, const struct naming *naming,
                       struct view family, struct fault *fault) {
    const struct catalog *catalog = shelf_find(shelf, family);
    if (!catalog)
        return fault_at(fault, naming->origin, naming->line,
                        naming->column + (size_t)(family.at - naming->words.at),
                        "there is no catalog '%.*s'", (int)family.size, family.at);
    panel->catalogs[panel->count++] = catalog;
    panel->hresult |= view_equal(family, VIEW("hresult"));
    panel->ntstatus |= view_equal(family, VIEW("ntstatus"));
    panel->win32 |= view_equal(family, VIEW("win32"));
    return true;
}

static bool make_panel(eg_glossary *glossary, const struct naming *naming, struct panel *ret,
                       struct fault *fault) {
    struct view words = naming->words, family;
    size_t count = count_words(words);
    *ret = (struct panel){.catalogs =
                              arena_take(&glossary->arena, (count + 1) * sizeof *ret->catalogs)};
    if (!ret->catalogs) return fault_memory(fault);
    while ((family = view_word(&words)).size)
        if (!add_family(ret, &glossary->shelf, naming, family, fault)) return false;
    return true;
}

static bool any_textual(const struct panel *panel) {
    for (size_t i = 0; i < panel->count; i++)
        if (catalog_is_textual(panel->catalogs[i])) return true;
    return false;
}

static bool make_panels(eg_glossary *glossary, struct fault *fault) {
    struct ruleset *rules = &glossary->rules;
    struct naming forced = {glossary->families, VIEW("families"), 0, 0};
    struct panel *panels = arena_take(&glossary->arena, (rules->count + 1) * sizeof *panels);
    if (!panels) return fault_memory(fault);
    for (size_t i = 0; i < rules->count; i++) {
        struct rule *rule = rules->rules[i];
        struct naming own = {rule->families, rule->origin, rule->families_line,
                             rule->families_column};
        if (!make_panel(glossary, forced.words.size ? &forced : &own, &panels[i], fault))
            return false;
        rule->textual = any_textual(&panels[i]);
    }
    glossary->knowledge.panels = panels;
    return true;
}

static size_t add_ranked(const struct catalog **ranked, size_t count,
                         const struct catalog *catalog) {
    for (size_t i = 0; i < count; i++)
        if (ranked[i] == catalog) return count;
    ranked[count] = catalog;
    return count + 1;
}

/* Families that logs are known to hold come before those that none of the rules asks. */
static bool rank_catalogs(eg_glossary *glossary, struct fault *fault) {
    const struct shelf *shelf = &glossary->shelf;
    const struct catalog **ranked =
        arena_take(&glossary->arena, (shelf->count + 1) * sizeof *ranked);
    size_t count = 0;
    if (!ranked) return fault_memory(fault);
    for (size_t i = 0; i < glossary->rules.count; i++) {
        const struct panel *panel = &glossary->knowledge.panels[i];
        for (size_t j = 0; j < panel->count; j++)
            count = add_ranked(ranked, count, panel->catalogs[j]);
    }
    glossary->asked = count;
    for (size_t i = 0; i < shelf->count; i++) count = add_ranked(ranked, count, shelf->catalogs[i]);
    glossary->ranked = ranked;
    return true;
}

static bool check_ignored(const eg_glossary *glossary, struct fault *fault) {
    for (size_t i = 0; i < glossary->ignored_count; i++) {
        struct view family = glossary->ignored[i].family;
        if (!shelf_find(&glossary->shelf, family))
            return fault_at(fault, VIEW("ignored"), 0, 0, "there is no catalog '%.*s'",
                            (int)family.size, family.at);
    }
    return true;
}

static bool prove_rules(const eg_glossary *glossary, struct fault *fault) {
    struct scan scan;
    bool fine = scan_init(&scan, &glossary->rules) || fault_memory(fault);
    for (size_t i = 0; fine && i < glossary->rules.count; i++) {
        struct rule *rule = glossary->rules.rules[i];
        if (rule->unproven) fine = scan_prove(&scan, rule, fault);
        rule->unproven = false;
    }
    scan_free(&scan);
    return fine;
}

typedef bool check_companion(const struct shelf *shelf, const struct companion *companion,
                             struct fault *fault);

/* What the library brought along was checked when it was built. */
static bool check_companions(const struct shelf *shelf, const struct companions *companions,
                             check_companion *check, struct fault *fault) {
    for (size_t i = 0; i < companions->count; i++) {
        const struct companion *companion = &companions->at[i];
        bool ours = view_starts(companion->origin, VIEW("builtin:"));
        if (!ours && !check(shelf, companion, fault)) return false;
    }
    return true;
}

static bool check_shelf(const struct shelf *shelf, struct fault *fault) {
    return check_companions(shelf, &shelf->commentaries, shelf_check_commentary, fault) &&
           check_companions(shelf, &shelf->mappings, shelf_check_mapping, fault);
}

static bool any_unproven(const eg_glossary *glossary) {
    for (size_t i = 0; i < glossary->rules.count; i++)
        if (glossary->rules.rules[i]->unproven) return true;
    return false;
}

bool eg_glossary_seal(eg_glossary *glossary, eg_fault *ret_fault) {
    struct fault fault;
    ruleset_sort(&glossary->rules);
    if (!make_panels(glossary, &fault) || !rank_catalogs(glossary, &fault) ||
        !check_ignored(glossary, &fault) || !check_shelf(&glossary->shelf, &fault) ||
        (any_unproven(glossary) && !prove_rules(glossary, &fault)))
        return glossary_report(&fault, ret_fault);
    glossary->knowledge.shelf = &glossary->shelf;
    glossary->knowledge.ignored = glossary->ignored;
    glossary->knowledge.ignored_count = glossary->ignored_count;
    return true;
}
