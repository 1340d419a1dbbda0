#include "omprog.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sink.h"

void omprog_init(struct omprog *program, const char *path, bool transactions) {
    *program = (struct omprog){.path = path, .descriptor = -1, .transactions = transactions};
}

/* Sync what was written since the last time. What is no file needs no sync, and cannot be. */
static bool sync_lines(struct omprog *program) {
    bool fine =
        !program->unsynced || fsync(program->descriptor) == 0 || errno == EINVAL || errno == EROFS;
    program->unsynced = false;
    return fine;
}

void omprog_free(struct omprog *program) {
    omprog_reopen(program);
    relay_free(&program->relay);
    buffer_free(&program->lines);
}

void omprog_reopen(struct omprog *program) {
    if (program->descriptor < 0) return;
    if (!sync_lines(program)) program->sync_failed = true;
    close(program->descriptor);
    program->descriptor = -1;
}

/* The size of a regular file; -1 of anything else. */
static off_t size_of(int descriptor) {
    struct stat about;
    bool regular = fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
    return regular ? about.st_size : -1;
}

static bool is_torn(int descriptor) {
    char last;
    off_t size = size_of(descriptor);
    return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != '\n';
}

static bool open_file(struct omprog *program) {
    int flags = O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY;
    if (program->descriptor >= 0) return true;
    int descriptor = open(program->path, O_RDWR | flags, 0640);
    if (descriptor < 0) descriptor = open(program->path, O_WRONLY | flags, 0640);
    program->descriptor = descriptor;
    return descriptor >= 0 && (!is_torn(descriptor) || sink_write(descriptor, "\n", 1));
}

/* Take back what was not written whole, unless others write too. */
static void take_back(const struct omprog *program, off_t before, size_t written) {
    int error = errno;
    if (before >= 0 && size_of(program->descriptor) == before + (off_t)written)
        (void)!ftruncate(program->descriptor, before);
    errno = error;
}

/* Write the message at hand, all of it or nothing. */
static bool write_lines(struct omprog *program) {
    struct view lines = buffer_view(&program->lines);
    if (!open_file(program)) return false;
    off_t before = size_of(program->descriptor);
    size_t written = sink_write_most(program->descriptor, lines.at, lines.size);
    if (written < lines.size) {
        take_back(program, before, written);
        return false;
    }
    program->unsynced = program->transactions;
    return true;
}

/* What failed is opened anew: the path may lead elsewhere by then, or a torn line have to be ended.
 */
static bool give_up(struct omprog *program) {
    int error = errno;
    omprog_reopen(program);
    errno = error;
    return false;
}

static bool write_message(struct omprog *program, eg_scanner *scanner, struct view line) {
    buffer_clear(&program->lines);
    relay_line(&program->relay, scanner, line, &program->lines);
    errno = ENOMEM;
    return (!program->lines.failed && write_lines(program)) || give_up(program);
}

/* Nothing is taken back where a sync fails: all of the transaction comes again. */
static bool commit(struct omprog *program) {
    bool failed = program->sync_failed;
    program->sync_failed = false;
    if (!sync_lines(program)) return give_up(program);
    errno = EIO;
    return !failed;
}

static void answer(struct omprog *program, bool fine, const char *reply, struct buffer *out) {
    program->error = fine ? 0 : errno;
    if (fine)
        buffer_format(out, "%s\n", reply);
    else
        buffer_format(out, "Error: %s\n", strerror(program->error));
}

void omprog_reply(struct omprog *program, eg_scanner *scanner, struct view line,
                  struct buffer *out) {
    bool transactions = program->transactions;
    if (transactions && view_equal(line, VIEW("BEGIN TRANSACTION")))
        buffer_append(out, VIEW("OK\n"));
    else if (transactions && view_equal(line, VIEW("COMMIT TRANSACTION")))
        answer(program, commit(program), "OK", out);
    else
        answer(program, write_message(program, scanner, line), transactions ? "DEFER_COMMIT" : "OK",
               out);
}
