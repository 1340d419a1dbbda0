#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "files.h"

/* Every test works in a directory of its own, which is the current one. */
static int enter(void **state) {
    char *home = strdup("/tmp/errgloss-files.XXXXXX");
    *state = home;
    return mkdtemp(home) && chdir(home) == 0 ? 0 : -1;
}

static int leave(void **state) {
    char command[100];
    snprintf(command, sizeof command, "chmod -R u+rwX %s && rm -r %s", (char *)*state,
             (char *)*state);
    int left = chdir("/") || system(command);
    free(*state);
    return left;
}

static void put_bytes(const char *path, struct view bytes) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

static void put(const char *path) {
    put_bytes(path, VIEW("12345"));
}

/* Every step as a line: path, what it has below, and marks. */
static void expect(struct files_wanted wanted, const char *expected) {
    struct buffer all = {0};
    struct files_item item;
    enum files_state now;
    struct files *files = files_new(&wanted);
    assert_non_null(files);
    while ((now = files_next(files, &item)) != FILES_END) {
        if (now == FILES_PROBLEM)
            buffer_format(&all, "%s: %s\n", item.path,
                          item.message ? item.message : strerror(item.error));
        else
            buffer_format(&all, "%s > %s%s\n", item.path, item.below, item.named ? " *" : "");
    }
    assert_int_equal(files_next(files, &item), FILES_END);
    files_free(files);
    buffer_append_byte(&all, '\0');
    assert_string_equal(all.at, expected);
    buffer_free(&all);
}

#define LIST(name, ...)                                                                            \
    .name = (const char *const[]){__VA_ARGS__},                                                    \
    .name##_count = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)
#define OPERANDS(...)                                                                              \
    .operands = (const char *const[]){__VA_ARGS__},                                                \
    .operand_count = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)
#define WANTED(...)                                                                                \
    (struct files_wanted) {                                                                        \
        __VA_ARGS__                                                                                \
    }

static void make_tree(void) {
    mkdir("t", 0777);
    mkdir("t/b", 0777);
    mkdir("t/b/c", 0777);
    put("t/z.log");
    put("t/a.txt");
    put("t/b/B.log");
    put("t/b/a.log");
    put("t/b/c/x.log");
}

static void operands_come_in_their_order(void **state) {
    (void)state;
    put("b");
    put("a");
    expect(WANTED(OPERANDS("b", "-", "a", "b", "none", "/dev/null")),
           "b > b *\n- > - *\na > a *\nb > b *\nnone: No such file or directory\n"
           "/dev/null > dev/null *\n");
    expect(WANTED(.operands = NULL), "");
}

static void paths_are_made_safe(void **state) {
    (void)state;
    char here[200], named[300], expected[600];
    mkdir("d", 0777);
    put("d/f");
    assert_non_null(getcwd(here, sizeof here));
    snprintf(named, sizeof named, "/..%s//d/./f", here);
    snprintf(expected, sizeof expected, "%s > %s/d/f *\nd/../d//./f > d/d/f *\n", named, here + 1);
    expect(WANTED(OPERANDS(named, "d/../d//./f")), expected);
    expect(WANTED(OPERANDS("./d/f")), "./d/f > d/f *\n");
    assert_int_equal(chdir("d"), 0);
    expect(WANTED(OPERANDS("../d/f")), "../d/f > d/f *\n");
}

static void a_directory_needs_recursive(void **state) {
    (void)state;
    make_tree();
    expect(WANTED(OPERANDS("t", "t/z.log")), "t: is a directory (use -r)\nt/z.log > t/z.log *\n");
}

static void directories_are_gone_through_by_bytes(void **state) {
    (void)state;
    make_tree();
    const char *all = "t/a.txt > a.txt\nt/b/B.log > b/B.log\nt/b/a.log > b/a.log\n"
                      "t/b/c/x.log > b/c/x.log\nt/z.log > z.log\n";
    expect(WANTED(.recursive = true, OPERANDS("t")), all);
    expect(WANTED(.recursive = true, OPERANDS("t/")), all);
    expect(WANTED(.recursive = true, OPERANDS("t/b/c//", "t/z.log")),
           "t/b/c//x.log > x.log\nt/z.log > t/z.log *\n");
}

