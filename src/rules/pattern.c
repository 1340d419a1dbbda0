#include "pattern.h"

#include <stdlib.h>

#include "regex.h"

/* What one attempt may cost before the rule gives the line up: a runaway regex ends within about a
 * millisecond (measured: 100,000 steps take under 1 ms with JIT). */
enum { MOST_STEPS = 100000, MOST_DEPTH = 10000, MOST_HEAP_KIB = 1024 };
enum { JIT_STACK_LEAST = 32 * 1024, JIT_STACK_MOST = 512 * 1024 };

/* A compiled pattern: one that looks for matches, or one that tries a place. */
struct machine {
    pcre2_code *code;
    struct code_groups groups;
    bool translated; /* into machine code, where that is to be had */
};

struct matcher {
    struct machine *machines; /* two for each pattern */
    size_t count;
    pcre2_match_data *data;
    uint32_t pairs; /* that `data` has room for */
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

struct code_groups regex_code_groups(const pcre2_code *code) {
    PCRE2_SPTR first, last;
    uint32_t count;
    pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
    if (count == 0) return (struct code_groups){0};
    int size = pcre2_substring_nametable_scan(code, (PCRE2_SPTR) "code", &first, &last);
    if (size < 0) return (struct code_groups){0};
    return (struct code_groups){first, (size_t)(last - first) / (size_t)size + 1, (size_t)size};
}

pcre2_code *regex_compile(struct view regex, uint32_t options, int *ret_error, size_t *ret_at) {
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        *ret_error = PCRE2_ERROR_NOMEMORY;
        *ret_at = 0;
        return NULL;
    }
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    options |= PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_DUPNAMES;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)regex.at, regex.size, options, ret_error, ret_at, context);
    pcre2_compile_context_free(context);
    return code;
}

bool pattern_check(struct view regex, bool finds_codes, struct view origin, size_t line,
                   size_t column, struct fault *fault) {
    int error;
    size_t at;
    pcre2_code *code = regex_compile(regex, 0, &error, &at);
    bool finds = code && regex_code_groups(code).count > 0;
    pcre2_code_free(code);
    if (!code) {
        PCRE2_UCHAR message[256] = "";
        pcre2_get_error_message(error, message, sizeof message);
        return fault_at(fault, origin, line, column + at, "regex: %s", (const char *)message);
    }
    return finds || !finds_codes ||
           fault_at(fault, origin, line, column, "the regex has no group (?<code>...)");
}

struct matcher *matcher_new(size_t patterns) {
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher) return NULL;
    matcher->machines = calloc(2 * patterns + 1, sizeof *matcher->machines);
    matcher->count = 2 * patterns;
    matcher->context = pcre2_match_context_create(NULL);
    matcher->stack = pcre2_jit_stack_create(JIT_STACK_LEAST, JIT_STACK_MOST, NULL);
    if (!matcher->machines || !matcher->context) {
        matcher_free(matcher);
        return NULL;
    }
    pcre2_set_match_limit(matcher->context, MOST_STEPS);
    pcre2_set_depth_limit(matcher->context, MOST_DEPTH);
    pcre2_set_heap_limit(matcher->context, MOST_HEAP_KIB);
    if (matcher->stack) pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    return matcher;
}

void matcher_free(struct matcher *matcher) {
    if (!matcher) return;
    for (size_t i = 0; i < matcher->count && matcher->machines; i++)
        pcre2_code_free(matcher->machines[i].code);
    free(matcher->machines);
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    free(matcher);
}

static bool make_room(struct matcher *matcher, const pcre2_code *code) {
    uint32_t groups;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups + 1 <= matcher->pairs) return true;
    pcre2_match_data *data = pcre2_match_data_create(groups + 1, NULL);
    if (!data) return false;
    pcre2_match_data_free(matcher->data);
    matcher->data = data;
    matcher->pairs = groups + 1;
    return true;
}

static bool compile(struct matcher *matcher, struct machine *machine, const struct pattern *pattern,
                    uint32_t options) {
    int error;
    size_t at;
    pcre2_code *code = regex_compile(pattern->regex, options, &error, &at);
    if (!code || !make_room(matcher, code)) {
        pcre2_code_free(code);
        return false;
    }
    *machine = (struct machine){.code = code, .groups = regex_code_groups(code)};
    return true;
}

/* The machine of a pattern, compiled when it is first asked for; NULL when there is no memory.
 * Where machine code is not to be had the interpreter serves. */
static const struct machine *machine_of(struct matcher *matcher, const struct pattern *pattern,
                                        unsigned flags) {
    bool here = flags & MATCH_HERE;
    struct machine *machine = &matcher->machines[2 * pattern->number + here];
    if (!machine->code && !compile(matcher, machine, pattern, here ? PCRE2_ANCHORED : 0))
        return NULL;
    if (!machine->translated && !(flags & (MATCH_INTERPRETED | MATCH_UNFINISHED))) {
        pcre2_jit_compile(machine->code, PCRE2_JIT_COMPLETE);
        machine->translated = true;
    }
    return machine;
}

static uint32_t options_of(unsigned flags) {
    uint32_t options = 0;
    if (flags & MATCH_NOT_START) options |= PCRE2_NOTBOL;
    if (flags & MATCH_NOT_END) options |= PCRE2_NOTEOL;
    if (flags & MATCH_INTERPRETED) options |= PCRE2_NO_JIT;
    if (flags & MATCH_UNFINISHED) options |= PCRE2_PARTIAL_HARD | PCRE2_NO_JIT;
    return options;
}

/* The code of a match: the first group of that name that took part. One that stands before the
 * match (in a lookbehind, or before \K) is none: what is decided about a line could never be final.
 */
static void code_of(const struct machine *machine, pcre2_match_data *data,
                    struct pattern_match *ret) {
    const size_t *ovector = pcre2_get_ovector_pointer(data);
    size_t match_start = pcre2_get_startchar(data);
    for (size_t i = 0; i < machine->groups.count; i++) {
        size_t group = regex_group(&machine->groups, i);
        if (ovector[2 * group] == PCRE2_UNSET || ovector[2 * group] < match_start) continue;
        ret->start = ovector[2 * group];
        ret->end = ovector[2 * group + 1];
        return;
    }
}

enum pattern_answer pattern_find(const struct pattern *pattern, struct matcher *matcher,
                                 struct view text, size_t from, unsigned flags,
                                 struct pattern_match *ret) {
    const char *at = text.at ? text.at : "";
    const struct machine *machine = machine_of(matcher, pattern, flags);
    if (!machine) return PATTERN_LIMIT;
    int result = pcre2_match(machine->code, (PCRE2_SPTR)at, text.size, from, options_of(flags),
                             matcher->data, matcher->context);
    if (result == PCRE2_ERROR_NOMATCH) return PATTERN_NONE;
    if (result < 0 && result != PCRE2_ERROR_PARTIAL) return PATTERN_LIMIT;
    ret->start = ret->end = pcre2_get_ovector_pointer(matcher->data)[result > 0];
    if (result == PCRE2_ERROR_PARTIAL) return PATTERN_OPEN;
    ret->begin = pcre2_get_startchar(matcher->data);
    code_of(machine, matcher->data, ret);
    return PATTERN_FOUND;
}
