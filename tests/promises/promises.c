#include <stdio.h>

#include "testing.h"

#include "errgloss.h"
#include "generate.h"

/* What is promised for every input, tried on generated ones. */

struct text {
    char *at;
    size_t size, capacity;
};

static void append(struct text *text, eg_text more) {
    if (text->size + more.size > text->capacity) {
        text->capacity = 2 * (text->size + more.size);
        text->at = realloc(text->at, text->capacity);
    }
    if (more.size) memcpy(text->at + text->size, more.at, more.size);
    text->size += more.size;
}

static void drain(eg_filter *filter, struct text *out) {
    eg_text output;
    eg_progress progress;
    while ((progress = eg_filter_next(filter, &output)) == EG_OUTPUT) append(out, output);
    assert_int_equal(progress, EG_HUNGRY);
}

/* Send the input through the filter in chunks of up to `most` bytes; where there is a generator
 * their sizes vary and pauses come between them. */
static void run(eg_filter *filter, struct text in, size_t most, struct generator *vary,
                struct text *out) {
    out->size = 0;
    eg_filter_begin(filter, "log");
    for (size_t at = 0; at < in.size;) {
        size_t room, size = vary ? 1 + generate_number(vary, most) : most;
        char *space = eg_filter_space(filter, &room);
        if (size > in.size - at) size = in.size - at;
        if (size > room) size = room;
        memcpy(space, in.at + at, size);
        eg_filter_commit(filter, size);
        at += size;
        drain(filter, out);
        eg_text settled;
        if (vary && generate_number(vary, 2) && eg_filter_settle(filter, &settled) == EG_OUTPUT)
            append(out, settled);
    }
    eg_filter_end(filter);
    drain(filter, out);
}

static void assert_same(struct text a, struct text b) {
    assert_int_equal(a.size, b.size);
    if (a.size) assert_memory_equal(a.at, b.at, a.size);
}

/* Rules that look far ahead and back, at the ends of a line, at text codes and bare hexadecimal,
 * and one that runs away: what is promised holds for whatever a user writes. */
static const char own_catalog[] =
    "5\tFIVE\tthe fifth\n404\tLOST\tnot there\n13883\tOFF\tswitched off\n"
    "0x80070005\tDENIED\tno rights\n48879\tBEEF\tmeat\n";
static const char own_texts[] =
    "A\tLETTER\ta letter\n5.1.1\tNOBODY\tnobody there\nword\tWORD\ta word\n"
    "404\tLOST\tnot there either\nX.7.1\tREFUSED\trefused\n";
static const char own_rules[] =
    "[ahead]\nmatch = (?=.*word)error (?<code>\\d+)\nfamily = own\n"
    "sample = error 5 word => 5\nsilent = error 5\n"
    "[behind]\nmatch = (?<=error |status: )(?<code>\\w+)\nfamily = own texts\n"
    "sample = error 5 => 5\nsilent = 5\n"
    "[before]\nmatch = (?<code>\\d+)[^\\w]+word\nfamily = own\n"
    "sample = 5 word => 5\nsilent = 5\n"
    "[whole]\nmatch = ^(?<code>[\\d.]+)$\nfamily = texts own\n"
    "sample = 404 => 404\nsilent = x 404\n"
    "[last]\nmatch = \\b(?<code>\\w+)$\nfamily = texts\n"
    "sample = a word => word\nsilent = word!\n"
    "[hex]\nmatch = =(?<code>[0-9a-fA-F]+)\nbase = hex\nfamily = own\n"
    "sample = =80070005 => 80070005\nsilent = 80070005\n"
    "[runaway]\nmatch = x(?:a+)+(?<code>\\d)$\nfamily = own\n"
    "sample = xa5 => 5\nsilent = a5\n"
    "[any]\nmatch = (?<![\\w.])(?<code>5|0x[0-9a-f]+|X?\\d+(?:\\.\\d+)*)\nfamily = own texts\n"
    "sample = 5 => 5\nsilent = x5\n";

