#include "glossary.h"

#include <stdlib.h>

/* Where the families of a rule are named. */
struct said {
    struct naming naming;
    struct view origin;
};

static size_t count_words(struct view words) {
    size_t count = 0;
    while (view_word(&words).size) count++;
    return count;
}

static bool is_divider(struct view word) {
    return view_equal(word, VIEW("|"));
}

static bool add_family(struct panel *panel, const struct shelf *shelf, const struct said *said,
                       struct view family, struct fault *fault) {
    const struct catalog *catalog = shelf_find(shelf, family);
    const struct naming *naming = &said->naming;
    if (!catalog)
        return fault_at(fault, said->origin, naming->line,
                        naming->column + (size_t)(family.at - naming->words.at),
                        "there is no catalog '%.*s'", (int)family.size, family.at);
    panel->catalogs[panel->count++] = catalog;
    panel->hresult |= view_equal(family, VIEW("hresult"));
    panel->ntstatus |= view_equal(family, VIEW("ntstatus"));
    panel->win32 |= view_equal(family, VIEW("win32"));
    return true;
}

/* Families in parentheses make a reading that is reserved for dialects that speak it. */
static struct view without_parentheses(struct view word, struct panel *panel) {
    bool opens = view_starts(word, VIEW("(")), closes = word.size && word.at[word.size - 1] == ')';
    panel->reserved |= opens;
    return view_part(word, opens, word.size - closes);
}

/* The word `-` stands for no family: what the rule finds is no code that anybody knows. */
static bool fill_panels(struct panels *panels, const struct catalog **room,
                        const struct shelf *shelf, const struct said *said, struct fault *fault) {
    struct view words = said->naming.words, word;
    struct panel *panel = &panels->at[panels->count++];
    *panel = (struct panel){.catalogs = room};
    while ((word = view_word(&words)).size) {
        word = without_parentheses(word, panel);
        if (is_divider(word)) {
            room += panel->count;
            panel = &panels->at[panels->count++];
            *panel = (struct panel){.catalogs = room};
        } else if (!view_equal(word, VIEW("-")) && !add_family(panel, shelf, said, word, fault)) {
            return false;
        }
    }
    return true;
}

static bool make_panels_of(eg_glossary *glossary, const struct said *said, struct panels *ret,
                           struct fault *fault) {
    size_t count = count_words(said->naming.words) + 1;
    const struct catalog **room = arena_take(&glossary->arena, count * sizeof *room);
    *ret = (struct panels){.at = arena_take(&glossary->arena, count * sizeof *ret->at)};
    if (!room || !ret->at) return fault_memory(fault);
    return fill_panels(ret, room, &glossary->shelf, said, fault);
}

static bool any_catalog(const struct panels *panels, bool (*is)(const struct catalog *)) {
    for (size_t i = 0; i < panels->count; i++)
        for (size_t j = 0; j < panels->at[i].count; j++)
            if (is(panels->at[i].catalogs[j])) return true;
    return false;
}

static bool holds_catalog(const struct panels *panels, const struct catalog *catalog) {
    for (size_t i = 0; i < panels->count; i++)
        for (size_t j = 0; j < panels->at[i].count; j++)
            if (panels->at[i].catalogs[j] == catalog) return true;
    return false;
}

static bool holds_family(const struct panel *panel, struct view families) {
    struct view family;
    while ((family = view_word(&families)).size)
        for (size_t i = 0; i < panel->count; i++)
            if (view_equal(panel->catalogs[i]->family, family)) return true;
    return false;
}

/* Which dialects speak a family of the panel. */
static void note_dialects(const struct ruleset *rules, struct panels *panels) {
    const struct rule *dialect;
    for (size_t i = 0; (dialect = ruleset_dialect(rules, i)); i++)
        for (size_t j = 0; j < panels->count; j++)
            if (holds_family(&panels->at[j], dialect->families.words))
                panels->at[j].dialects |= (uint64_t)1 << i;
}