static void what_is_no_file_is_passed_over(void **state) {
    (void)state;
    make_tree();
    assert_int_equal(symlink("../b", "t/b/loop"), 0);
    assert_int_equal(symlink("a.txt", "t/a.link"), 0);
    assert_int_equal(symlink("nowhere", "t/broken"), 0);
    assert_int_equal(mkfifo("t/pipe", 0666), 0);
    assert_int_equal(symlink("t/b", "l"), 0);
    expect(WANTED(.recursive = true, OPERANDS("t", "l", "t/a.link")),
           "t/a.txt > a.txt\nt/b/B.log > b/B.log\nt/b/a.log > b/a.log\n"
           "t/b/c/x.log > b/c/x.log\nt/z.log > z.log\n"
           "l/B.log > B.log\nl/a.log > a.log\nl/c/x.log > c/x.log\n"
           "t/a.link > t/a.link *\n");
}

static void what_is_written_is_no_input(void **state) {
    (void)state;
    make_tree();
    put("t/.errgloss-journal");
    put("t/b/.a.log.abcdef.errgloss");
    put("t/b/.errgloss");
    put("t/x.errgloss");
    expect(WANTED(.recursive = true, OPERANDS("t"), .output = "t/b/c"),
           "t/a.txt > a.txt\nt/b/B.log > b/B.log\nt/b/a.log > b/a.log\n"
           "t/x.errgloss > x.errgloss\nt/z.log > z.log\n");
    expect(WANTED(.recursive = true, OPERANDS("t/b/c"), .output = "t/b/c"),
           "t/b/c/x.log > x.log\n");
}

static void patterns_choose(void **state) {
    (void)state;
    make_tree();
    struct files_wanted wanted = {.recursive = true, OPERANDS("t", "t/a.txt")};
    static const struct {
        const char *include, *exclude, *expected;
    } rows[] = {
        {"*.log", NULL,
         "t/b/B.log > b/B.log\nt/b/a.log > b/a.log\nt/b/c/x.log > b/c/x.log\nt/z.log > z.log\n"},
        {"*.log", "b", "t/z.log > z.log\n"},
        {NULL, "b/", "t/a.txt > a.txt\nt/z.log > z.log\n"},
        {NULL, "/b/c",
         "t/a.txt > a.txt\nt/b/B.log > b/B.log\nt/b/a.log > b/a.log\nt/z.log > z.log\n"},
        {NULL, "*.[lt]*", ""},
        {"b/*.log", "a.*", "t/b/B.log > b/B.log\nt/b/c/x.log > b/c/x.log\n"},
        {"/*.log", "b/*", "t/z.log > z.log\n"},
        {"t/*", NULL, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char expected[400];
        wanted.include = &rows[i].include;
        wanted.include_count = rows[i].include != NULL;
        wanted.exclude = &rows[i].exclude;
        wanted.exclude_count = rows[i].exclude != NULL;
        snprintf(expected, sizeof expected, "%st/a.txt > t/a.txt *\n", rows[i].expected);
        expect(wanted, expected);
    }
}

static void several_patterns_are_any_of_them(void **state) {
    (void)state;
    make_tree();
    expect(WANTED(.recursive = true, OPERANDS("t"), LIST(include, "a*", "z*"),
                  LIST(exclude, "c", "*.txt")),
           "t/b/a.log > b/a.log\nt/z.log > z.log\n");
}

static void lists_name_files(void **state) {
    (void)state;
    static const struct {
        struct view list;
        const char *expected;
    } rows[] = {
        {{"a\nb c\n", 6}, "o > o *\na > a\nb c > b c\n"},
        {{"a\r\n\r\nb c\r", 9}, "o > o *\na > a\nb c > b c\n"},
        {{"b\nc\0a\0\0", 7}, "o > o *\nb\nc > b\nc\na > a\n"},
        {{"a\0b c", 5}, "o > o *\na > a\nb c > b c\n"},
        {{"-\nx\na", 5}, "o > o *\n./- > -\nx: No such file or directory\na > a\n"},
        {{"", 0}, "o > o *\n"},
    };
    put("a");
    put("b c");
    put("b\nc");
    put("o");
    put("-");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_bytes("list", rows[i].list);
        expect(WANTED(OPERANDS("o"), .list = "list"), rows[i].expected);
    }
    expect(WANTED(OPERANDS("o"), .list = "none"), "o > o *\nnone: No such file or directory\n");
    expect(WANTED(.list = "."), ".: Is a directory\n");
}

