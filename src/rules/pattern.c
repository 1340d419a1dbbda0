#include "pattern.h"

#include <stdlib.h>

#include "regex.h"

/* What one attempt may cost before the rule gives the line up: a runaway regex ends within about a
 * millisecond (measured: 100,000 steps take under 1 ms with JIT). */
enum { MOST_STEPS = 100000, MOST_DEPTH = 10000, MOST_HEAP_KIB = 1024 };
enum { JIT_STACK_LEAST = 32 * 1024, JIT_STACK_MOST = 512 * 1024 };

struct pattern {
    pcre2_code *code;
    struct code_groups groups;
    struct view regex;
};

struct matcher {
    pcre2_match_data *data;
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

struct pattern *pattern_compile(struct view regex, bool finds_codes, struct view origin,
                                size_t line, size_t column, struct fault *fault) {
    int error;
    size_t at;
    struct pattern *pattern = calloc(1, sizeof *pattern);
    if (!pattern) {
        fault_memory(fault);
        return NULL;
    }
    pattern->regex = regex;
    pattern->code = regex_compile(regex, 0, &error, &at);
    if (pattern->code) pattern->groups = regex_code_groups(pattern->code);
    if (!pattern->code) {
        PCRE2_UCHAR message[256] = "";
        pcre2_get_error_message(error, message, sizeof message);
        fault_at(fault, origin, line, column + at, "regex: %s", (const char *)message);
    } else if (finds_codes && pattern->groups.count == 0) {
        fault_at(fault, origin, line, column, "the regex has no group (?<code>...)");
    } else {
        /* where JIT is not to be had, the interpreter serves: nothing to report */
        pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
        return pattern;
    }
    pattern_free(pattern);
    return NULL;
}

void pattern_free(struct pattern *pattern) {
    if (pattern) pcre2_code_free(pattern->code);
    free(pattern);
}

struct view pattern_regex(const struct pattern *pattern) {
    return pattern->regex;
}

uint32_t pattern_groups(const struct pattern *pattern) {
    uint32_t count;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count + 1;
}

struct matcher *matcher_new(uint32_t groups) {
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher) return NULL;
    matcher->data = pcre2_match_data_create(groups, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    matcher->stack = pcre2_jit_stack_create(JIT_STACK_LEAST, JIT_STACK_MOST, NULL);
    if (!matcher->data || !matcher->context) {
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
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    free(matcher);
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
static void code_of(const struct pattern *pattern, pcre2_match_data *data,
                    struct pattern_match *ret) {
    const size_t *ovector = pcre2_get_ovector_pointer(data);
    size_t match_start = pcre2_get_startchar(data);
    for (size_t i = 0; i < pattern->groups.count; i++) {
        size_t group = regex_group(&pattern->groups, i);
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
    int result = pcre2_match(pattern->code, (PCRE2_SPTR)at, text.size, from, options_of(flags),
                             matcher->data, matcher->context);
    if (result == PCRE2_ERROR_NOMATCH) return PATTERN_NONE;
    if (result < 0 && result != PCRE2_ERROR_PARTIAL) return PATTERN_LIMIT;
    ret->start = ret->end = pcre2_get_ovector_pointer(matcher->data)[result > 0];
    if (result == PCRE2_ERROR_PARTIAL) return PATTERN_OPEN;
    code_of(pattern, matcher->data, ret);
    return PATTERN_FOUND;
}