static bool make_panels(eg_glossary *glossary, struct fault *fault) {
    struct ruleset *rules = &glossary->rules;
    struct said forced = {{glossary->families, 0, 0}, VIEW("families")};
    struct panels *panels = arena_take(&glossary->arena, (rules->count + 1) * sizeof *panels);
    if (!panels) return fault_memory(fault);
    for (size_t i = 0; i < rules->count; i++) {
        struct rule *rule = rules->rules[i];
        struct said own = {rule->families, rule->origin};
        bool overruled = forced.naming.words.size && rule->kind != RULE_DIALECT;
        if (!make_panels_of(glossary, overruled ? &forced : &own, &panels[i], fault)) return false;
        note_dialects(rules, &panels[i]);
        rule->textual = any_catalog(&panels[i], catalog_is_textual);
        rule->lettered = rule->textual && any_catalog(&panels[i], catalog_is_lettered);
    }
    glossary->knowledge.panels = panels;
    return true;
}

/* A catalog and how many rules ask it. */
struct standing {
    const struct catalog *catalog;
    size_t place, rules;
};

static size_t count_rules(const eg_glossary *glossary, const struct catalog *catalog) {
    size_t count = 0;
    for (size_t i = 0; i < glossary->rules.count; i++)
        count += holds_catalog(&glossary->knowledge.panels[i], catalog);
    return count;
}

static int by_rules(const void *left, const void *right) {
    const struct standing *a = left, *b = right;
    if (a->rules != b->rules) return a->rules > b->rules ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* Families that many rules ask come before those that few ask, and at last those of none. */
static bool rank_catalogs(eg_glossary *glossary, struct fault *fault) {
    const struct shelf *shelf = &glossary->shelf;
    size_t room = shelf->count + 1;
    const struct catalog **ranked = arena_take(&glossary->arena, room * sizeof *ranked);
    struct standing *standings = arena_take(&glossary->arena, room * sizeof *standings);
    if (!ranked || !standings) return fault_memory(fault);
    for (size_t i = 0; i < shelf->count; i++)
        standings[i] =
            (struct standing){shelf->catalogs[i], i, count_rules(glossary, shelf->catalogs[i])};
    qsort(standings, shelf->count, sizeof *standings, by_rules);
    for (size_t i = 0; i < shelf->count; i++) {
        ranked[i] = standings[i].catalog;
        glossary->asked += standings[i].rules > 0;
    }
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

static bool make_gates(eg_glossary *glossary, struct fault *fault) {
    /* a glossary may be sealed again */
    gates_free(glossary->gates);
    glossary->gates = glossary->ungated ? NULL : gates_new(glossary->build);
    return glossary->gates || glossary->ungated || fault_memory(fault);
}

static bool prove_rules(const eg_glossary *glossary, struct fault *fault) {
    struct scan scan;
    struct evidence evidence;
    bool roomy = evidence_init(&evidence, &glossary->rules, NULL);
    bool fine =
        (scan_init(&scan, &glossary->rules, NULL, &evidence) && roomy) || fault_memory(fault);
    for (size_t i = 0; fine && i < glossary->rules.count; i++) {
        struct rule *rule = glossary->rules.rules[i];
        if (rule->unproven) fine = scan_prove(&scan, rule, fault);
        rule->unproven = false;
    }
    scan_free(&scan);
    evidence_free(&evidence);
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

static bool bind_forced(eg_glossary *glossary, struct fault *fault) {
    const struct rule *dialect;
    struct view name = glossary->dialect;
    glossary->forced = NO_DIALECT;
    if (name.size == 0) return true;
    for (size_t i = 0; (dialect = ruleset_dialect(&glossary->rules, i)); i++)
        if (view_equal(dialect->name, name)) glossary->forced = i;
    return glossary->forced != NO_DIALECT ||
           fault_at(fault, VIEW(""), 0, 0, "there is no dialect '%.*s'", (int)name.size, name.at);
}

bool eg_glossary_seal(eg_glossary *glossary, eg_fault *ret_fault) {
    struct fault fault;
    if (!glossary->symbols) ruleset_drop_symbols(&glossary->rules);
    ruleset_sort(&glossary->rules);
    if (!ruleset_bind_dialects(&glossary->rules, &fault) || !bind_forced(glossary, &fault) ||
        !make_panels(glossary, &fault) || !rank_catalogs(glossary, &fault) ||
        !make_gates(glossary, &fault) || !check_ignored(glossary, &fault) ||
        !check_shelf(&glossary->shelf, &fault) ||
        (any_unproven(glossary) && !prove_rules(glossary, &fault)))
        return glossary_report(&fault, ret_fault);
    glossary->knowledge.shelf = &glossary->shelf;
    glossary->knowledge.rules = &glossary->rules;
    glossary->knowledge.ignored = glossary->ignored;
    glossary->knowledge.ignored_count = glossary->ignored_count;
    return true;
}
