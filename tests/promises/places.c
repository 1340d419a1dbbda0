#include <stdio.h>

#include "testing.h"

#include "gate.h"
#include "generate.h"
#include "pattern.h"

/* The gate misses no place: wherever a regex matches, it is named. Tried with generated regexes on
 * generated texts, several at once, where PCRE2 says what is true. */

enum { REGEXES = 4, REGEX_MOST = 400, TEXT_MOST = 300 };

struct writer {
    struct generator *generator;
    char *at;
    size_t size;
};

static size_t pick(const struct writer *writer, size_t limit) {
    return generate_number(writer->generator, limit);
}

static void write_word(struct writer *writer, const char *word) {
    size_t size = strlen(word);
    if (writer->size + size >= REGEX_MOST) return;
    memcpy(writer->at + writer->size, word, size + 1);
    writer->size += size;
}

static void write_one_of(struct writer *writer, const char *const *words, size_t count) {
    write_word(writer, words[pick(writer, count)]);
}

#define ONE_OF(writer, ...)                                                                        \
    write_one_of(writer, (const char *const[]){__VA_ARGS__},                                       \
                 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void write_alternatives(struct writer *writer, size_t depth);

static void write_group(struct writer *writer, size_t depth) {
    ONE_OF(writer, "(?:", "(", "(?i:", "(?-i:", "(?>", "(?<n>");
    write_alternatives(writer, depth - 1);
    write_word(writer, ")");
}

static void write_lookaround(struct writer *writer, size_t depth) {
    ONE_OF(writer, "(?<=[ :])", "(?<!\\w)", "(?<![\\w.])", "(?<=a|-)", "(?<!a)", "(?<=^| )",
           "(?<!ab)", "(?<=b1)", "\\b", "\\b", "\\B", "^", "$", "\\A", "\\z");
    if (pick(writer, 4)) return;
    ONE_OF(writer, "(?=", "(?!");
    write_alternatives(writer, depth - 1);
    write_word(writer, ")");
}

static void write_atom(struct writer *writer, size_t depth) {
    size_t kind = pick(writer, 12);
    if (kind == 0 && depth)
        write_group(writer, depth);
    else if (kind == 1 && depth)
        write_lookaround(writer, depth);
    else
        ONE_OF(writer, "a", "b", "ab", "error", "B", "1", "12", " ", ":", "-", "_", "\\d", "\\w",
               "\\s", "\\W", "\\D", ".", "[a-c]", "[^ab]", "[\\d:]", "[[:alpha:]_]", "\\.", "\\x41",
               "[-a]", "[]b]", "\\t", "%");
}

static void write_sequence(struct writer *writer, size_t depth) {
    for (size_t i = 1 + pick(writer, 4); i > 0; i--) {
        size_t before = writer->size;
        write_atom(writer, depth);
        /* what stands for nothing is not to be repeated */
        bool repeats = writer->size > before && !strchr("^$", writer->at[before]) &&
                       (writer->at[before] != '\\' || !strchr("bBAz", writer->at[before + 1])) &&
                       strncmp(writer->at + before, "(?<", 3) != 0 &&
                       strncmp(writer->at + before, "(?=", 3) != 0 &&
                       strncmp(writer->at + before, "(?!", 3) != 0;
        if (repeats && pick(writer, 3) == 0)
            ONE_OF(writer, "?", "*", "+", "{2}", "{0,3}", "{1,}", "??", "*?", "++", "{0,30}");
    }
}

static void write_alternatives(struct writer *writer, size_t depth) {
    write_sequence(writer, depth);
    while (pick(writer, 4) == 0) {
        write_word(writer, "|");
        write_sequence(writer, depth);
    }
}

static void write_regex(struct writer *writer) {
    writer->size = 0;
    if (pick(writer, 4) == 0) write_word(writer, "(?i)");
    if (pick(writer, 3) == 0) write_lookaround(writer, 1);
    write_alternatives(writer, 2);
}

static size_t write_text(struct generator *generator, char *text) {
    static const char bytes[] = "aabbc1122 :.-_ABerrorERROR%\t\r\xe9";
    size_t size = generate_number(generator, TEXT_MOST);
    for (size_t i = 0; i < size; i++) {
        text[i] = bytes[generate_number(generator, sizeof bytes - 1)];
        if (generate_number(generator, 12) == 0 && i + 5 < size) {
            memcpy(text + i, "error", 5);
            i += 4;
        }
    }
    return size;
}

struct trial {
    struct gate gate;
    struct sweep sweep;
    struct places places;
    struct matcher *matcher;
    struct pattern patterns[REGEXES];
};

static bool is_named(const struct trial *trial, size_t regex, size_t at) {
    for (size_t i = 0; i < trial->places.count; i++)
        if (trial->places.at[i].regex == regex && trial->places.at[i].at == at) return true;
    return false;
}

static void check_text(struct trial *trial, struct view text) {
    struct pattern_match match;
    assert_true(sweep_text(&trial->sweep, text, true, &trial->places));
    for (size_t i = 0; i < REGEXES; i++) {
        if (!gate_follows(&trial->gate, i)) continue;
        for (size_t at = 0; at < text.size; at++) {
            if (pattern_find(&trial->patterns[i], trial->matcher, text, at,
                             MATCH_HERE | MATCH_INTERPRETED, &match) != PATTERN_FOUND)
                continue;
            if (!is_named(trial, i, at))
                fail_msg("%.*s is not seen at %zu of \"%.*s\"", (int)trial->patterns[i].regex.size,
                         trial->patterns[i].regex.at, at, (int)text.size, text.at);
        }
    }
}

/* Regexes that PCRE2 takes; one that it does not is left out. */
static void begin_trial(struct trial *trial, struct generator *generator,
                        char regexes[REGEXES][REGEX_MOST]) {
    struct view views[REGEXES];
    struct fault fault;
    for (size_t i = 0; i < REGEXES; i++) {
        struct writer writer = {generator, regexes[i], 0};
        do {
            write_regex(&writer);
            views[i] = view_of(regexes[i], writer.size);
        } while (!pattern_check(views[i], false, VIEW("generated"), 1, 1, &fault));
        trial->patterns[i] = (struct pattern){views[i], i};
    }
    static const enum starts_build builds[] = {STARTS_BEST, STARTS_PORTABLE, STARTS_SSSE3,
                                               STARTS_AVX2};
    enum starts_build build = builds[generate_number(generator, 4)];
    if (!starts_runs(build)) build = STARTS_BEST;
    assert_true(gate_init(&trial->gate, views, REGEXES, REGEXES, build));
    assert_true(sweep_init(&trial->sweep, &trial->gate));
    trial->matcher = matcher_new(REGEXES);
    assert_non_null(trial->matcher);
}

static void end_trial(struct trial *trial) {
    matcher_free(trial->matcher);
    sweep_free(&trial->sweep);
    gate_free(&trial->gate);
}

static void no_place_is_missed(void **state) {
    (void)state;
    const char *rounds = getenv("ERRGLOSS_ROUNDS"), *seed = getenv("ERRGLOSS_SEED");
    struct generator generator = {seed ? strtoull(seed, NULL, 10) : 13883};
    struct trial trial = {0};
    char regexes[REGEXES][REGEX_MOST], text[TEXT_MOST];
    for (size_t i = rounds ? strtoull(rounds, NULL, 10) : 400; i > 0; i--) {
        begin_trial(&trial, &generator, regexes);
        for (size_t j = 0; j < 10; j++)
            check_text(&trial, view_of(text, write_text(&generator, text)));
        end_trial(&trial);
    }
    places_free(&trial.places);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_place_is_missed),
    };
    return RUN(tests);
}
