#include "intake.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "widen.h"

enum { CHUNK = 64 << 10, MOMENT = 100, PATIENCE = 3000 /* milliseconds */ };

void intake_begin(struct intake *intake, const volatile sig_atomic_t *stop) {
    *intake = (struct intake){.used = 0};
    /* syslog-ng forgets the half of a message that no longer went into a full pipe when it reloads;
     * the price is that more is lost with a program that is killed */
    widen_pipe(STDIN_FILENO);
    source_from(&intake->source, STDIN_FILENO, stop);
}

void intake_free(struct intake *intake) {
    buffer_free(&intake->bytes);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void intake_drain(struct intake *intake) {
    int there = 0;
    intake->source.stop = NULL;
    intake->drains = true;
    intake->by = now() + PATIENCE;
    if (!intake->source.regular && ioctl(STDIN_FILENO, FIONREAD, &there) == 0 && there > 0)
        intake->due = (size_t)there;
}

static struct view left(const struct intake *intake) {
    return view_part(buffer_view(&intake->bytes), intake->used, intake->bytes.size);
}

bool intake_has_line(const struct intake *intake) {
    struct view bytes = left(intake);
    return view_find(bytes, 0, '\n') < bytes.size;
}

static void drop_used(struct intake *intake) {
    struct view rest = left(intake);
    if (intake->used && rest.size) memmove(intake->bytes.at, rest.at, rest.size);
    intake->bytes.size = rest.size;
    intake->used = 0;
}

static bool is_late(const struct intake *intake) {
    return intake->drains && intake->due == 0 && now() >= intake->by;
}

static bool is_drained(const struct intake *intake, bool late) {
    bool whole = late && intake->bytes.size == 0;
    return intake->drains && (whole || source_is_silent(&intake->source, MOMENT));
}

/* Read on. INTAKE_LINE: there is more. */
static enum intake_state read_more(struct intake *intake) {
    struct buffer *bytes = &intake->bytes;
    bool late = is_late(intake);
    size_t size = late ? 1 : CHUNK; /* of the next line nothing: nobody would read it to its end */
    drop_used(intake);
    if (is_drained(intake, late)) return INTAKE_END;
    if (!buffer_reserve(bytes, CHUNK)) {
        errno = ENOMEM;
        return INTAKE_FAILED;
    }
    switch (source_read(&intake->source, bytes->at + bytes->size, size, &size)) {
    case SOURCE_BYTES:
        bytes->size += size;
        intake->due -= size < intake->due ? size : intake->due;
        return INTAKE_LINE;
    case SOURCE_STOPPED:
        return INTAKE_STOPPED;
    case SOURCE_END:
        return INTAKE_END;
    default:
        return INTAKE_FAILED;
    }
}

static enum intake_state give(struct intake *intake, size_t size, struct view *ret) {
    *ret = view_part(left(intake), 0, size);
    intake->used += size;
    return INTAKE_PART;
}

/* The line that ends at `end` of what is left. */
static enum intake_state give_line(struct intake *intake, size_t end, struct view *ret) {
    bool part = intake->cut;
    give(intake, end + 1, ret);
    intake->cut = false;
    if (part) return INTAKE_PART;
    ret->size--;
    return INTAKE_LINE;
}

static enum intake_state give_rest(struct intake *intake, struct view *ret) {
    size_t size = left(intake).size;
    bool part = intake->cut;
    if (size == 0) return INTAKE_END;
    give(intake, size, ret);
    return part ? INTAKE_PART : INTAKE_REST;
}

enum intake_state intake_next(struct intake *intake, struct view *ret) {
    size_t searched = 0;
    for (;;) {
        struct view bytes = left(intake);
        size_t end = view_find(bytes, searched, '\n');
        if (end < bytes.size) return give_line(intake, end, ret);
        if (bytes.size >= INTAKE_MOST) {
            intake->cut = true;
            return give(intake, bytes.size, ret);
        }
        searched = bytes.size;
        enum intake_state state = read_more(intake);
        if (state == INTAKE_END) return give_rest(intake, ret);
        if (state != INTAKE_LINE) return state;
    }
}
