/* Streams compressed by one program, as the real programs make them; what is sniffed; and back. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

#include "pack.h"
#include "sniff.h"
#include "unpacking.h"

static const struct unpack_limits unlimited;
static const struct way as_file = {.file = true, .piece = 8192};
static const struct way by_bytes = {.piece = 1};
static const struct way at_random;

/* The formats, with the programs that make and read them. */
struct tool {
    enum unpack_format format;
    const char *name, *pack, *unpack;
};

static const struct tool tools[] = {
    {UNPACK_GZIP, "gzip", "gzip -nc", "gzip -dc"},
    {UNPACK_BZIP2, "bzip2", "bzip2 -1c", "bzip2 -dc"},
    {UNPACK_XZ, "xz", "xz -1 --block-size=40000 -c", "xz -dc"},
    {UNPACK_ZSTD, "zstd", "zstd -qc", "zstd -qdc"},
    {UNPACK_LZ4, "lz4", "lz4 -qc", "lz4 -qdc"},
};
enum { TOOLS = sizeof tools / sizeof *tools };

static const struct tool *tool_of(void **state) {
    const struct tool *tool = *state;
    need_tool(tool->name);
    return tool;
}

static void assert_same(struct buffer *actual, struct view expected) {
    assert_int_equal(actual->size, expected.size);
    if (expected.size) assert_memory_equal(actual->at, expected.at, expected.size);
    buffer_free(actual);
}

static void assert_unpacks(struct view packed, struct way way, struct view text, const char *told) {
    char said[300];
    struct buffer out = unpacked(packed, way, unlimited, said);
    assert_string_equal(said, told);
    assert_same(&out, text);
}

#define WHOLE "<next><end><next><end>"

static void what_is_whole_comes_out(void **state) {
    const struct tool *tool = tool_of(state);
    struct buffer text = log_text(300000), packed = output_of(buffer_view(&text), tool->pack);
    assert_unpacks(buffer_view(&packed), as_file, buffer_view(&text), WHOLE);
    assert_unpacks(buffer_view(&packed), by_bytes, buffer_view(&text), WHOLE);
    for (int i = 0; i < 4; i++)
        assert_unpacks(buffer_view(&packed), at_random, buffer_view(&text), WHOLE);
    buffer_free(&packed);
    buffer_free(&text);
}

static void empty_ones_are_empty(void **state) {
    struct buffer packed = output_of(VIEW(""), tool_of(state)->pack);
    assert_true(packed.size > 0);
    assert_unpacks(buffer_view(&packed), by_bytes, VIEW(""), WHOLE);
    buffer_free(&packed);
}

static void members_come_one_after_the_other(void **state) {
    const struct tool *tool = tool_of(state);
    struct buffer first = output_of(VIEW("first\n"), tool->pack);
    struct buffer empty = output_of(VIEW(""), tool->pack);
    struct buffer last = output_of(VIEW("last\n"), tool->pack);
    buffer_append(&first, buffer_view(&empty));
    buffer_append(&first, buffer_view(&last));
    assert_unpacks(buffer_view(&first), as_file, VIEW("first\nlast\n"), WHOLE);
    assert_unpacks(buffer_view(&first), by_bytes, VIEW("first\nlast\n"), WHOLE);
    buffer_free(&first);
    buffer_free(&empty);
    buffer_free(&last);
}

static void something_else_behind_is_told_after_all_text(void **state) {
    const struct tool *tool = tool_of(state);
    struct buffer packed = output_of(VIEW("some text\n"), tool->pack);
    size_t size = packed.size;
    char told[300];
    snprintf(told, sizeof told, "<next><broken: %s data is followed by something else><next><end>",
             tool->name);
    buffer_append(&packed, VIEW("garbage"));
    assert_unpacks(buffer_view(&packed), as_file, VIEW("some text\n"), told);
    assert_unpacks(buffer_view(&packed), by_bytes, VIEW("some text\n"), told);
    /* so is half of what begins a member */
    packed.size = size;
    buffer_append(&packed, view_of(packed.at, 2));
    assert_unpacks(buffer_view(&packed), by_bytes, VIEW("some text\n"), told);
    buffer_free(&packed);
}

