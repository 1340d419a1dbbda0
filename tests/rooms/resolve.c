#include "testing.h"

#include "beside.h"
#include "resolve.h"

static const char win32_text[] =
    "0\tOK\tfine\n2\tNOT_FOUND\tthe file is missing\n5\tDENIED\tno rights\n"
    "5\tREFUSED\n13883\tDISABLED\tswitched off\n7\tBARE\n";
static const char hresult_text[] = "0x80070005\tE_DENIED\tno rights, says COM\n"
                                   "0x80004005\tE_FAIL\tsomething failed\n";

struct world {
    struct shelf shelf;
    const struct catalog *catalogs[3];
    struct panel panel[2];
    struct panels panels;
    struct knowledge knowledge;
    struct resolver resolver;
    struct rule rule;
};

static const struct catalog *put(struct world *world, const char *origin, const char *text) {
    struct fault fault;
    assert_true(shelf_put(&world->shelf, view_string(origin), view_string(text), &fault));
    return shelf_find(&world->shelf, catalog_family_of(view_string(origin)));
}

static struct world *world_new(void) {
    struct world *world = calloc(1, sizeof *world);
    world->catalogs[0] = put(world, "win32.tsv", win32_text);
    world->catalogs[1] = put(world, "hresult.tsv", hresult_text);
    world->catalogs[2] = put(world, "errno_x.tsv", "110\tETIMEDOUT\ttoo late\n");
    world->panel[0] = (struct panel){world->catalogs, 3, true, false, true, false, 0};
    world->panels = (struct panels){world->panel, 1};
    world->knowledge = (struct knowledge){.shelf = &world->shelf, .panels = &world->panels};
    assert_true(resolver_init(&world->resolver, &world->knowledge));
    world->rule.base = BASE_AUTO;
    return world;
}

static void world_free(struct world *world) {
    resolver_free(&world->resolver);
    shelf_free(&world->shelf);
    free(world);
}

static struct answer ask(struct world *world, const char *text) {
    struct number number;
    bool numeric = number_parse(view_string(text), BASE_AUTO, &number);
    return answer_code(world->panel, &world->shelf, view_string(text), numeric ? &number : NULL);
}

