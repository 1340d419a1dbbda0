#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "options.h"

/* Nanoseconds between two looks, on a terminal and elsewhere. */
static const int64_t often = 200000000, seldom = 5000000000;

static struct timespec now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time;
}

static int64_t between(struct timespec from, struct timespec to) {
    return (int64_t)(to.tv_sec - from.tv_sec) * 1000000000 + (to.tv_nsec - from.tv_nsec);
}

bool progress_is_wanted(unsigned when, bool quiet) {
    if (when != WHEN_AUTO) return when == WHEN_ALWAYS;
    return isatty(STDERR_FILENO) && (quiet || !isatty(STDOUT_FILENO));
}

void progress_begin(struct progress *progress, unsigned when, uint64_t files, uint64_t bytes) {
    *progress = (struct progress){.shown = when == WHEN_ALWAYS || bytes > 0,
                                  .terminal = isatty(STDERR_FILENO),
                                  .files = files,
                                  .bytes = bytes,
                                  .began = now()};
    progress->last = progress->began;
}

void progress_file(struct progress *progress) {
    progress->file++;
}

void progress_done(struct progress *progress, uint64_t bytes) {
    progress->done += bytes;
}

/* `1.5 GB` */
static void print_size(char *text, size_t size, double bytes) {
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    size_t unit = 0;
    while (bytes >= 1000 && unit < sizeof units / sizeof *units - 1) {
        bytes /= 1000;
        unit++;
    }
    snprintf(text, size, unit ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
}

/* `, 12 s left` */
static void print_left(char *text, size_t size, double seconds) {
    int64_t left = (int64_t)(seconds + 0.5);
    if (left < 100)
        snprintf(text, size, ", %" PRId64 " s left", left);
    else if (left < 6000)
        snprintf(text, size, ", %" PRId64 " min left", (left + 30) / 60);
    else
        snprintf(text, size, ", %" PRId64 " h left", (left + 1800) / 3600);
}

static void show(struct progress *progress, uint64_t bytes, uint64_t hits) {
    char done[32], all[40] = "", rate[32], left[40] = "", file[64] = "";
    double seconds = (double)between(progress->began, progress->last) / 1e9;
    double speed = seconds > 0 ? (double)bytes / seconds : 0;
    print_size(done, sizeof done, (double)bytes);
    print_size(rate, sizeof rate, speed);
    if (progress->bytes > bytes && speed > 0) {
        memcpy(all, " of ", 5);
        print_size(all + 4, sizeof all - 4, (double)progress->bytes);
        print_left(left, sizeof left, (double)(progress->bytes - bytes) / speed);
    }
    if (progress->files > 1)
        snprintf(file, sizeof file, "file %" PRIu64 " of %" PRIu64 ", ", progress->file,
                 progress->files);
    fprintf(stderr, "%serrgloss: %s%s%s, %s/s%s, %" PRIu64 " hits%s",
            progress->terminal ? "\r\033[K" : "", file, done, all, rate, left, hits,
            progress->terminal ? "" : "\n");
    fflush(stderr);
    progress->written = progress->terminal;
}

void progress_step(struct progress *progress, uint64_t bytes, uint64_t hits) {
    if (!progress->shown) return;
    struct timespec time = now();
    if (between(progress->last, time) < (progress->terminal ? often : seldom)) return;
    progress->last = time;
    show(progress, progress->done + bytes, hits);
}

void progress_clear(struct progress *progress) {
    if (!progress->written) return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    progress->written = false;
}
