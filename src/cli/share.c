#include "share.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "stats.h"
#include "survey.h"

/* A part is the lines that begin in so many bytes. */
enum { PART_SIZE = 1 << 20 };

/* Where a line begins or ends that is looked for near by, so much is read at first. */
enum { PEEK = 4 << 10 };

/* What the threads share. */
struct work {
    const struct share *share;
    pthread_mutex_t queue; /* for the next part; taken before the lock of the turns */
    struct survey survey;  /* at the begin of the part that was taken last */
    struct turns turns;
};

/* A thread at a part. The first worker is the thread that shares the file out. */
struct worker {
    struct work *work;
    eg_filter *filter;
    struct turn turn;
    uint64_t at, end; /* how far it is, and up to where lines of the part begin */
    pthread_t thread;
    bool started;
};

static void stop(struct worker *worker, enum share_end end) {
    turns_stop(&worker->work->turns, end);
}

static bool drain(struct worker *worker) {
    eg_text output;
    eg_progress progress;
    while ((progress = eg_filter_next(worker->filter, &output)) == EG_OUTPUT)
        if (!turns_put(&worker->work->turns, &worker->turn, output)) return false;
    if (progress == EG_MEMORY) stop(worker, SHARE_NO_MEMORY);
    return progress == EG_HUNGRY;
}

/* Read what is at `at`, up to `most` bytes, into the filter's space; at the end no part follows.
 * False there, and when reading fails. */
static bool read_at(struct worker *worker, uint64_t at, uint64_t most, char **ret_bytes,
                    size_t *ret_size) {
    size_t size;
    *ret_bytes = eg_filter_space(worker->filter, &size);
    if (size > most) size = (size_t)most;
    enum source_state state =
        source_read_at(worker->work->share->source, at, *ret_bytes, size, ret_size);
    if (state != SOURCE_BYTES) stop(worker, state == SOURCE_END ? SHARE_DONE : SHARE_UNREAD);
    return state == SOURCE_BYTES;
}

/* Find where the first line begins at or behind the part's begin, up to its end. False when none
 * does, or reading fails. */
static bool find_first_line(struct worker *worker) {
    if (worker->at == 0) return true;
    for (--worker->at; worker->at < worker->end;) {
        char *bytes, *found;
        size_t size;
        if (!read_at(worker, worker->at, PEEK, &bytes, &size)) return false;
        found = memchr(bytes, '\n', size);
        worker->at += found ? (uint64_t)(found - bytes) + 1 : size;
        if (found) return worker->at < worker->end;
    }
    return false;
}

/* How many of the bytes belong to lines that begin before `end`, of which `at` is how far it is. */
static size_t within(const char *bytes, size_t size, uint64_t at, uint64_t end, bool *ret_last) {
    if (at + size < end) return size;
    size_t from = end > at ? (size_t)(end - at) - 1 : 0;
    const char *found = memchr(bytes + from, '\n', size - from);
    *ret_last = found != NULL;
    return found ? (size_t)(found - bytes) + 1 : size;
}

/* How much to read of the lines that begin before `end`: up to there, the rest of the last line,
 * and where that is long all that there is room for. */
static uint64_t worth_reading(uint64_t at, uint64_t end) {
    if (at < end) return end - at;
    return at == end ? PEEK : UINT64_MAX;
}

static bool filter_lines(struct worker *worker) {
    for (bool last = false; !last;) {
        char *bytes;
        size_t size;
        uint64_t at = worker->at, end = worker->end;
        if (!read_at(worker, at, worth_reading(at, end), &bytes, &size)) break;
        size = within(bytes, size, at, end, &last);
        eg_filter_commit(worker->filter, size);
        worker->at += size;
        if (!drain(worker)) return false;
    }
    eg_filter_end(worker->filter);
    return drain(worker);
}

static void hand_in(struct worker *worker) {
    turns_hand_in(&worker->work->turns, &worker->turn, eg_filter_stats(worker->filter).hits);
}

/* What the lines of a part have to know of those before it. */
static bool begin_part(struct worker *worker) {
    struct work *work = worker->work;
    const struct share *share = work->share;
    worker->at = share->from + worker->turn.part * PART_SIZE;
    worker->end = worker->at + PART_SIZE < share->to ? worker->at + PART_SIZE : share->to;
    enum source_state state =
        worker->at < share->to ? survey_reach(&work->survey, worker->at) : SOURCE_END;
    if (state != SOURCE_BYTES)
        stop(worker, state == SOURCE_END ? SHARE_DONE : SHARE_UNREAD);
    else if (worker->at == 0)
        eg_filter_begin(worker->filter, share->name);
    else
        survey_begin(&work->survey, worker->filter, share->name);
    return state == SOURCE_BYTES;
}

/* Parts are taken and begun one after the other. */
static bool next_part(struct worker *worker) {
    pthread_mutex_lock(&worker->work->queue);
    bool more = turns_take(&worker->work->turns, &worker->turn);
    bool begun = more && begin_part(worker);
    pthread_mutex_unlock(&worker->work->queue);
    if (more && !begun) hand_in(worker);
    return begun;
}

static bool do_part(struct worker *worker) {
    bool fine = !find_first_line(worker) || filter_lines(worker);
    hand_in(worker);
    return fine;
}

static void *work_on(void *context) {
    struct worker *worker = context;
    while (next_part(worker) && do_part(worker)) {
    }
    return NULL;
}

static bool equip(struct worker *worker, struct work *work) {
    worker->work = work;
    worker->filter = eg_filter_new(work->share->glossary, work->share->format);
    if (!worker->filter) return false;
    eg_filter_interpret(worker->filter, work->share->interpreted);
    eg_filter_set_style(worker->filter, work->share->style);
    if (work->share->census) census_watch(work->share->census, worker->filter);
    return true;
}

static bool start(struct worker *worker, struct work *work) {
    if (!equip(worker, work)) return false;
    worker->started = pthread_create(&worker->thread, NULL, work_on, worker) == 0;
    return worker->started;
}

static void end(struct worker *worker, eg_stats *stats) {
    if (worker->started) pthread_join(worker->thread, NULL);
    if (worker->filter) stats_add(stats, eg_filter_stats(worker->filter));
    eg_filter_free(worker->filter);
    buffer_free(&worker->turn.held);
}

static bool prepare(struct work *work) {
    const struct share *share = work->share;
    bool counts = share->format != EG_ANNOTATE && !share->style->unnumbered;
    pthread_mutex_init(&work->queue, NULL);
    bool turns =
        turns_init(&work->turns, share->outlet, share->progress, PART_SIZE, share->threads);
    work->turns.hits = share->hits;
    return survey_init(&work->survey, share->glossary, share->source, share->head, counts) && turns;
}

static void clean(struct work *work) {
    turns_free(&work->turns);
    survey_free(&work->survey);
    pthread_mutex_destroy(&work->queue);
}

enum share_end share_file(const struct share *share, eg_stats *stats) {
    struct work work = {.share = share};
    struct worker *workers = calloc(share->threads, sizeof *workers);
    bool roomy = prepare(&work) && workers && equip(&workers[0], &work);
    /* fewer threads than wanted do it as well */
    for (size_t i = 1; roomy && i < share->threads && start(&workers[i], &work); i++) continue;
    if (roomy) work_on(&workers[0]);
    for (size_t i = 0; i < share->threads && workers; i++) end(&workers[i], stats);
    enum share_end ended = roomy ? work.turns.end : SHARE_NO_MEMORY;
    int error = work.turns.error;
    clean(&work);
    free(workers);
    errno = error;
    return ended;
}