static void zeros_behind_are_fine_where_programs_pad(void **state) {
    const struct tool *tool = tool_of(state);
    bool padded = tool->format == UNPACK_GZIP || tool->format == UNPACK_XZ;
    struct buffer packed = output_of(VIEW("some text\n"), tool->pack);
    buffer_append(&packed, VIEW("\0\0\0\0\0\0\0\0"));
    char told[300];
    struct buffer out = unpacked(buffer_view(&packed), by_bytes, unlimited, told);
    assert_same(&out, VIEW("some text\n"));
    assert_int_equal(strcmp(told, WHOLE) == 0, padded);
    buffer_free(&packed);
}

static void assert_starts(struct view text, struct view start) {
    assert_true(start.size <= text.size);
    if (start.size) assert_memory_equal(text.at, start.at, start.size);
}

static void cut_off_as_much_comes_out_as_from_the_program(void **state) {
    const struct tool *tool = tool_of(state);
    struct buffer text = log_text(400000), packed = output_of(buffer_view(&text), tool->pack);
    char expected[300], told[300];
    snprintf(expected, sizeof expected, "<next><broken: %s data is truncated><next><end>",
             tool->name);
    for (size_t i = 0; i < 12; i++) {
        size_t cut = i == 0 ? 10 : i == 1 ? packed.size - 1 : 10 + random_below(packed.size - 10);
        struct view part = view_part(buffer_view(&packed), 0, cut);
        struct buffer theirs = output_of(part, tool->unpack);
        struct buffer ours = unpacked(part, i % 2 ? at_random : as_file, unlimited, told);
        assert_string_equal(told, expected);
        assert_true(ours.size >= theirs.size);
        assert_starts(buffer_view(&text), buffer_view(&ours));
        buffer_free(&theirs);
        buffer_free(&ours);
    }
    buffer_free(&packed);
    buffer_free(&text);
}

/* liblzma gives some of the last repetition before the damage, or none, by how its input is cut. */
enum { REPETITION_MOST = 273 };

static void cut_alike(struct buffer *a, struct buffer *b, size_t most) {
    struct buffer *longer = a->size > b->size ? a : b, *shorter = longer == a ? b : a;
    assert_true(longer->size - shorter->size <= most);
    longer->size = shorter->size;
}

/* Damage is told, and whatever the input is cut into the same comes out before. */
static void damage_is_told(void **state) {
    const struct tool *tool = tool_of(state);
    struct buffer text = log_text(150000), packed = output_of(buffer_view(&text), tool->pack);
    char told[300], again[300];
    for (size_t i = 0; i < 12; i++) {
        size_t at = 20 + random_below(packed.size - 30);
        packed.at[at] ^= 0x10;
        struct buffer out = unpacked(buffer_view(&packed), as_file, unlimited, told);
        struct buffer same = unpacked(buffer_view(&packed), at_random, unlimited, again);
        assert_memory_equal(told, "<next><broken: ", 15);
        assert_string_equal(again, told);
        cut_alike(&same, &out, tool->format == UNPACK_XZ ? REPETITION_MOST : 0);
        assert_same(&same, buffer_view(&out));
        buffer_free(&out);
        packed.at[at] ^= 0x10;
    }
    buffer_free(&packed);
    buffer_free(&text);
}

static void a_wrong_sum_is_told_after_all_text(void **state) {
    (void)state;
    need_tool("gzip");
    struct buffer packed = output_of(VIEW("some text\n"), "gzip -c; gzip -c <input");
    packed.at[packed.size - 8] ^= 1;
    assert_unpacks(buffer_view(&packed), as_file, VIEW("some text\nsome text\n"),
                   "<next><broken: gzip data has a wrong checksum (member 2)><next><end>");
    buffer_free(&packed);
}

static void it_is_decoded_once_only(void **state) {
    (void)state;
    need_tool("gzip");
    struct buffer once = output_of(VIEW("text\n"), "gzip -c");
    struct buffer twice = output_of(buffer_view(&once), "gzip -c");
    assert_unpacks(buffer_view(&twice), by_bytes, buffer_view(&once), WHOLE);
    buffer_free(&once);
    buffer_free(&twice);
}

