#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "testing.h"

#include "errgloss.h"
#include "generate.h"

/* The gate never changes a result: what is found through it, in every build, is what is found when
 * every rule is asked of every line by the interpreter. */

enum { LINES_MOST = 16384, SIZE_MOST = 1 << 20 };

struct line {
    const char *at;
    size_t size;
};

struct text {
    char *at;
    size_t size, capacity;
};

/* Lines to be spliced: the samples and silent lines of the built-in rules, and those of the
 * recognition test. */
struct lab {
    struct line lines[LINES_MOST];
    size_t count;
    char *kept[64]; /* the files that they stand in */
    size_t kept_count;
    struct generator generator;
    struct text in, plain, gated;
    size_t rounds;
};

static void append(struct text *text, const char *at, size_t size) {
    if (text->size + size > text->capacity) {
        text->capacity = 2 * (text->size + size);
        text->at = realloc(text->at, text->capacity);
    }
    if (size) memcpy(text->at + text->size, at, size);
    text->size += size;
}

static void add_line(struct lab *lab, const char *at, size_t size) {
    assert_true(lab->count < LINES_MOST);
    lab->lines[lab->count++] = (struct line){at, size};
}

/* The line behind `sample = `, up to ` => ` or its end. */
static void add_proof(struct lab *lab, const char *line, size_t size) {
    static const char *const keys[] = {"sample = ", "silent = "};
    for (size_t i = 0; i < 2; i++) {
        size_t key = strlen(keys[i]);
        if (size <= key || memcmp(line, keys[i], key) != 0) continue;
        const char *arrow = memmem(line, size, " => ", 4);
        add_line(lab, line + key, (arrow ? (size_t)(arrow - line) : size) - key);
    }
}

static void each_line(struct lab *lab, const char *text, size_t size,
                      void (*add)(struct lab *, const char *, size_t)) {
    while (size > 0) {
        const char *end = memchr(text, '\n', size);
        size_t line = end ? (size_t)(end - text) : size;
        add(lab, text, line);
        line += end != NULL;
        text += line;
        size -= line;
    }
}

static void add_file(struct lab *lab, const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = malloc(SIZE_MOST);
    assert_true(file && text && lab->kept_count < 64);
    size_t size = fread(text, 1, SIZE_MOST, file);
    fclose(file);
    lab->kept[lab->kept_count++] = text;
    each_line(lab, text, size, add_line);
}

static void add_folder(struct lab *lab) {
    char folder[1024], path[2048];
    snprintf(folder, sizeof folder, "%s/tests/recognition", getenv("ERRGLOSS_SOURCE"));
    DIR *names = opendir(folder);
    assert_non_null(names);
    for (struct dirent *name; (name = readdir(names));) {
        size_t size = strlen(name->d_name);
        if (size < 7 || strcmp(name->d_name + size - 6, ".lines") != 0) continue;
        snprintf(path, sizeof path, "%s/%s", folder, name->d_name);
        add_file(lab, path);
    }
    closedir(names);
}

static int set_up(void **state) {
    struct lab *lab = calloc(1, sizeof *lab);
    eg_text name, text;
    for (size_t i = 0; eg_builtin_file(i, &name, &text); i++)
        if (name.size > 6 && memcmp(name.at + name.size - 6, ".rules", 6) == 0)
            each_line(lab, text.at, text.size, add_proof);
    add_folder(lab);
    const char *rounds = getenv("ERRGLOSS_ROUNDS"), *seed = getenv("ERRGLOSS_SEED");
    lab->generator.seed = seed ? strtoull(seed, NULL, 10) : 13883;
    lab->rounds = rounds ? strtoull(rounds, NULL, 10) : 300;
    *state = lab;
    return 0;
}

static int tear_down(void **state) {
    struct lab *lab = *state;
    for (size_t i = 0; i < lab->kept_count; i++) free(lab->kept[i]);
    free(lab->in.at);
    free(lab->plain.at);
    free(lab->gated.at);
    free(lab);
    return 0;
}

static eg_glossary *glossary_with(const char *gate) {
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    assert_true(eg_glossary_add_builtin(glossary, &fault));
    eg_glossary_find_symbols(glossary);
    if (!eg_glossary_set_gate(glossary, gate, &fault)) {
        eg_glossary_free(glossary);
        return NULL;
    }
    assert_true(eg_glossary_seal(glossary, &fault));
    return glossary;
}

