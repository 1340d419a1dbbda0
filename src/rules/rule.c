#include "rule.h"

/* A rule while it is read. */
struct draft {
    struct rule *rule;
    struct proof **last_proof;
    struct arena *arena;
    struct view origin;
    bool has_sample, has_silent;
};

static bool once(const struct draft *draft, const struct notation_line *said, bool there,
                 struct fault *fault) {
    if (!there) return true;
    return fault_at(fault, draft->origin, said->line, said->name_column,
                    "a rule has one `%.*s` only", (int)said->name.size, said->name.at);
}

static bool set_match(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    if (!once(draft, said, draft->rule->pattern != NULL, fault)) return false;
    draft->rule->pattern =
        pattern_compile(said->value, draft->origin, said->line, said->value_column, fault);
    return draft->rule->pattern != NULL;
}

static bool set_family(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    struct rule *rule = draft->rule;
    if (!once(draft, said, rule->families.size > 0, fault)) return false;
    rule->families = said->value;
    rule->families_line = said->line;
    rule->families_column = said->value_column;
    if (said->value.size) return true;
    return fault_at(fault, draft->origin, said->line, said->value_column, "name a family");
}

static bool set_base(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    if (view_equal(said->value, VIEW("hex")))
        draft->rule->base = BASE_HEX;
    else if (view_equal(said->value, VIEW("dec")))
        draft->rule->base = BASE_DECIMAL;
    else
        return fault_at(fault, draft->origin, said->line, said->value_column,
                        "base is `dec` or `hex`");
    return true;
}

static bool add_proof(struct draft *draft, const struct notation_line *said, struct proof proof,
                      struct fault *fault) {
    struct proof *kept = arena_take(draft->arena, sizeof *kept);
    if (!kept) return fault_memory(fault);
    proof.line = said->line;
    proof.column = said->value_column;
    *kept = proof;
    *draft->last_proof = kept;
    draft->last_proof = &kept->next;
    return true;
}

/* The sample's text and code are divided by the last ` => `. */
static bool add_sample(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    static const struct view arrow = {" => ", 4};
    struct view value = said->value;
    size_t at = value.size;
    while (at > 0 && !view_starts(view_part(value, at, value.size), arrow)) at--;
    if (at == 0)
        return fault_at(fault, draft->origin, said->line, said->value_column,
                        "a sample is: text => code");
    struct view code = view_trim(view_part(value, at + arrow.size, value.size));
    draft->has_sample = true;
    return add_proof(draft, said, (struct proof){view_part(value, 0, at), code, false, 0, 0, NULL},
                     fault);
}

static bool add_silent(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    draft->has_silent = true;
    return add_proof(draft, said, (struct proof){said->value, VIEW(""), true, 0, 0, NULL}, fault);
}

static const struct {
    const char *name;
    bool (*set)(struct draft *, const struct notation_line *, struct fault *);
} keys[] = {
    {"match", set_match},   {"family", set_family}, {"base", set_base},
    {"sample", add_sample}, {"silent", add_silent},
};

static bool set_key(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (view_equal(said->name, view_string(keys[i].name)))
            return keys[i].set(draft, said, fault);
    return fault_at(fault, draft->origin, said->line, said->name_column,
                    "unknown key `%.*s`; a rule has match, family, base, sample and silent",
                    (int)said->name.size, said->name.at);
}

static bool check_complete(const struct draft *draft, struct fault *fault) {
    const struct rule *rule = draft->rule;
    const char *missing = !rule->pattern         ? "match"
                          : !rule->families.size ? "family"
                          : !draft->has_sample   ? "sample"
                          : !draft->has_silent   ? "silent"
                                                 : NULL;
    if (!missing) return true;
    return fault_at(fault, draft->origin, rule->line, 1, "rule %.*s has no `%s`",
                    (int)rule->name.size, rule->name.at, missing);
}

static bool read_keys(struct notation_reader *reader, struct draft *draft,
                      struct notation_line *head, bool *ret_more, struct fault *fault) {
    for (;;) {
        switch (notation_next(reader, head, fault)) {
        case NOTATION_KEY:
            if (!set_key(draft, head, fault)) return false;
            break;
        case NOTATION_FAULT:
            return false;
        case NOTATION_RULE:
            *ret_more = true;
            return check_complete(draft, fault);
        case NOTATION_END:
            *ret_more = false;
            return check_complete(draft, fault);
        }
    }
}

struct rule *rule_read(struct notation_reader *reader, struct notation_line *head,
                       struct arena *arena, bool *ret_more, struct fault *fault) {
    struct rule *rule = arena_take(arena, sizeof *rule);
    if (!rule) {
        fault_memory(fault);
        return NULL;
    }
    rule->name = head->name;
    rule->origin = reader->origin;
    rule->line = head->line;
    struct draft draft = {rule, &rule->proofs, arena, reader->origin, false, false};
    if (read_keys(reader, &draft, head, ret_more, fault)) return rule;
    rule_clean(rule);
    return NULL;
}

void rule_clean(struct rule *rule) {
    pattern_free(rule->pattern);
    rule->pattern = NULL;
}
