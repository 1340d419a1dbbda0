/* Archives as the real programs make them, and unpacking ahead in a thread. */
#include <stdio.h>
#include <unistd.h>

#include "ahead.h"
#include "unpacking.h"

static const struct unpack_limits unlimited;
static const struct way as_file = {.file = true, .piece = 8192};
static const struct way by_bytes = {.piece = 1};
static const struct way at_random;

/* What most archives here are made of; a command goes on with the program. */
#define TREE                                                                                       \
    "rm -rf tree; mkdir -p tree/sub; cd tree; printf 'one\\n' >a.log; printf 'two\\n' "            \
    ">sub/b.log; "                                                                                 \
    ": >empty; "

#define TREE_TOLD "<next a.log>one\n<end><next empty><end><next sub/b.log>two\n<end><next><end>"

static void assert_told(struct view packed, struct way way, const char *expected) {
    struct buffer told = transcript(packed, way, unlimited);
    assert_string_equal(told.at, expected);
    buffer_free(&told);
}

/* the same whether from a file, a pipe or ahead */
static void assert_told_every_way(struct buffer packed, const char *expected) {
    assert_true(packed.size > 0);
    assert_told(buffer_view(&packed), as_file, expected);
    assert_told(buffer_view(&packed), by_bytes, expected);
    assert_told(buffer_view(&packed), at_random, expected);
    assert_told(buffer_view(&packed), (struct way){.file = true, .ahead = true}, expected);
    buffer_free(&packed);
}

static void every_tar_is_read(void **state) {
    (void)state;
    need_tool("tar");
    const char *const formats[] = {"ustar", "pax", "gnu", "v7"};
    const char *const filters[] = {"cat", "gzip -c", "bzip2 -c", "xz -c", "zstd -qc", "lz4 -qc"};
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 6; j++) {
            char command[400];
            snprintf(command, sizeof command, TREE "tar -c --format=%s a.log empty sub | %s",
                     formats[i], filters[j]);
            assert_told_every_way(output_of(VIEW(""), command), TREE_TOLD);
        }
}

static void what_is_no_regular_file_is_passed_over(void **state) {
    (void)state;
    need_tool("tar");
    assert_told_every_way(output_of(VIEW(""), TREE "ln -s a.log link; ln a.log zhard; mkfifo pipe; "
                                                   "tar -c a.log empty link pipe sub zhard"),
                          TREE_TOLD);
}

static void long_and_foreign_names_are_as_they_are(void **state) {
    (void)state;
    need_tool("tar");
    char name[201], told[600], command[900];
    memset(name, 'n', 200);
    name[200] = 0;
    const char *const formats[] = {"pax", "gnu"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(command, sizeof command,
                 "rm -rf tree; mkdir tree; cd tree; echo x >%s; echo y >\xc3\xa4; "
                 "tar -c --format=%s %s \xc3\xa4",
                 name, formats[i], name);
        snprintf(told, sizeof told, "<next %s>x\n<end><next \xc3\xa4>y\n<end><next><end>", name);
        assert_told_every_way(output_of(VIEW(""), command), told);
    }
}

static void holes_are_zeros(void **state) {
    (void)state;
    need_tool("tar");
    struct buffer packed =
        output_of(VIEW(""), "rm -rf tree; mkdir tree; cd tree; printf a >s; truncate -s 100000 s; "
                            "printf b >>s; tar -cS s");
    struct buffer out = unpacked(buffer_view(&packed), as_file, unlimited, NULL);
    assert_int_equal(out.size, 100001);
    assert_int_equal(out.at[0], 'a');
    assert_int_equal(out.at[100000], 'b');
    for (size_t i = 1; i < 100000; i++) assert_int_equal(out.at[i], 0);
    buffer_free(&out);
    buffer_free(&packed);
}

static void a_zip_is_read_from_files_and_pipes(void **state) {
    (void)state;
    need_tool("zip");
    assert_told_every_way(output_of(VIEW(""), TREE "zip -qr - a.log empty sub | cat"), TREE_TOLD);
    assert_told_every_way(
        output_of(VIEW(""), TREE "rm -f ../z.zip; zip -qr ../z.zip a.log empty sub; cat ../z.zip"),
        TREE_TOLD);
}

static struct buffer seven_zip(const char *options) {
    char command[400];
    snprintf(command, sizeof command,
             TREE "rm -f ../x.7z; 7z a %s ../x.7z a.log empty sub >/dev/null; cat ../x.7z",
             options);
    return output_of(VIEW(""), command);
}