static void lists_come_from_standard_input(void **state) {
    (void)state;
    make_tree();
    put_bytes("list", VIEW("t/b\nt/z.log\n"));
    assert_non_null(freopen("list", "r", stdin));
    expect(WANTED(.list = "-", .recursive = true, LIST(exclude, "c", "z.log")),
           "t/b/B.log > B.log\nt/b/a.log > a.log\nt/z.log > t/z.log\n");
}

static void the_unreadable_is_told_and_others_go_on(void **state) {
    (void)state;
    make_tree();
    assert_int_equal(chmod(".", 0755), 0);
    assert_int_equal(chmod("t/b/c", 0), 0);
    /* root may read everything */
    bool root = geteuid() == 0;
    if (root) assert_int_equal(seteuid(65534), 0);
    expect(WANTED(.recursive = true, OPERANDS("t")),
           "t/a.txt > a.txt\nt/b/B.log > b/B.log\nt/b/a.log > b/a.log\n"
           "t/b/c: Permission denied\nt/z.log > z.log\n");
    expect(WANTED(.recursive = true, OPERANDS("t"), LIST(exclude, "c", "*.log")),
           "t/a.txt > a.txt\n");
    if (root) assert_int_equal(seteuid(0), 0);
}

static void what_is_to_come_is_counted(void **state) {
    (void)state;
    uint64_t files, bytes;
    make_tree();
    struct files_wanted wanted = {.recursive = true, OPERANDS("t", "t/z.log", "none")};
    assert_true(files_count(&wanted, &files, &bytes));
    assert_int_equal(files, 6);
    assert_int_equal(bytes, 30);
    assert_false(files_count(&WANTED(OPERANDS("t/z.log", "-")), &files, &bytes));
    assert_false(files_count(&WANTED(OPERANDS("/dev/null")), &files, &bytes));
    assert_false(files_count(&WANTED(.list = "-"), &files, &bytes));
}

static void binary_files_are_told_from_text(void **state) {
    (void)state;
#define ROW(literal, binary)                                                                       \
    { {literal, sizeof(literal) - 1}, binary }
    static const struct {
        struct view bytes;
        bool binary;
    } rows[] = {
        ROW("", false),
        ROW("a line\n", false),
        ROW("\x7f"
            "ELF\2\1\1\0\0\0\0\0",
            true),
        ROW("text and \0 in it", true),
        ROW("e\0r\0r\0 \0\x35\0\r\0\n\0", false),
        ROW("\0e\0r\0r\0 \0\x35\0\n", false),
        ROW("\xff\xfe\x42\x30\x44\x30\0\x30", false),
        ROW("\xfe\xff\x30\x42", false),
        ROW("\1\0\2\0\3\0\4\0", true),
        ROW("a\0b\0\0\0c\0", true),
        ROW("MZ\x90\0\3\0\0\0\4\0\0\0", true),
        ROW("ElfFile\0", true),
        ROW("ElfFile", false),
        ROW("\0", true),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(files_is_binary(rows[i].bytes), rows[i].binary);
    char late[8193];
    memset(late, 'x', sizeof late);
    late[8192] = '\0';
    assert_false(files_is_binary(view_of(late, sizeof late)));
    late[8191] = '\0';
    assert_true(files_is_binary(view_of(late, sizeof late)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(operands_come_in_their_order),
        TEST(paths_are_made_safe),
        TEST(a_directory_needs_recursive),
        TEST(directories_are_gone_through_by_bytes),
        TEST(what_is_no_file_is_passed_over),
        TEST(what_is_written_is_no_input),
        TEST(patterns_choose),
        TEST(several_patterns_are_any_of_them),
        TEST(lists_name_files),
        TEST(lists_come_from_standard_input),
        TEST(the_unreadable_is_told_and_others_go_on),
        TEST(what_is_to_come_is_counted),
        cmocka_unit_test(binary_files_are_told_from_text),
    };
    return RUN(tests);
}