static void run(eg_filter *filter, const struct text *in, struct text *out) {
    eg_text output;
    out->size = 0;
    eg_filter_begin(filter, "log");
    for (size_t at = 0, size; at < in->size; at += size) {
        char *space = eg_filter_space(filter, &size);
        if (size > in->size - at) size = in->size - at;
        memcpy(space, in->at + at, size);
        eg_filter_commit(filter, size);
        while (eg_filter_next(filter, &output) == EG_OUTPUT) append(out, output.at, output.size);
    }
    eg_filter_end(filter);
    while (eg_filter_next(filter, &output) == EG_OUTPUT) append(out, output.at, output.size);
}

/* A run of bytes out of a line; now and then all of it. */
static void splice(struct lab *lab) {
    const struct line *line = &lab->lines[generate_number(&lab->generator, lab->count)];
    size_t from = 0, to = line->size;
    if (line->size && generate_number(&lab->generator, 3) == 0)
        from = generate_number(&lab->generator, line->size);
    if (line->size && generate_number(&lab->generator, 3) == 0)
        to = from + generate_number(&lab->generator, line->size - from);
    append(&lab->in, line->at + from, to - from);
}

static void end_splice(struct lab *lab) {
    static const char *const ends[] = {"\n", "\n",   "\n",       "\r\n", " ",  ": ",
                                       "",   "\r\r", "\x1b[31m", "\t",   " {", "#Fields: a b\n"};
    const char *end = ends[generate_number(&lab->generator, sizeof ends / sizeof *ends)];
    append(&lab->in, end, strlen(end));
}

static void generate(struct lab *lab, size_t size) {
    lab->in.size = 0;
    while (lab->in.size < size) {
        splice(lab);
        end_splice(lab);
    }
    for (size_t i = generate_number(&lab->generator, size / 100 + 2); i > 0; i--)
        lab->in.at[generate_number(&lab->generator, lab->in.size)] =
            (char)generate_number(&lab->generator, 256);
}

static void tell_difference(const struct lab *lab, const char *gate) {
    size_t at = 0;
    while (at < lab->plain.size && at < lab->gated.size && lab->plain.at[at] == lab->gated.at[at])
        at++;
    while (at > 0 && lab->plain.at[at - 1] != '\n') at--;
    fail_msg("gate %s: %.400s instead of %.400s", gate,
             at < lab->gated.size ? lab->gated.at + at : "(nothing)",
             at < lab->plain.size ? lab->plain.at + at : "(nothing)");
}

/* The filters of one build against the plain way. */
static void compare(struct lab *lab, const char *gate, eg_format format) {
    eg_glossary *plain_way = glossary_with("none"), *gated_way = glossary_with(gate);
    if (gated_way) {
        eg_filter *plain = eg_filter_new(plain_way, format);
        eg_filter *gated = eg_filter_new(gated_way, format);
        eg_filter_interpret(plain, true);
        for (size_t i = 0; i < lab->rounds; i++) {
            generate(lab, i % 50 == 49 ? 120000 : 600);
            run(plain, &lab->in, &lab->plain);
            run(gated, &lab->in, &lab->gated);
            append(&lab->plain, "", 1);
            append(&lab->gated, "", 1);
            if (lab->plain.size != lab->gated.size ||
                memcmp(lab->plain.at, lab->gated.at, lab->plain.size) != 0)
                tell_difference(lab, gate);
        }
        assert_int_equal(eg_filter_stats(plain).skips, 0);
        eg_filter_free(plain);
        eg_filter_free(gated);
    }
    eg_glossary_free(plain_way);
    eg_glossary_free(gated_way);
}

static void avx2_finds_the_same(void **state) {
    compare(*state, "avx2", EG_JSON);
}

static void avx512_finds_the_same(void **state) {
    compare(*state, "avx512", EG_JSON);
}

static void ssse3_finds_the_same(void **state) {
    compare(*state, "ssse3", EG_JSON);
}

static void neon_finds_the_same(void **state) {
    compare(*state, "neon", EG_JSON);
}

static void portable_code_finds_the_same(void **state) {
    compare(*state, "portable", EG_JSON);
}

static void annotated_logs_are_the_same(void **state) {
    compare(*state, "auto", EG_ANNOTATE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(avx512_finds_the_same),
        cmocka_unit_test(avx2_finds_the_same),
        cmocka_unit_test(ssse3_finds_the_same),
        cmocka_unit_test(neon_finds_the_same),
        cmocka_unit_test(portable_code_finds_the_same),
        cmocka_unit_test(annotated_logs_are_the_same),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