static void a_7z_is_read_from_files(void **state) {
    (void)state;
    need_tool("7z");
    const char *const options[] = {"", "-m0=PPMd", "-m0=BZip2", "-ms=off"};
    for (size_t i = 0; i < 4; i++) {
        struct buffer packed = seven_zip(options[i]);
        struct buffer told = transcript(buffer_view(&packed), as_file, unlimited);
        assert_non_null(strstr(told.at, "<next a.log>one\n<end>"));
        assert_non_null(strstr(told.at, "<next sub/b.log>two\n<end>"));
        assert_non_null(strstr(told.at, "<next empty><end>"));
        buffer_free(&told);
        assert_told(buffer_view(&packed), by_bytes,
                    "<next><broken: a 7z archive is read from its end: give it as a file, not a "
                    "pipe><next><end>");
        buffer_free(&packed);
    }
}

static void encrypted_members_are_told_and_passed_over(void **state) {
    (void)state;
    need_tool("zip");
    assert_told_every_way(
        output_of(VIEW(""), TREE "rm -f ../e.zip; zip -q -P secret ../e.zip a.log; "
                                 "zip -q ../e.zip sub/b.log; cat ../e.zip"),
        "<next a.log><broken: the member is encrypted><next sub/b.log>two\n<end><next><end>");
}

static void compressed_members_are_decoded(void **state) {
    (void)state;
    need_tool("tar");
    need_tool("zstd");
    assert_told_every_way(output_of(VIEW(""), TREE "gzip a.log; zstd -q --rm sub/b.log; "
                                                   "tar -c a.log.gz empty sub"),
                          "<next a.log.gz>one\n<end><next empty><end>"
                          "<next sub/b.log.zst>two\n<end><next><end>");
}

static void archives_within_archives_are_told_and_passed_over(void **state) {
    (void)state;
    need_tool("tar");
    need_tool("zip");
#define WITHIN "<broken: an archive within an archive is passed over>"
    assert_told_every_way(output_of(VIEW(""), TREE
                                    "tar -cf t.tar a.log; tar -czf u.log sub; zip -q v.zip a.log; "
                                    "tar -c t.tar u.log v.zip a.log | gzip -c"),
                          "<next t.tar>" WITHIN "<next u.log>" WITHIN "<next v.zip>" WITHIN
                          "<next a.log>one\n<end><next><end>");
}

static void a_broken_member_does_not_end_the_archive(void **state) {
    (void)state;
    need_tool("tar");
    assert_told_every_way(
        output_of(VIEW(""), TREE "gzip -c a.log | head -c 15 >a.gz; tar -c a.gz sub"),
        "<next a.gz><broken: gzip data is truncated><next sub/b.log>two\n<end><next><end>");
    need_tool("zip");
    struct buffer packed = output_of(VIEW(""), TREE "rm -f ../c.zip; zip -q0 ../c.zip a.log "
                                                    "sub/b.log; cat ../c.zip");
    char *text = memmem(packed.at, packed.size, "one\n", 4);
    assert_non_null(text);
    text[0] = 'O';
    struct buffer told = transcript(buffer_view(&packed), as_file, unlimited);
    assert_memory_equal(told.at, "<next a.log>One\n<broken: zip archive cannot be read: ", 53);
    assert_non_null(strstr(told.at, "<next sub/b.log>two\n<end><next><end>"));
    buffer_free(&told);
    buffer_free(&packed);
}

static struct buffer tar_of(struct view text, const char *filter) {
    char command[300];
    snprintf(command, sizeof command,
             "rm -rf tree; mkdir tree; cat >tree/log; cd tree; tar -c log | %s", filter);
    return output_of(text, command);
}

static void cut_off_what_could_be_read_comes_out(void **state) {
    (void)state;
    need_tool("tar");
    struct buffer text = log_text(600000);
    const char *const filters[] = {"cat", "gzip -c", "zstd -qc", "xz -c"};
    const char *const told_as[] = {"tar archive", "gzip data", "zstd data", "xz data"};
    for (size_t i = 0; i < 4; i++) {
        char expected[300], told[300];
        struct buffer packed = tar_of(buffer_view(&text), filters[i]);
        struct view half = view_part(buffer_view(&packed), 0, packed.size / 2);
        struct buffer out = unpacked(half, i % 2 ? at_random : as_file, unlimited, told);
        snprintf(expected, sizeof expected, "<next log><broken: %s is truncated><next><end>",
                 told_as[i]);
        assert_string_equal(told, expected);
        assert_in_range(out.size, 1, text.size - 1);
        assert_memory_equal(out.at, text.at, out.size);
        buffer_free(&out);
        buffer_free(&packed);
    }
    buffer_free(&text);
}

static void damage_behind_the_last_member_is_told(void **state) {
    (void)state;
    need_tool("tar");
    struct buffer packed = tar_of(VIEW("text\n"), "gzip -c");
    packed.at[packed.size - 8] ^= 1;
    assert_told_every_way(packed, "<next log>text\n<end><next>"
                                  "<broken: gzip data has a wrong checksum><next><end>");
}

