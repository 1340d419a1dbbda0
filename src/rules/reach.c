#include "reach.h"

#include <string.h>

#include "regex.h"

enum { MOST_STEPS = 20000 };

/* Call out everywhere, and leave no way out because it could not lead to a match. */
#define EVERY_WAY                                                                                  \
    (PCRE2_AUTO_CALLOUT | PCRE2_NO_AUTO_POSSESS | PCRE2_NO_START_OPTIMIZE | PCRE2_NO_DOTSTAR_ANCHOR)

/* What is looked at on the ways of a regex through a text. */
struct look {
    struct view regex, text;
    size_t from, first_end;
    struct code_groups groups;
    const struct judge_code *judge;
};

static bool holds_any(struct view text, const char *const *words) {
    for (; *words; words++)
        if (memmem(text.at, text.size, *words, strlen(*words))) return true;
    return false;
}

/* Where the regex names its code for the last time; its size when it does so in another way. */
static size_t last_code(struct view regex) {
    static const struct view name = {"(?<code>", 8};
    for (size_t at = regex.size; at-- > 0;)
        if (view_starts(view_part(regex, at, regex.size), name)) return at;
    return regex.size;
}

/* The first `)` that is none of the code's own. */
static size_t group_end(struct view regex, size_t at) {
    size_t depth = 0;
    for (; at < regex.size; at++) {
        if (regex.at[at] == '\\')
            at++;
        else if (regex.at[at] == '(')
            depth++;
        else if (regex.at[at] == ')' && --depth == 0)
            break;
    }
    return at;
}

/* What is taken one way only, or looks at text that is still to come; and codes that hold blanks.
 */
static bool is_clear(struct view regex) {
    static const char *const one_way[] = {"(?=", "(?!", "(?>", "(?(", "(?|", "(*",  "\\K", "\\Q",
                                          "++",  "*+",  "?+",  "}+",  "(?R", "(?&", "(?P", NULL};
    static const char *const blanks[] = {" ", ".", "\\s", "\\S", "\\W", "\\D", "[^", "\\h", NULL};
    size_t code = last_code(regex);
    if (code == regex.size) return false;
    struct view before = view_part(regex, 0, code);
    struct view within = view_part(regex, code, group_end(regex, code));
    return !holds_any(before, one_way) && !holds_any(within, blanks);
}

static void note_group(struct look *look, size_t start, size_t end) {
    if (start < look->from || end >= look->first_end) return;
    if (look->judge->counts(look->judge->context, start, end)) look->first_end = end;
}

/* Called before each item of the regex and at its end, where every way is turned back so that the
 * next one is taken. */
static int look_around(pcre2_callout_block *block, void *context) {
    struct look *look = context;
    for (size_t i = 0; i < look->groups.count; i++) {
        size_t group = regex_group(&look->groups, i);
        if (group >= block->capture_top || block->offset_vector[2 * group] == PCRE2_UNSET) continue;
        note_group(look, block->offset_vector[2 * group], block->offset_vector[2 * group + 1]);
    }
    return block->pattern_position == look->regex.size;
}

static bool take_every_way(struct look *look, const pcre2_code *code, uint32_t options) {
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    int result = PCRE2_ERROR_NOMEMORY;
    if (data && context) {
        pcre2_set_match_limit(context, MOST_STEPS);
        pcre2_set_callout(context, look_around, look);
        result = pcre2_match(code, (PCRE2_SPTR)look->text.at, look->text.size, look->from, options,
                             data, context);
    }
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    return result == PCRE2_ERROR_NOMATCH;
}

size_t reach_first_end(const struct pattern *pattern, struct view text, size_t from, unsigned flags,
                       const struct judge_code *judge) {
    struct look look = {.regex = pattern->regex,
                        .text = text,
                        .from = from,
                        .first_end = text.size,
                        .judge = judge};
    int error;
    size_t at;
    if (!is_clear(look.regex)) return REACH_UNKNOWN;
    pcre2_code *code = regex_compile(look.regex, EVERY_WAY, &error, &at);
    if (!code) return REACH_UNKNOWN;
    look.groups = regex_code_groups(code);
    uint32_t options = PCRE2_NO_JIT | (flags & MATCH_NOT_START ? PCRE2_NOTBOL : 0);
    bool every = take_every_way(&look, code, options | PCRE2_NOTEOL);
    pcre2_code_free(code);
    return every ? look.first_end : REACH_UNKNOWN;
}