static void what_is_packed_here_the_program_reads(void **state) {
    const struct tool *tool = tool_of(state);
    struct buffer text = log_text(700000), packed = {0}, again = {0};
    struct buffer *const outs[] = {&packed, &again};
    for (size_t i = 0; i < 2; i++) {
        struct pack *pack = pack_new(tool->format);
        assert_non_null(pack);
        for (size_t at = 0, size; at < text.size; at += size) {
            size = at + 99999 < text.size ? 99999 : text.size - at;
            assert_true(pack_write(pack, view_of(text.at + at, size), outs[i]));
        }
        assert_true(pack_end(pack, outs[i]));
        pack_free(pack);
    }
    assert_true(packed.size < text.size);
    struct buffer back = output_of(buffer_view(&packed), tool->unpack);
    assert_same(&back, buffer_view(&text));
    assert_unpacks(buffer_view(&packed), at_random, buffer_view(&text), WHOLE);
    assert_same(&again, buffer_view(&packed));
    buffer_free(&packed);
    buffer_free(&text);
}

static void nothing_is_packed_as_an_empty_stream(void **state) {
    const struct tool *tool = tool_of(state);
    struct buffer packed = {0};
    struct pack *pack = pack_new(tool->format);
    assert_true(pack_write(pack, VIEW(""), &packed));
    assert_true(pack_end(pack, &packed));
    pack_free(pack);
    struct buffer back = output_of(buffer_view(&packed), tool->unpack);
    assert_same(&back, VIEW(""));
    assert_unpacks(buffer_view(&packed), as_file, VIEW(""), WHOLE);
    buffer_free(&packed);
}

static void archives_are_not_packed(void **state) {
    (void)state;
    assert_null(pack_new(UNPACK_TAR));
    assert_null(pack_new(UNPACK_PLAIN));
}

static void zstd_passes_over_frames_to_be_skipped(void **state) {
    (void)state;
    need_tool("zstd");
    struct buffer packed = {0}, frame = output_of(VIEW("text\n"), "zstd -qc");
    buffer_append(&packed, VIEW("\x50\x2a\x4d\x18\x03\0\0\0abc"));
    buffer_append(&packed, buffer_view(&frame));
    buffer_append(&packed, VIEW("\x5f\x2a\x4d\x18\x01\0\0\0d"));
    assert_unpacks(buffer_view(&packed), by_bytes, VIEW("text\n"), WHOLE);
    buffer_free(&packed);
    buffer_free(&frame);
}

static void plain_is_as_it_is(void **state) {
    (void)state;
    struct buffer text = log_text(100000);
    assert_unpacks(buffer_view(&text), at_random, buffer_view(&text), WHOLE);
    assert_unpacks(buffer_view(&text), as_file, buffer_view(&text), WHOLE);
    assert_unpacks(VIEW(""), by_bytes, VIEW(""), WHOLE);
    assert_unpacks(VIEW("BZh9"), by_bytes, VIEW("BZh9"), WHOLE);
    struct unpack_limits plain = {.plain = true};
    struct buffer out = unpacked(VIEW("\x1f\x8b\x08\0x"), by_bytes, plain, NULL);
    assert_same(&out, VIEW("\x1f\x8b\x08\0x"));
    buffer_free(&text);
}

/* How many bytes of a text are held before it is known to be plain. */
static size_t held(struct view text) {
    enum unpack_format format;
    for (size_t size = 0; size <= text.size; size++)
        if (sniff(view_part(text, 0, size), EVERY_FORMAT, &format)) {
            assert_int_equal(format, UNPACK_PLAIN);
            return size;
        }
    return SIZE_MAX;
}

static void text_is_held_to_its_first_line_end_at_most(void **state) {
    (void)state;
    assert_int_equal(held(VIEW("error 5\nmore")), 8);
    assert_int_equal(held(VIEW("\n")), 1);
    assert_int_equal(held(VIEW("BZh9 is not\n")), 12);
    assert_int_equal(held(VIEW("PK\n")), 3);
    assert_int_equal(held(VIEW("\0")), 1);
    assert_int_equal(held(VIEW("name\0\0x")), 7);
    char line[600];
    memset(line, 'x', sizeof line);
    assert_int_equal(held(view_of(line, sizeof line)), 101);
    /* digits could be a mode, and then a size, but are no checksum that is right */
    memset(line, '7', sizeof line);
    assert_int_equal(held(view_of(line, sizeof line)), 512);
}

/* Live streams: what has come is returned at once, and only then it would have to wait. */
struct live {
    int ends[2];
    struct source source;
    struct unpack *unpack;
};

static void live_begin(struct live *live, volatile sig_atomic_t *stop) {
    assert_int_equal(pipe(live->ends), 0);
    live->source = (struct source){.descriptor = live->ends[0], .stop = stop};
    assert_non_null(live->unpack = unpack_new(&live->source, &unlimited));
}

