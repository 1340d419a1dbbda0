#include "configured.h"

#include "plan.h"

/* The steps of a plan in words, a line each, the user's configuration as `~`. */
static void describe(const struct plan *plan, const char *home, struct buffer *out) {
    static const char *const kinds[] = {
        [STEP_BUILTIN] = "builtin", [STEP_OVERLAY] = "overlay", [STEP_FILE] = "file",
        [STEP_FAULT] = "fault",     [STEP_DROP] = "drop",       [STEP_IGNORE] = "ignore",
        [STEP_DIALECT] = "dialect", [STEP_GATE] = "gate",       [STEP_FAMILIES] = "families",
        [STEP_SUCCESS] = "success", [STEP_SYMBOLS] = "symbols"};
    for (size_t i = 0; i < plan->count; i++) {
        const char *text = plan->steps[i].text;
        bool own = strncmp(text, home, strlen(home)) == 0;
        if (strncmp(text, "/etc/errgloss/", 14) == 0) continue;
        buffer_format(out, "%s %s%s\n", kinds[plan->steps[i].kind], own ? "~" : "",
                      own ? text + strlen(home) : text);
    }
}

static void steps_come_in_their_order(void **state) {
    const char *files[] = {"given.tsv", "given.rules"}, *words[] = {"win32:5", "win32:6"};
    struct options options = {.files = {files, 2},
                              .dropped = {words, 1},
                              .ignored = {words, 2},
                              .dialect = "kernel",
                              .gate = "none",
                              .success = true,
                              .symbols = true,
                              .families = "win32"};
    struct plan plan;
    struct buffer out = {0};
    mkdir("one", 0777);
    mkdir("two", 0777);
    put("errgloss/b.rules", "");
    put("errgloss/a.tsv", "");
    put("errgloss/.hidden.tsv", "");
    assert_int_equal(mkfifo("errgloss/c.tsv", 0666), 0);
    put("errgloss/a.tsv~", "");
    put("one/x.explain", "");
    put("two/x.mapping", "");
    setenv("ERRGLOSS_PATH", "one:two::nowhere", 1);
    assert_true(plan_make(&plan, &options));
    describe(&plan, *state, &out);
    assert_text(out, "builtin \noverlay \n"
                     "overlay \nfile ~/errgloss/a.tsv\nfile ~/errgloss/b.rules\n"
                     "fault ~/errgloss/c.tsv\n"
                     "fault nowhere\n"
                     "overlay \nfile two/x.mapping\noverlay \nfile one/x.explain\n"
                     "overlay \nfile given.tsv\nfile given.rules\n"
                     "drop win32:5\nignore win32:5\nignore win32:6\ndialect kernel\ngate none\n"
                     "success \nsymbols \nfamilies win32\n");
    plan_free(&plan);
    buffer_free(&out);
}

static uint64_t stamp(void) {
    static const char *files[] = {"given.tsv"};
    const struct options options = {.files = {files, 1}};
    struct plan plan;
    assert_true(plan_make(&plan, &options));
    uint64_t seen = plan.stamp;
    plan_free(&plan);
    return seen;
}

static void nothing(void) {
}

static void write_more(void) {
    put_old("errgloss/a.tsv", "5\tA\ta longer one\n");
}

static void write_as_much(void) {
    put_old("errgloss/a.tsv", "5\tA\tz\n");
}

static void write_now(void) {
    put("errgloss/a.tsv", "5\tA\tz\n");
}

static void put_in_place(void) {
    put_old("new", "5\tA\ta\n");
    assert_int_equal(rename("new", "errgloss/a.tsv"), 0);
}

static void touch(void) {
    assert_int_equal(utimensat(AT_FDCWD, "errgloss/a.tsv", NULL, 0), 0);
}

static void add_one(void) {
    put_old("errgloss/b.tsv", "5\tA\ta\n");
}

static void take_one_away(void) {
    unlink("errgloss/a.tsv");
}

static void rename_one(void) {
    assert_int_equal(rename("errgloss/a.tsv", "errgloss/c.tsv"), 0);
}

static void give_the_missing(void) {
    put_old("given.tsv", "5\tA\ta\n");
}

static void add_a_folder(void) {
    mkdir("late", 0777);
}

static void fill_a_folder(void) {
    mkdir("late", 0777);
    put_old("late/a.tsv", "");
}

static void take_a_folder_away(void) {
    assert_int_equal(rename("errgloss", "other"), 0);
}

static void lead_elsewhere(void) {
    unlink("link/a.tsv");
    assert_int_equal(symlink("../b", "link/a.tsv"), 0);
}

static void write_behind_a_link(void) {
    put_old("a", "other");
}

static void write_what_is_not_ours(void) {
    put("errgloss/notes.txt", "x");
    put("errgloss/.a.tsv.swp", "x");
}

static void read_one(void) {
    assert_holds("errgloss/a.tsv", "5\tA\ta\n");
}

/* What happens to files, and whether a stamp has to show it. */
static const struct {
    void (*happens)(void);
    bool shows;
} changes[] = {
    {nothing, false},
    {read_one, false},
    {write_what_is_not_ours, false},
    {write_more, true},
    {write_as_much, true},
    {write_now, true},
    {put_in_place, true},
    {touch, true},
    {add_one, true},
    {take_one_away, true},
    {rename_one, true},
    {give_the_missing, true},
    {add_a_folder, true},
    {fill_a_folder, true},
    {take_a_folder_away, true},
    {lead_elsewhere, true},
    {write_behind_a_link, true},
};

static void prepare(void) {
    if (system("rm -rf errgloss late other link given.tsv") != 0) fail();
    mkdir("errgloss", 0777);
    mkdir("link", 0777);
    put_old("errgloss/a.tsv", "5\tA\ta\n");
    put_old("a", "same");
    put_old("b", "same");
    assert_int_equal(symlink("../a", "link/a.tsv"), 0);
    setenv("ERRGLOSS_PATH", "late:link", 1);
}

static void a_stamp_shows_what_changed(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        prepare();
        uint64_t before = stamp();
        changes[i].happens();
        if ((stamp() != before) != changes[i].shows) fail_msg("change %zu", i);
    }
}

static void a_file_of_this_moment_has_another_stamp_later(void **state) {
    (void)state;
    bool differs = false;
    prepare();
    /* the moment is short: a process may be kept from running for longer */
    for (size_t tries = 0; tries < 100 && !differs; tries++) {
        put("errgloss/a.tsv", "5\tA\ta\n");
        uint64_t first = stamp();
        differs = first != stamp();
    }
    assert_true(differs);
    put_old("errgloss/a.tsv", "5\tA\ta\n");
    uint64_t first = stamp();
    assert_true(first == stamp());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CONFIGURED(steps_come_in_their_order),
        CONFIGURED(a_stamp_shows_what_changed),
        CONFIGURED(a_file_of_this_moment_has_another_stamp_later),
    };
    return RUN(tests);
}