static eg_glossary *own_glossary(void) {
    eg_fault fault = {{0}};
    eg_glossary *glossary = eg_glossary_new();
    bool fine =
        eg_glossary_add_text(glossary, "own.tsv", own_catalog, sizeof own_catalog - 1, &fault) &&
        eg_glossary_add_text(glossary, "texts.tsv", own_texts, sizeof own_texts - 1, &fault) &&
        eg_glossary_add_text(glossary, "own.rules", own_rules, sizeof own_rules - 1, &fault) &&
        eg_glossary_seal(glossary, &fault);
    if (!fine) fail_msg("%s", fault.text);
    return glossary;
}

/* The filters that are compared, and a generated input at a time. */
struct lab {
    eg_glossary *glossary, *reloaded, *own;
    eg_filter *own_annotate, *own_json;
    eg_filter *annotate, *plain, *loaded, *json, *json_plain, *strip, *styled;
    struct generator generator;
    struct text in, out, other;
    size_t rounds;
};

/* The built-in files, printed and loaded as a user's would be. */
static eg_glossary *reload_builtin(void) {
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    eg_text name, text;
    for (size_t i = 0; eg_builtin_file(i, &name, &text); i++) {
        char path[256];
        snprintf(path, sizeof path, "%.*s", (int)name.size, name.at);
        assert_true(eg_glossary_add_text(glossary, path, text.at, text.size, &fault));
    }
    assert_true(eg_glossary_seal(glossary, &fault));
    return glossary;
}

static int set_up(void **state) {
    eg_fault fault;
    struct lab *lab = calloc(1, sizeof *lab);
    lab->glossary = eg_glossary_new();
    assert_true(eg_glossary_add_builtin(lab->glossary, &fault));
    assert_true(eg_glossary_seal(lab->glossary, &fault));
    lab->reloaded = reload_builtin();
    lab->annotate = eg_filter_new(lab->glossary, EG_ANNOTATE);
    lab->plain = eg_filter_new(lab->glossary, EG_ANNOTATE);
    lab->loaded = eg_filter_new(lab->reloaded, EG_ANNOTATE);
    lab->json = eg_filter_new(lab->glossary, EG_JSON);
    lab->json_plain = eg_filter_new(lab->glossary, EG_JSON);
    lab->strip = eg_filter_new(NULL, EG_STRIP);
    lab->styled = eg_filter_new(lab->glossary, EG_ANNOTATE);
    lab->own = own_glossary();
    lab->own_annotate = eg_filter_new(lab->own, EG_ANNOTATE);
    lab->own_json = eg_filter_new(lab->own, EG_JSON);
    eg_filter_interpret(lab->plain, true);
    eg_filter_interpret(lab->json_plain, true);
    const char *rounds = getenv("ERRGLOSS_ROUNDS"), *seed = getenv("ERRGLOSS_SEED");
    lab->generator.seed = seed ? strtoull(seed, NULL, 10) : 13883;
    lab->rounds = rounds ? strtoull(rounds, NULL, 10) : 1500;
    *state = lab;
    return 0;
}

static int tear_down(void **state) {
    struct lab *lab = *state;
    eg_filter_free(lab->annotate);
    eg_filter_free(lab->plain);
    eg_filter_free(lab->loaded);
    eg_filter_free(lab->json);
    eg_filter_free(lab->json_plain);
    eg_filter_free(lab->strip);
    eg_filter_free(lab->styled);
    eg_filter_free(lab->own_annotate);
    eg_filter_free(lab->own_json);
    eg_glossary_free(lab->own);
    eg_glossary_free(lab->glossary);
    eg_glossary_free(lab->reloaded);
    free(lab->in.at);
    free(lab->out.at);
    free(lab->other.at);
    free(lab);
    return 0;
}

static void generate(struct lab *lab, size_t size) {
    lab->in.size = 0;
    if (lab->in.capacity < size) {
        lab->in.capacity = size;
        lab->in.at = realloc(lab->in.at, size);
    }
    lab->in.size = size;
    generate_text(&lab->generator, lab->in.at, size);
}

static void generate_short(struct lab *lab) {
    generate(lab, 1 + generate_number(&lab->generator, 500));
}

