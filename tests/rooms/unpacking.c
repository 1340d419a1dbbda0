#include "unpacking.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ahead.h"
#include "sink.h"

static char folder[] = "/tmp/errgloss-unpack-XXXXXX";

int folder_begin(void **state) {
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    return mkdtemp(folder) ? 0 : -1;
}

int folder_end(void **state) {
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

size_t random_below(size_t below) {
    static uint64_t seed = 88172645463325252;
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed % below);
}

void need_tool(const char *name) {
    char command[100];
    snprintf(command, sizeof command, "command -v %s >/dev/null", name);
    if (system(command) != 0) skip();
}

struct buffer log_text(size_t size) {
    struct buffer text = {0};
    for (unsigned i = 0; text.size < size; i++)
        buffer_format(&text, "2024-05-06 07:08:%02u host app[%zu]: request %u failed: 0x%08zx\n",
                      i % 60, random_below(30000), i, random_below(1U << 31));
    return text;
}

static void read_all(int descriptor, struct buffer *out) {
    for (;;) {
        assert_true(buffer_reserve(out, 65536));
        ssize_t got = read(descriptor, out->at + out->size, 65536);
        assert_true(got >= 0);
        if (got == 0) break;
        out->size += (size_t)got;
    }
}

struct buffer output_of(struct view input, const char *command) {
    char line[1000], path[100];
    struct buffer out = {0};
    snprintf(path, sizeof path, "%s/input", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(input.at, 1, input.size, file), input.size);
    fclose(file);
    snprintf(line, sizeof line, "cd %s && { %s; } <input 2>/dev/null", folder, command);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    read_all(fileno(pipe), &out);
    pclose(pipe);
    return out;
}

struct source file_of(struct view bytes) {
    int descriptor = memfd_create("input", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    assert_true(sink_write(descriptor, bytes.at, bytes.size));
    assert_int_equal(lseek(descriptor, 0, SEEK_SET), 0);
    return (struct source){.descriptor = descriptor, .owned = true, .regular = true};
}

struct writer {
    struct view bytes;
    size_t piece;
    const uint16_t *pieces; /* drawn before the thread begins; 1024 of them, again and again */
    int descriptor;
};

/* A reader that gives up leaves early. */
static void *write_pieces(void *context) {
    const struct writer *writer = context;
    struct view rest = writer->bytes;
    for (size_t i = 0; rest.size; i++) {
        size_t size = writer->piece ? writer->piece : writer->pieces[i % 1024] + 1U;
        if (size > rest.size) size = rest.size;
        if (write(writer->descriptor, rest.at, size) != (ssize_t)size) break;
        rest = view_part(rest, size, rest.size);
    }
    close(writer->descriptor);
    return NULL;
}

/* What is read from, by unpack or by ahead. */
struct reader {
    struct unpack *unpack;
    struct ahead *ahead;
};

static enum unpack_state next(struct reader reader, const char **ret_name) {
    return reader.ahead ? ahead_next(reader.ahead, ret_name) : unpack_next(reader.unpack, ret_name);
}

static enum unpack_state take(struct reader reader, char *bytes, size_t size, size_t *ret_size) {
    return reader.ahead ? ahead_read(reader.ahead, bytes, size, ret_size)
                        : unpack_read(reader.unpack, bytes, size, ret_size);
}

static void tell(struct buffer *out, struct reader reader, enum unpack_state state) {
    static const char *const names[] = {"bytes", "end", "stopped", "failed", "broken"};
    buffer_format(out, "<%s", names[state]);
    if (state == UNPACK_BROKEN)
        buffer_format(out, ": %s",
                      reader.ahead ? ahead_message(reader.ahead) : unpack_message(reader.unpack));
    buffer_append(out, VIEW(">"));
}

static void read_stream(struct reader reader, size_t piece, struct buffer *out,
                        struct buffer *told) {
    static char bytes[20000];
    enum unpack_state state;
    do {
        size_t size = piece ? piece : 1 + random_below(random_below(4) ? 100 : sizeof bytes);
        state = take(reader, bytes, size < sizeof bytes ? size : sizeof bytes, &size);
        if (state == UNPACK_BYTES) {
            assert_true(size > 0);
            buffer_append(out, view_of(bytes, size));
        }
    } while (state == UNPACK_BYTES);
    tell(told, reader, state);
}

static void read_streams(struct reader reader, size_t piece, struct buffer *out,
                         struct buffer *told) {
    for (;;) {
        const char *name;
        enum unpack_state state = next(reader, &name);
        buffer_format(told, "<next%s%s>", name ? " " : "", name ? name : "");
        if (state == UNPACK_BYTES)
            read_stream(reader, piece, out, told);
        else
            tell(told, reader, state);
        if (state != UNPACK_BYTES && state != UNPACK_BROKEN) break;
    }
}

static void run(const struct source *source, struct way way, struct unpack_limits limits,
                struct buffer *out, struct buffer *told) {
    struct reader reader = {0};
    if (way.ahead)
        assert_non_null(reader.ahead = ahead_new(source, &limits));
    else
        assert_non_null(reader.unpack = unpack_new(source, &limits));
    read_streams(reader, way.piece, out, told);
    ahead_free(reader.ahead);
    unpack_free(reader.unpack);
}

static void unpack_all(struct view packed, struct way way, struct unpack_limits limits,
                       struct buffer *out, struct buffer *told) {
    if (way.file) {
        struct source source = file_of(packed);
        run(&source, way, limits, out, told);
        source_close(&source);
        return;
    }
    int ends[2];
    pthread_t thread;
    uint16_t pieces[1024];
    for (size_t i = 0; i < 1024; i++)
        pieces[i] = (uint16_t)random_below(random_below(3) ? 20 : 20000);
    assert_int_equal(pipe(ends), 0);
    struct writer writer = {packed, way.piece, pieces, ends[1]};
    struct source source = {.descriptor = ends[0], .owned = true};
    assert_int_equal(pthread_create(&thread, NULL, write_pieces, &writer), 0);
    run(&source, way, limits, out, told);
    source_close(&source);
    pthread_join(thread, NULL);
}

struct buffer transcript(struct view packed, struct way way, struct unpack_limits limits) {
    struct buffer all = {0};
    unpack_all(packed, way, limits, &all, &all);
    buffer_append_byte(&all, 0);
    return all;
}

struct buffer unpacked(struct view packed, struct way way, struct unpack_limits limits,
                       char *ret_told) {
    struct buffer bytes = {0}, told = {0};
    unpack_all(packed, way, limits, &bytes, &told);
    if (ret_told) snprintf(ret_told, 300, "%.*s", (int)told.size, told.at);
    buffer_free(&told);
    return bytes;
}
