#include <stdio.h>

#include "testing.h"

#include "errgloss.h"

/* The form of the built-in summaries: what a reader of the catalogs may rely on. */
enum { LEAST = 20, MOST = 130, WORDS = 64 };

struct summary {
    eg_text family, code, symbol, text;
};

static eg_text cut(eg_text *rest, char byte) {
    const char *end = rest->size ? memchr(rest->at, byte, rest->size) : NULL;
    size_t size = end ? (size_t)(end - rest->at) : rest->size;
    eg_text part = {rest->at, size};
    rest->at += size + (end != NULL);
    rest->size -= size + (end != NULL);
    return part;
}

/* Call `look` with each summary of the built-in catalogs. */
static void each_summary(void (*look)(const struct summary *)) {
    eg_text name, text;
    for (size_t i = 0; eg_builtin_file(i, &name, &text); i++) {
        if (memcmp(name.at + name.size - 4, ".tsv", 4) != 0) continue;
        while (text.size) {
            eg_text line = cut(&text, '\n');
            if (line.size == 0 || line.at[0] == '#') continue;
            struct summary summary = {.family = name};
            summary.code = cut(&line, '\t');
            summary.symbol = cut(&line, '\t');
            summary.text = line;
            if (line.size) look(&summary);
        }
    }
}

static void refuse(const struct summary *summary, const char *why) {
    fail_msg("%.*s %.*s: %s: %.*s", (int)summary->family.size, summary->family.at,
             (int)summary->code.size, summary->code.at, why, (int)summary->text.size,
             summary->text.at);
}

static void look_at_form(const struct summary *summary) {
    eg_text text = summary->text;
    if (text.size < LEAST || text.size > MOST) refuse(summary, "too short or too long");
    if (text.at[text.size - 1] == '.') refuse(summary, "ends with a full stop");
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.at[i] < ' ' || (unsigned char)text.at[i] > '~')
            refuse(summary, "is no plain ASCII");
        if (text.at[i] == '|') refuse(summary, "holds a bar, which divides readings");
        if (i && text.at[i] == ' ' && text.at[i - 1] == ' ') refuse(summary, "has a double blank");
    }
}

static void summaries_are_one_plain_sentence(void **state) {
    (void)state;
    each_summary(look_at_form);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static int is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static size_t words_of(eg_text text, char words[WORDS][MOST + 1]) {
    size_t count = 0, size = 0;
    for (size_t i = 0; i <= text.size && count < WORDS; i++) {
        if (i < text.size && is_letter(text.at[i])) {
            if (size < MOST) words[count][size++] = lower(text.at[i]);
        } else if (size) {
            words[count++][size] = '\0';
            size = 0;
        }
    }
    return count;
}

static bool is_small(const char *word) {
    static const char *const small[] = {"a",    "an", "the", "is",  "are", "was",  "to",
                                        "of",   "in", "on",  "for", "has", "have", "be",
                                        "been", "or", "and", "by",  "not", "error"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (strcmp(word, small[i]) == 0) return true;
    return false;
}

/* Two forms of one word: the same, or longer words with one stem (map, mapped, maps). */
static bool is_kin(const char *a, const char *b) {
    size_t a_size = strlen(a), b_size = strlen(b);
    size_t shorter = a_size < b_size ? a_size : b_size, longer = a_size + b_size - shorter;
    if (strcmp(a, b) == 0) return true;
    return shorter >= 4 && longer - shorter <= 3 && strncmp(a, b, shorter - 1) == 0;
}

static bool is_among(const char *word, char words[WORDS][MOST + 1], size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_kin(word, words[i])) return true;
    return false;
}

static void look_for_echo(const struct summary *summary) {
    static char said[WORDS][MOST + 1], named[WORDS][MOST + 1];
    size_t said_count = words_of(summary->text, said);
    size_t named_count = words_of(summary->symbol, named);
    if (summary->symbol.size < 2) return;
    for (size_t i = 0; i < said_count; i++)
        if (!is_small(said[i]) && !is_among(said[i], named, named_count)) return;
    refuse(summary, "says no more than the symbol");
}

static void summaries_say_more_than_the_symbol(void **state) {
    (void)state;
    each_summary(look_for_echo);
}

static bool is_same(eg_text a, eg_text b) {
    return a.size == b.size && memcmp(a.at, b.at, a.size) == 0;
}

enum { ROWS = 8192 };
static struct summary told[ROWS];
static size_t told_count;

/* Aliases of one code share its summary; two codes never do, or one could not tell them apart. */
static void look_for_twins(const struct summary *summary) {
    if (told_count && !is_same(told[0].family, summary->family)) told_count = 0;
    for (size_t i = 0; i < told_count; i++)
        if (is_same(told[i].text, summary->text) && !is_same(told[i].code, summary->code))
            refuse(summary, "is said of another code as well");
    assert_true(told_count < ROWS);
    told[told_count++] = *summary;
}

static void codes_of_a_family_have_summaries_of_their_own(void **state) {
    (void)state;
    each_summary(look_for_twins);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summaries_are_one_plain_sentence),
        cmocka_unit_test(summaries_say_more_than_the_symbol),
        cmocka_unit_test(codes_of_a_family_have_summaries_of_their_own),
    };
    return RUN(tests);
}