/* Lines of 64 KiB and more, of sizes near where their pieces begin and end. */
static void generate_long(struct lab *lab) {
    generate(lab, 60000 + generate_number(&lab->generator, 150000));
    for (size_t i = 0; i < lab->in.size; i++)
        if (lab->in.at[i] == '\n' && generate_number(&lab->generator, 2000)) lab->in.at[i] = ' ';
}

static void check_strip(struct lab *lab) {
    run(lab->annotate, lab->in, 65536, NULL, &lab->out);
    run(lab->strip, lab->out, 65536, NULL, &lab->other);
    assert_same(lab->in, lab->other);
}

static void strip_gives_every_input_back(void **state) {
    struct lab *lab = *state;
    for (size_t i = 0; i < lab->rounds; i++) {
        generate_short(lab);
        check_strip(lab);
    }
    for (size_t i = 0; i < lab->rounds / 50; i++) {
        generate_long(lab);
        check_strip(lab);
    }
}

/* What annotate made is input like any: annotated and stripped twice, it is what it was. */
static void annotated_input_is_annotated_again(void **state) {
    struct lab *lab = *state;
    for (size_t i = 0; i < lab->rounds; i++) {
        struct text first = {0};
        generate_short(lab);
        run(lab->annotate, lab->in, 65536, NULL, &first);
        run(lab->annotate, first, 65536, NULL, &lab->out);
        run(lab->strip, lab->out, 65536, NULL, &lab->other);
        assert_same(first, lab->other);
        free(first.at);
    }
}

static void check_chunks(struct lab *lab, eg_filter *filter, size_t most) {
    run(filter, lab->in, 65536, NULL, &lab->out);
    run(filter, lab->in, most, &lab->generator, &lab->other);
    assert_same(lab->out, lab->other);
}

static void any_chunking_gives_the_same_output(void **state) {
    struct lab *lab = *state;
    for (size_t i = 0; i < lab->rounds; i++) {
        generate_short(lab);
        check_chunks(lab, lab->annotate, 8);
        check_chunks(lab, lab->json, 50);
        check_chunks(lab, lab->strip, 8);
    }
    for (size_t i = 0; i < lab->rounds / 100; i++) {
        generate_long(lab);
        check_chunks(lab, lab->annotate, 40000);
        check_chunks(lab, lab->json, 40000);
        check_chunks(lab, lab->strip, 40000);
    }
}

static void interpreter_and_machine_code_agree(void **state) {
    struct lab *lab = *state;
    for (size_t i = 0; i < lab->rounds; i++) {
        generate_short(lab);
        run(lab->annotate, lab->in, 65536, NULL, &lab->out);
        run(lab->plain, lab->in, 65536, NULL, &lab->other);
        assert_same(lab->out, lab->other);
        run(lab->json, lab->in, 65536, NULL, &lab->out);
        run(lab->json_plain, lab->in, 65536, NULL, &lab->other);
        assert_same(lab->out, lab->other);
    }
    assert_int_equal(eg_filter_stats(lab->annotate).skips, 0);
}

static void builtin_files_loaded_give_the_same_output(void **state) {
    struct lab *lab = *state;
    for (size_t i = 0; i < lab->rounds; i++) {
        generate_short(lab);
        run(lab->annotate, lab->in, 65536, NULL, &lab->out);
        run(lab->loaded, lab->in, 65536, NULL, &lab->other);
        assert_same(lab->out, lab->other);
    }
}

static void own_rules_keep_the_promises(void **state) {
    struct lab *lab = *state;
    for (size_t i = 0; i < lab->rounds; i++) {
        generate_short(lab);
        check_chunks(lab, lab->own_annotate, 8);
        check_chunks(lab, lab->own_json, 50);
        run(lab->own_annotate, lab->in, 65536, NULL, &lab->out);
        run(lab->strip, lab->out, 65536, NULL, &lab->other);
        assert_same(lab->in, lab->other);
    }
    for (size_t i = 0; i < lab->rounds / 100; i++) {
        generate_long(lab);
        check_chunks(lab, lab->own_annotate, 40000);
    }
}

