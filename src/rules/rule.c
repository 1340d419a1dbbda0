#include "rule.h"

/* A rule while it is read. */
struct draft {
    struct rule *rule;
    struct proof **last_proof;
    struct arena *arena;
    struct view origin;
    struct view given;
    bool trusted;   /* regexes need no check */
    bool has_place; /* match, column or dialect */
    bool has_sample, has_silent;
};

static bool wrong(const struct draft *draft, const struct notation_line *said, const char *message,
                  struct fault *fault) {
    return fault_at(fault, draft->origin, said->line, said->value_column, "%s", message);
}

static bool once(const struct draft *draft, const struct notation_line *said, bool there,
                 struct fault *fault) {
    if (!there) return true;
    return fault_at(fault, draft->origin, said->line, said->name_column,
                    "a rule has one `%.*s` only", (int)said->name.size, said->name.at);
}

/* The key that tells what the rule is about. */
static bool set_place(struct draft *draft, const struct notation_line *said, enum rule_kind kind,
                      struct fault *fault) {
    if (draft->has_place)
        return fault_at(fault, draft->origin, said->line, said->name_column,
                        "a rule has one of `match`, `column` and `lines` only");
    draft->rule->kind = kind;
    return draft->has_place = true;
}

static bool read_regex(struct draft *draft, const struct notation_line *said, bool finds_codes,
                       struct pattern *pattern, struct fault *fault) {
    pattern->regex = said->value;
    return draft->trusted || pattern_check(said->value, finds_codes, draft->origin, said->line,
                                           said->value_column, fault);
}

static bool set_pattern(struct draft *draft, const struct notation_line *said, enum rule_kind kind,
                        struct fault *fault) {
    return set_place(draft, said, kind, fault) &&
           read_regex(draft, said, kind == RULE_MATCH, &draft->rule->pattern, fault);
}

static bool set_match(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    return set_pattern(draft, said, RULE_MATCH, fault);
}

static bool set_lines(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    return set_pattern(draft, said, RULE_DIALECT, fault);
}

static bool set_after(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    if (said->value.size == 0) return wrong(draft, said, "say what stands before a match", fault);
    return once(draft, said, draft->rule->after.regex.size > 0, fault) &&
           read_regex(draft, said, false, &draft->rule->after, fault);
}

static bool set_column(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    draft->rule->column = said->value;
    if (said->value.size == 0) return wrong(draft, said, "name a column", fault);
    return set_place(draft, said, RULE_COLUMN, fault);
}

static bool set_names(struct draft *draft, const struct notation_line *said, struct naming *naming,
                      struct fault *fault) {
    if (!once(draft, said, naming->words.size > 0, fault)) return false;
    *naming = (struct naming){said->value, said->line, said->value_column};
    return said->value.size || wrong(draft, said, "a name is missing", fault);
}

static bool set_family(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    return set_names(draft, said, &draft->rule->families, fault);
}

static bool set_dialect(struct draft *draft, const struct notation_line *said,
                        struct fault *fault) {
    return set_names(draft, said, &draft->rule->spoken, fault);
}

static bool set_base(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    bool hex = view_equal(said->value, VIEW("hex"));
    if (!hex && !view_equal(said->value, VIEW("dec")))
        return wrong(draft, said, "base is `dec` or `hex`", fault);
    draft->rule->base = hex ? BASE_HEX : BASE_DECIMAL;
    return true;
}

static bool set_by(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    if (!view_equal(said->value, VIEW("symbol")))
        return wrong(draft, said, "what stands there is a `symbol`, or say nothing", fault);
    return draft->rule->by_symbol = true;
}

static bool set_unknown(struct draft *draft, const struct notation_line *said,
                        struct fault *fault) {
    if (!view_equal(said->value, VIEW("silent")))
        return wrong(draft, said, "an unknown code is `silent`, or say nothing", fault);
    return draft->rule->quiet = true;
}

static bool set_header(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    if (!view_equal(said->value, VIEW("none")))
        return wrong(draft, said, "the header is `none`, or say nothing", fault);
    return draft->rule->headless = true;
}

static bool set_given(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    (void)fault;
    draft->given = said->value;
    return true;
}

static bool add_proof(struct draft *draft, const struct notation_line *said, struct proof proof,
                      struct fault *fault) {
    struct proof *kept = arena_take(draft->arena, sizeof *kept);
    if (!kept) return fault_memory(fault);
    proof.given = draft->given;
    proof.line = said->line;
    proof.column = said->value_column;
    *kept = proof;
    *draft->last_proof = kept;
    draft->last_proof = &kept->next;
    return true;
}

/* The sample's text and code are divided by the last ` => `; that of a dialect is text alone. */
static bool add_sample(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    static const struct view arrow = {" => ", 4};
    struct view value = said->value;
    size_t at = value.size;
    draft->has_sample = true;
    if (draft->rule->kind == RULE_DIALECT)
        return add_proof(draft, said, (struct proof){.text = value}, fault);
    while (at > 0 && !view_starts(view_part(value, at, value.size), arrow)) at--;
    if (at == 0) return wrong(draft, said, "a sample is: text => code", fault);
    struct view code = view_trim(view_part(value, at + arrow.size, value.size));
    return add_proof(draft, said, (struct proof){.text = view_part(value, 0, at), .code = code},
                     fault);
}

static bool add_silent(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    draft->has_silent = true;
    return add_proof(draft, said, (struct proof){.text = said->value, .silent = true}, fault);
}

static const struct {
    const char *name;
    bool (*set)(struct draft *, const struct notation_line *, struct fault *);
} keys[] = {
    {"match", set_match},     {"after", set_after},     {"column", set_column},
    {"lines", set_lines},     {"family", set_family},   {"base", set_base},
    {"dialect", set_dialect}, {"unknown", set_unknown}, {"by", set_by},
    {"header", set_header},   {"given", set_given},     {"sample", add_sample},
    {"silent", add_silent},
};

static bool set_key(struct draft *draft, const struct notation_line *said, struct fault *fault) {
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (view_equal(said->name, view_string(keys[i].name)))
            return keys[i].set(draft, said, fault);
    return fault_at(
        fault, draft->origin, said->line, said->name_column,
        "unknown key `%.*s`; a rule has match, after, family, base, dialect, unknown, sample and "
        "silent",
        (int)said->name.size, said->name.at);
}

static bool check_complete(const struct draft *draft, struct fault *fault) {
    const struct rule *rule = draft->rule;
    const char *missing = !draft->has_place            ? "match"
                          : !rule->families.words.size ? "family"
                          : !draft->has_sample         ? "sample"
                          : !draft->has_silent         ? "silent"
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

struct rule *rule_read(struct notation_reader *reader, struct notation_line *head, bool trusted,
                       struct arena *arena, bool *ret_more, struct fault *fault) {
    struct rule *rule = arena_take(arena, sizeof *rule);
    if (!rule) {
        fault_memory(fault);
        return NULL;
    }
    *rule = (struct rule){
        .name = head->name, .origin = reader->origin, .line = head->line, .unproven = !trusted};
    struct draft draft = {.rule = rule,
                          .last_proof = &rule->proofs,
                          .arena = arena,
                          .origin = reader->origin,
                          .trusted = trusted};
    return read_keys(reader, &draft, head, ret_more, fault) ? rule : NULL;
}