/* However an archive is damaged, what is told does not depend on how it is cut, and it ends. */
static void damage_is_told_the_same_every_way(void **state) {
    (void)state;
    need_tool("tar");
    need_tool("zip");
    const char *const made[] = {"tar -c a.log empty sub", "tar -cz a.log empty sub",
                                "zip -qr - a.log empty sub | cat"};
    for (size_t i = 0; i < 60; i++) {
        char command[400];
        snprintf(command, sizeof command, TREE "%s", made[i % 3]);
        struct buffer packed = output_of(VIEW(""), command);
        for (int flips = 0; flips < 3; flips++)
            packed.at[random_below(packed.size < 2048 ? packed.size : 2048)] ^=
                (char)(1U << random_below(8));
        struct buffer file = transcript(buffer_view(&packed), as_file, unlimited);
        struct way thread = {.file = true, .ahead = true};
        assert_told(buffer_view(&packed), thread, file.at);
        struct buffer bytes = transcript(buffer_view(&packed), by_bytes, unlimited);
        assert_told(buffer_view(&packed), at_random, bytes.at);
        buffer_free(&file);
        buffer_free(&bytes);
        buffer_free(&packed);
    }
}

static void zeros_are_no_tar(void **state) {
    (void)state;
    char zeros[1100] = {0};
    struct buffer told = transcript(view_of(zeros, sizeof zeros), at_random, unlimited);
    assert_int_equal(told.size, strlen("<next><end><next><end>") + sizeof zeros + 1);
    buffer_free(&told);
}

static void a_bomb_of_many_members_is_given_up(void **state) {
    (void)state;
    need_tool("zip");
    struct buffer packed =
        output_of(VIEW(""), "rm -rf tree; mkdir tree; cd tree; head -c 50000000 /dev/zero >a; "
                            "cp a b; cp a c; zip -q - a b c | cat");
    char told[300];
    struct unpack_limits limits = {.max_ratio = 100};
    struct way way = {.file = true, .piece = 20000};
    struct buffer out = unpacked(buffer_view(&packed), way, limits, told);
    assert_string_equal(told, "<next a><end><next b><broken: more than 100 times its own size came "
                              "out, given up><next><end>");
    assert_in_range(out.size, 64 << 20, (64 << 20) + 20000);
    buffer_free(&out);
    buffer_free(&packed);
}

static void unsafe_names_are_known(void **state) {
    (void)state;
    const char *const safe[] = {"a", "a/b.log", "./a", "..a/b..", "a/...", ".a"};
    const char *const unsafe[] = {"",       "/",    "/etc/passwd", "..", "../a",
                                  "a/../b", "a/..", "a//b",        "a/"};
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        assert_true(unpack_name_is_safe(safe[i]));
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        assert_false(unpack_name_is_safe(unsafe[i]));
}

static void an_input_is_described(void **state) {
    (void)state;
    need_tool("tar");
    struct buffer packed = output_of(VIEW(""), TREE "gzip a.log; tar -c a.log.gz sub | xz -c");
    struct source source = file_of(buffer_view(&packed));
    struct unpack *unpack = unpack_new(&source, &unlimited);
    const char *name;
    assert_int_equal(unpack_next(unpack, &name), UNPACK_BYTES);
    struct unpack_about about = unpack_about(unpack);
    assert_int_equal(about.format, UNPACK_XZ);
    assert_true(about.archive);
    assert_int_equal(about.compression, UNPACK_GZIP);
    assert_int_equal(unpack_next(unpack, &name), UNPACK_BYTES);
    assert_string_equal(name, "sub/b.log");
    assert_int_equal(unpack_about(unpack).compression, UNPACK_PLAIN);
    unpack_free(unpack);
    source_close(&source);
    buffer_free(&packed);
}

/* a member's text from a pipe is returned though the next block has not come */
static void members_are_returned_as_they_come(void **state) {
    (void)state;
    need_tool("tar");
    struct buffer text = log_text(3000), packed = tar_of(buffer_view(&text), "cat");
    int ends[2];
    char bytes[4000];
    const char *name;
    size_t size;
    assert_int_equal(pipe(ends), 0);
    struct source source = {.descriptor = ends[0]};
    struct unpack *unpack = unpack_new(&source, &unlimited);
    assert_int_equal(write(ends[1], packed.at, 1024), 1024);
    assert_int_equal(unpack_next(unpack, &name), UNPACK_BYTES);
    size_t got = 0;
    while (got < 512) {
        assert_false(unpack_would_wait(unpack));
        assert_int_equal(unpack_read(unpack, bytes + got, sizeof bytes - got, &size), UNPACK_BYTES);
        got += size;
    }
    assert_int_equal(got, 512);
    assert_memory_equal(bytes, text.at, 512);
    assert_true(unpack_would_wait(unpack));
    unpack_free(unpack);
    close(ends[0]);
    close(ends[1]);
    buffer_free(&packed);
    buffer_free(&text);
}