static eg_style generate_style(struct generator *generator) {
    static const eg_place places[] = {EG_INLINE, EG_AT_END, EG_BELOW};
    return (eg_style){.place = places[generate_number(generator, 3)],
                      .summary_most = generate_number(generator, 2) * 7,
                      .once = generate_number(generator, 2),
                      .coloured = generate_number(generator, 2),
                      .linked = generate_number(generator, 2)};
}

/* What was told before is told again. */
static void run_anew(eg_filter *filter, struct text in, size_t most, struct generator *vary,
                     struct text *out) {
    eg_filter_forget(filter);
    run(filter, in, most, vary, out);
}

static void check_style(struct lab *lab, size_t most) {
    struct generator *generator = &lab->generator;
    eg_style style = generate_style(generator);
    eg_filter_set_style(lab->styled, &style);
    run_anew(lab->styled, lab->in, 65536, NULL, &lab->out);
    run_anew(lab->styled, lab->in, most, generator, &lab->other);
    assert_same(lab->out, lab->other);
    run(lab->strip, lab->out, 65536, NULL, &lab->other);
    assert_same(lab->in, lab->other);
    run(lab->strip, lab->out, most, generator, &lab->other);
    assert_same(lab->in, lab->other);
}

/* Which lines are written never depends on how they come. */
static void check_selection(struct lab *lab, size_t most) {
    struct generator *generator = &lab->generator;
    eg_style style = generate_style(generator);
    style.named = generate_number(generator, 2);
    style.selects = generate_number(generator, 2);
    style.before = generate_number(generator, 4);
    style.after = generate_number(generator, 4);
    eg_filter_set_style(lab->styled, &style);
    run_anew(lab->styled, lab->in, 65536, NULL, &lab->out);
    run_anew(lab->styled, lab->in, most, generator, &lab->other);
    assert_same(lab->out, lab->other);
}

static void every_style_keeps_the_promises(void **state) {
    struct lab *lab = *state;
    for (size_t i = 0; i < lab->rounds; i++) {
        generate_short(lab);
        check_style(lab, 8);
        check_selection(lab, 8);
    }
    for (size_t i = 0; i < lab->rounds / 50; i++) {
        generate_long(lab);
        check_style(lab, 40000);
        check_selection(lab, 40000);
    }
}

/* The input's lines by a scanner, one after the other, in `other`. */
static void scan_lines(struct lab *lab, eg_scanner *scanner) {
    const eg_hit *hits;
    eg_text line, text;
    lab->other.size = 0;
    eg_scanner_begin(scanner);
    for (size_t at = 0; at < lab->in.size; at += line.size) {
        const char *from = lab->in.at + at, *end = memchr(from, '\n', lab->in.size - at);
        line = (eg_text){from, (size_t)(end + 1 - from)};
        size_t ending = line.size > 1 && end[-1] == '\r' ? 2 : 1;
        eg_scanner_line(scanner, from, line.size - ending, &hits);
        assert_true(eg_scanner_annotate(scanner, 0, NULL, &text));
        append(&lab->other, text);
        append(&lab->other, (eg_text){from + line.size - ending, ending});
    }
}

static void a_scanner_annotates_as_a_filter_does(void **state) {
    struct lab *lab = *state;
    eg_scanner *scanner = eg_scanner_new(lab->own);
    for (size_t i = 0; i < lab->rounds; i++) {
        if (i % 50)
            generate_short(lab);
        else
            generate_long(lab);
        lab->in.at[lab->in.size - 1] = '\n';
        run(lab->own_annotate, lab->in, 65536, NULL, &lab->out);
        scan_lines(lab, scanner);
        assert_same(lab->out, lab->other);
    }
    eg_scanner_free(scanner);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strip_gives_every_input_back),
        cmocka_unit_test(annotated_input_is_annotated_again),
        cmocka_unit_test(any_chunking_gives_the_same_output),
        cmocka_unit_test(interpreter_and_machine_code_agree),
        cmocka_unit_test(builtin_files_loaded_give_the_same_output),
        cmocka_unit_test(own_rules_keep_the_promises),
        cmocka_unit_test(every_style_keeps_the_promises),
        cmocka_unit_test(a_scanner_annotates_as_a_filter_does),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