static void live_end(struct live *live) {
    unpack_free(live->unpack);
    close(live->ends[0]);
    close(live->ends[1]);
}

static void assert_reads(struct live *live, const char *text) {
    char bytes[100];
    size_t size;
    assert_false(unpack_would_wait(live->unpack));
    assert_int_equal(unpack_read(live->unpack, bytes, sizeof bytes, &size), UNPACK_BYTES);
    assert_text(view_of(bytes, size), text);
}

static void put(struct live *live, struct view bytes) {
    assert_int_equal(write(live->ends[1], bytes.at, bytes.size), bytes.size);
}

static void plain_text_is_returned_as_it_comes(void **state) {
    (void)state;
    struct live live;
    const char *name;
    live_begin(&live, NULL);
    put(&live, VIEW("one\n"));
    assert_int_equal(unpack_next(live.unpack, &name), UNPACK_BYTES);
    assert_null(name);
    assert_reads(&live, "one\n");
    assert_true(unpack_would_wait(live.unpack));
    put(&live, VIEW("tw"));
    assert_reads(&live, "tw");
    assert_true(unpack_would_wait(live.unpack));
    live_end(&live);
}

static void put_flushed(struct live *live, z_stream *stream, const char *text) {
    char bytes[200];
    stream->next_in = (Bytef *)(uintptr_t)text;
    stream->avail_in = (unsigned)strlen(text);
    stream->next_out = (Bytef *)bytes;
    stream->avail_out = sizeof bytes;
    assert_int_equal(deflate(stream, Z_SYNC_FLUSH), Z_OK);
    put(live, view_of(bytes, sizeof bytes - stream->avail_out));
}

static void flushed_text_is_returned_as_it_comes(void **state) {
    (void)state;
    struct live live;
    const char *name;
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    live_begin(&live, NULL);
    put_flushed(&live, &stream, "one\n");
    assert_int_equal(unpack_next(live.unpack, &name), UNPACK_BYTES);
    assert_int_equal(unpack_about(live.unpack).compression, UNPACK_GZIP);
    assert_reads(&live, "one\n");
    assert_true(unpack_would_wait(live.unpack));
    put_flushed(&live, &stream, "two\n");
    assert_reads(&live, "two\n");
    /* an empty block, which nothing comes out of, is no reason not to wait */
    put(&live, VIEW("\0\0\0\xff\xff"));
    assert_true(unpack_would_wait(live.unpack));
    put_flushed(&live, &stream, "three\n");
    assert_reads(&live, "three\n");
    deflateEnd(&stream);
    live_end(&live);
}

static void a_stop_is_passed_on(void **state) {
    (void)state;
    struct live live;
    const char *name;
    char bytes[10];
    size_t size;
    volatile sig_atomic_t stop = 0;
    live_begin(&live, &stop);
    put(&live, VIEW("one\n"));
    assert_int_equal(unpack_next(live.unpack, &name), UNPACK_BYTES);
    assert_reads(&live, "one\n");
    stop = 1;
    assert_int_equal(unpack_read(live.unpack, bytes, sizeof bytes, &size), UNPACK_STOPPED);
    live_end(&live);
}

static void a_source_that_fails_says_why(void **state) {
    (void)state;
    struct source source = {.descriptor = open("/", O_RDONLY), .owned = true};
    struct unpack *unpack = unpack_new(&source, &unlimited);
    const char *name;
    char byte;
    size_t size;
    assert_int_equal(unpack_next(unpack, &name), UNPACK_BYTES);
    errno = 0;
    assert_int_equal(unpack_read(unpack, &byte, 1, &size), UNPACK_FAILED);
    assert_int_equal(errno, EISDIR);
    unpack_free(unpack);
    source_close(&source);
}

static void more_than_the_limit_is_given_up(void **state) {
    const struct tool *tool = tool_of(state);
    struct buffer text = log_text(3000), packed = output_of(buffer_view(&text), tool->pack);
    char told[300];
    struct unpack_limits limits = {.max_size = 1000};
    struct buffer out = unpacked(buffer_view(&packed), at_random, limits, told);
    assert_string_equal(told, "<next><broken: more than 1000 bytes came out, given up><next><end>");
    assert_same(&out, view_of(text.at, 1000));
    limits.max_size = text.size;
    out = unpacked(buffer_view(&packed), at_random, limits, told);
    assert_string_equal(told, WHOLE);
    assert_same(&out, buffer_view(&text));
    /* what is plain is no bomb */
    limits.max_size = 1000;
    out = unpacked(buffer_view(&text), at_random, limits, told);
    assert_string_equal(told, WHOLE);
    assert_same(&out, buffer_view(&text));
    buffer_free(&packed);
    buffer_free(&text);
}