static void ahead_tells_the_same(void **state) {
    (void)state;
    struct buffer text = log_text(3000000);
    const char *const commands[] = {
        "gzip -1c", "zstd -qc", "gzip -1c | head -c 300000", "gzip -1c; echo garbage",
        "cat",      "true"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        struct buffer packed = output_of(buffer_view(&text), commands[i]);
        struct buffer plain = transcript(buffer_view(&packed), as_file, unlimited);
        struct way way = {.file = true, .ahead = true, .piece = i % 2 ? 0 : 7777};
        struct buffer ahead = transcript(buffer_view(&packed), way, unlimited);
        assert_int_equal(ahead.size, plain.size);
        assert_memory_equal(ahead.at, plain.at, plain.size);
        buffer_free(&ahead);
        buffer_free(&plain);
        buffer_free(&packed);
    }
    buffer_free(&text);
}

/* It is left at any point: before anything was read, within a stream, at its end. */
static void ahead_is_left_early(void **state) {
    (void)state;
    struct buffer text = log_text(3000000), packed = output_of(buffer_view(&text), "gzip -1c");
    static char bytes[100000];
    for (size_t reads = 0; reads < 40; reads += 3) {
        struct source source = file_of(buffer_view(&packed));
        struct ahead *ahead = ahead_new(&source, &unlimited);
        const char *name;
        size_t size;
        assert_non_null(ahead);
        if (reads) assert_int_equal(ahead_next(ahead, &name), UNPACK_BYTES);
        for (size_t i = 1; i < reads; i++) ahead_read(ahead, bytes, sizeof bytes, &size);
        ahead_free(ahead);
        source_close(&source);
    }
    buffer_free(&packed);
    buffer_free(&text);
}

static void ahead_passes_over_what_is_left_of_a_stream(void **state) {
    (void)state;
    need_tool("tar");
    struct buffer packed = output_of(VIEW(""), TREE "head -c 2000000 /dev/zero >a.log; "
                                                    "tar -cz a.log sub");
    struct source source = file_of(buffer_view(&packed));
    struct ahead *ahead = ahead_new(&source, &unlimited);
    const char *name;
    char bytes[10];
    size_t size;
    assert_int_equal(ahead_next(ahead, &name), UNPACK_BYTES);
    assert_string_equal(name, "a.log");
    assert_int_equal(ahead_read(ahead, bytes, sizeof bytes, &size), UNPACK_BYTES);
    assert_int_equal(ahead_next(ahead, &name), UNPACK_BYTES);
    assert_string_equal(name, "sub/b.log");
    assert_int_equal(ahead_about(ahead).format, UNPACK_GZIP);
    assert_int_equal(ahead_read(ahead, bytes, sizeof bytes, &size), UNPACK_BYTES);
    assert_text(view_of(bytes, size), "two\n");
    assert_int_equal(ahead_read(ahead, bytes, sizeof bytes, &size), UNPACK_END);
    assert_int_equal(ahead_next(ahead, &name), UNPACK_END);
    assert_int_equal(ahead_next(ahead, &name), UNPACK_END);
    ahead_free(ahead);
    source_close(&source);
    buffer_free(&packed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tar_is_read),
        cmocka_unit_test(what_is_no_regular_file_is_passed_over),
        cmocka_unit_test(long_and_foreign_names_are_as_they_are),
        cmocka_unit_test(holes_are_zeros),
        cmocka_unit_test(a_zip_is_read_from_files_and_pipes),
        cmocka_unit_test(a_7z_is_read_from_files),
        cmocka_unit_test(encrypted_members_are_told_and_passed_over),
        cmocka_unit_test(compressed_members_are_decoded),
        cmocka_unit_test(archives_within_archives_are_told_and_passed_over),
        cmocka_unit_test(a_broken_member_does_not_end_the_archive),
        cmocka_unit_test(cut_off_what_could_be_read_comes_out),
        cmocka_unit_test(damage_behind_the_last_member_is_told),
        cmocka_unit_test(damage_is_told_the_same_every_way),
        cmocka_unit_test(zeros_are_no_tar),
        cmocka_unit_test(a_bomb_of_many_members_is_given_up),
        cmocka_unit_test(unsafe_names_are_known),
        cmocka_unit_test(an_input_is_described),
        cmocka_unit_test(members_are_returned_as_they_come),
        cmocka_unit_test(ahead_tells_the_same),
        cmocka_unit_test(ahead_is_left_early),
        cmocka_unit_test(ahead_passes_over_what_is_left_of_a_stream),
    };
    return cmocka_run_group_tests(tests, folder_begin, folder_end);
}