static void codes_are_answered_exactly_then_from_within(void **state) {
    (void)state;
    struct world *world = world_new();
    static const struct {
        const char *text, *symbol;
        enum finding finding;
    } rows[] = {
        {"5", "DENIED", FOUND_EXACT},
        {"0x80070005", "E_DENIED", FOUND_EXACT},
        {"-2147024891", "E_DENIED", FOUND_EXACT},
        {"2147942405", "E_DENIED", FOUND_EXACT},
        {"0xFFFFFFFF80070005", "E_DENIED", FOUND_EXACT},
        {"0x80070002", "NOT_FOUND", FOUND_CARRIED},
        {"-110", "ETIMEDOUT", FOUND_EXACT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct answer answer = ask(world, rows[i].text);
        assert_int_equal(answer.finding, rows[i].finding);
        assert_text(answer_row(&answer).symbol, rows[i].symbol);
    }
    assert_int_equal(ask(world, "0x80244FFF").finding, FOUND_BITS);
    assert_int_equal(ask(world, "0xC0000FFF").finding, FOUND_NOTHING);
    assert_int_equal(ask(world, "99").finding, FOUND_NOTHING);
    assert_int_equal(ask(world, "DENIED").finding, FOUND_NOTHING);
    world_free(world);
}

/* Mark the codes of a line with < and >, and see what became of each. */
static void judge(struct world *world, const char *marked, bool open, size_t *undecided) {
    static char line[512];
    struct candidate candidates[16];
    size_t size = 0, count = 0;
    for (const char *c = marked; *c; c++) {
        if (*c == '<')
            candidates[count] = (struct candidate){
                .start = size, .rule = &world->rule, .verdict = {NO_DIALECT, WITNESS_NONE}};
        else if (*c == '>')
            candidates[count++].end = size;
        else
            line[size++] = *c;
    }
    for (size_t i = 0; i < count; i++)
        candidates[i].text =
            view_of(line + candidates[i].start, candidates[i].end - candidates[i].start);
    struct piece piece = piece_of_line(view_of(line, size), 0);
    piece.open = open;
    piece.ends = !open;
    *undecided = ALL_DECIDED;
    assert_true(resolve_piece(&world->resolver, &piece, candidates, count, undecided));
}

static const struct hit *only(struct world *world, const char *marked, size_t index) {
    size_t undecided;
    judge(world, marked, false, &undecided);
    return &world->resolver.hits[index];
}

static void pairs_share_the_gloss_behind_their_second(void **state) {
    (void)state;
    struct world *world = world_new();
    static const struct {
        const char *line;
        size_t at;
    } rows[] = {
        {"error <13883> (0x363B) x", 20},
        {"error <13883> (<0x363B>) x", 20},
        {"error <13883>, <0x363B> x", 19},
        {"<-2147024891> (0x80070005) x", 24},
        {"(<13883>, 0x363B) x", 15},
        {"<0x363B>/13883", 12},
        {"<5> = 0x5", 7},
        {"<13883> (363B)", 12},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct hit *first = only(world, rows[i].line, 0);
        assert_int_equal(world->resolver.count, 2);
        assert_int_equal(first->state, HIT_SHARED);
        assert_int_equal(first[1].state, HIT_GLOSSED);
        assert_int_equal(first[1].gloss_at, rows[i].at);
    }
    const struct hit *single = only(world, "error <5> (6) and", 0);
    assert_int_equal(single->state, HIT_GLOSSED);
    assert_int_equal(single->gloss_at, 7);
    single = only(world, "<5>, <13883>", 0);
    assert_int_equal(single[0].state, HIT_GLOSSED);
    assert_int_equal(single[1].state, HIT_GLOSSED);
    world_free(world);
}

static void symbols_that_stand_there_are_not_said_again(void **state) {
    (void)state;
    struct world *world = world_new();
    static const struct {
        const char *line;
        bool stands;
        size_t at;
    } rows[] = {
        {"DENIED (<5>)", true, 9},         {"REFUSED: <5>", true, 10},
        {"<5> - DENIED x", true, 10},      {"<5> (DENIED) x", true, 10},
        {"XDENIED <5>", false, 9},         {"DENIED is <5>", false, 11},
        {"<0x80070005> DENIED", true, 17}, {"DISABLED (<13883>, 0x363B)", true, 24},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        only(world, rows[i].line, 0);
        const struct hit *last = &world->resolver.hits[world->resolver.count - 1];
        assert_int_equal(last->symbol_stands, rows[i].stands);
        assert_int_equal(last->gloss_at, rows[i].at);
    }
    assert_int_equal(only(world, "BARE <7>", 0)->state, HIT_PLAIN);
    world_free(world);
}

static void a_code_is_glossed_once_a_line(void **state) {
    (void)state;
    struct world *world = world_new();
    const struct hit *hits = only(world, "<5> and <5> and <0x5>", 0);
    assert_int_equal(hits[0].state, HIT_GLOSSED);
    assert_int_equal(hits[1].state, HIT_REPEATED);
    assert_int_equal(hits[2].state, HIT_REPEATED);
    assert_int_equal(only(world, "<5>", 0)->state, HIT_GLOSSED);
    hits = only(world, "<0x80070002> then <2>", 0);
    assert_int_equal(hits[1].state, HIT_REPEATED);
    world_free(world);
}

static void success_the_unknown_and_the_ignored_stay_silent(void **state) {
    (void)state;
    struct world *world = world_new();
    struct ignored ignored[] = {{VIEW("win32"), VIEW("0x5")}};
    assert_int_equal(only(world, "<0>", 0)->state, HIT_SUCCESS);
    assert_int_equal(only(world, "<99>", 0)->state, HIT_UNKNOWN);
    world->knowledge.ignored = ignored;
    world->knowledge.ignored_count = 1;
    assert_int_equal(only(world, "<5>", 0)->state, HIT_IGNORED);
    assert_int_equal(only(world, "<2>", 0)->state, HIT_GLOSSED);
    world_free(world);
}

static void open_lines_wait_where_a_pair_or_symbol_may_follow(void **state) {
    (void)state;
    struct world *world = world_new();
    static const struct {
        const char *line;
        size_t undecided;
    } rows[] = {
        {"<5>", 1},
        {"<5> ", 1},
        {"<5> (0x", 1},
        {"<5> (0x5", 1},
        {"<5> (0x5)", 1},
        {"<5> DEN", 1},
        {"<5> happened to", ALL_DECIDED},
        {"<5>; and", ALL_DECIDED},
        {"<99>", ALL_DECIDED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t undecided;
        judge(world, rows[i].line, true, &undecided);
        assert_true(undecided == rows[i].undecided);
    }
    world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_answered_exactly_then_from_within),
        cmocka_unit_test(pairs_share_the_gloss_behind_their_second),
        cmocka_unit_test(symbols_that_stand_there_are_not_said_again),
        cmocka_unit_test(a_code_is_glossed_once_a_line),
        cmocka_unit_test(success_the_unknown_and_the_ignored_stay_silent),
        cmocka_unit_test(open_lines_wait_where_a_pair_or_symbol_may_follow),
    };
    return RUN(tests);
}