static void a_bomb_is_given_up(void **state) {
    const struct tool *tool = tool_of(state);
    char command[200], told[300];
    snprintf(command, sizeof command, "head -c 100000000 /dev/zero | %s", tool->pack);
    struct buffer packed = output_of(VIEW(""), command);
    struct way way = {.file = true, .piece = 20000};
    struct unpack_limits limits = {.max_ratio = 100};
    struct buffer out = unpacked(buffer_view(&packed), way, limits, told);
    assert_string_equal(
        told, "<next><broken: more than 100 times its own size came out, given up><next><end>");
    assert_in_range(out.size, 64 << 20, (64 << 20) + 20000);
    buffer_free(&out);
    buffer_free(&packed);
}

static void decoders_keep_within_their_memory(void **state) {
    (void)state;
    need_tool("xz");
    need_tool("zstd");
    const char *const commands[] = {"xz -9c", "cat | zstd -qc --long=27"};
    const char *const names[] = {"xz", "zstd"};
    for (size_t i = 0; i < 2; i++) {
        char told[300], expected[300];
        struct unpack_limits limits = {.max_memory = 1 << 20};
        struct buffer packed = output_of(VIEW("text\n"), commands[i]);
        struct buffer out = unpacked(buffer_view(&packed), as_file, limits, told);
        snprintf(expected, sizeof expected,
                 "<next><broken: %s data needs more memory than allowed (--max-memory)>"
                 "<next><end>",
                 names[i]);
        assert_string_equal(told, expected);
        assert_same(&out, VIEW(""));
        assert_unpacks(buffer_view(&packed), as_file, VIEW("text\n"), WHOLE);
        buffer_free(&packed);
    }
}

/* each of these runs for every format */
static const struct CMUnitTest for_every_format[] = {
    cmocka_unit_test(what_is_whole_comes_out),
    cmocka_unit_test(empty_ones_are_empty),
    cmocka_unit_test(members_come_one_after_the_other),
    cmocka_unit_test(something_else_behind_is_told_after_all_text),
    cmocka_unit_test(zeros_behind_are_fine_where_programs_pad),
    cmocka_unit_test(cut_off_as_much_comes_out_as_from_the_program),
    cmocka_unit_test(damage_is_told),
    cmocka_unit_test(what_is_packed_here_the_program_reads),
    cmocka_unit_test(nothing_is_packed_as_an_empty_stream),
    cmocka_unit_test(more_than_the_limit_is_given_up),
    cmocka_unit_test(a_bomb_is_given_up),
};
enum { FOR_EVERY = sizeof for_every_format / sizeof *for_every_format };

static const struct CMUnitTest others[] = {
    cmocka_unit_test(a_wrong_sum_is_told_after_all_text),
    cmocka_unit_test(it_is_decoded_once_only),
    cmocka_unit_test(archives_are_not_packed),
    cmocka_unit_test(zstd_passes_over_frames_to_be_skipped),
    cmocka_unit_test(plain_is_as_it_is),
    cmocka_unit_test(text_is_held_to_its_first_line_end_at_most),
    cmocka_unit_test(plain_text_is_returned_as_it_comes),
    cmocka_unit_test(flushed_text_is_returned_as_it_comes),
    cmocka_unit_test(a_stop_is_passed_on),
    cmocka_unit_test(a_source_that_fails_says_why),
    cmocka_unit_test(decoders_keep_within_their_memory),
};
enum { OTHERS = sizeof others / sizeof *others };

int main(void) {
    static struct CMUnitTest tests[TOOLS * FOR_EVERY + OTHERS];
    static char names[TOOLS * FOR_EVERY][80];
    size_t count = 0;
    for (size_t i = 0; i < TOOLS; i++)
        for (size_t j = 0; j < FOR_EVERY; j++, count++) {
            tests[count] = for_every_format[j];
            snprintf(names[count], sizeof names[count], "%s: %s", tools[i].name, tests[count].name);
            tests[count].name = names[count];
            tests[count].initial_state = (void *)(uintptr_t)&tools[i];
        }
    memcpy(tests + count, others, sizeof others);
    return cmocka_run_group_tests(tests, folder_begin, folder_end);
}
