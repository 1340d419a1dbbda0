#include "share.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "signals.h"
#include "stats.h"
#include "survey.h"

/* A part is the lines that begin in so many bytes. Its output is held until those before it are
 * written; one that grows beyond HELD_MOST waits for them and is then written as it comes. */
enum { PART_SIZE = 1 << 20, HELD_MOST = 4 << 20, SLOTS_PER_THREAD = 3 };

/* Where a line begins or ends that is looked for near by, so much is read at first. */
enum { PEEK = 4 << 10 };

/* The output of a part that waits to be written. */
struct slot {
    struct buffer output;
    bool ready;
};

/* What the threads share. */
struct work {
    const struct share *share;
    pthread_mutex_t queue; /* for the next part; taken before the other lock */
    struct survey survey;  /* at the begin of the part that was taken last */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot
        *slots; /* by the numbers of the parts, one after the other and from the start again */
    size_t slot_count;
    uint64_t next; /* the part that nobody has taken yet */
    uint64_t turn; /* the part that is to be written next */
    uint64_t hits; /* in what is through */
    bool writing;  /* some thread does that */
    bool ended;    /* no part behind those that were taken has to be */
    enum share_end end;
    int error; /* errno of the end */
};

/* A thread at a part. The first worker is the thread that shares the file out. */
struct worker {
    struct work *work;
    eg_filter *filter;
    struct buffer held; /* the part's output so far */
    uint64_t part;
    uint64_t at, end; /* how far it is, and up to where lines of the part begin */
    uint64_t hits;    /* that were counted in for all */
    bool writes;      /* the output as it comes */
    pthread_t thread;
    bool started;
};

static void stop(struct work *work, enum share_end end) {
    int error = errno;
    pthread_mutex_lock(&work->lock);
    if (work->end == SHARE_DONE) {
        work->end = end;
        work->error = error;
    }
    work->ended = true;
    pthread_cond_broadcast(&work->changed);
    pthread_mutex_unlock(&work->lock);
}

static bool is_over(struct work *work) {
    return work->ended || *signals_flag();
}

/* Take the next part, when there is a slot for it. */
static bool take_part(struct worker *worker) {
    struct work *work = worker->work;
    pthread_mutex_lock(&work->lock);
    while (!is_over(work) && work->next - work->turn >= work->slot_count)
        pthread_cond_wait(&work->changed, &work->lock);
    bool more = !is_over(work);
    if (more) worker->part = work->next++;
    pthread_mutex_unlock(&work->lock);
    return more;
}

static bool is_broken(struct work *work) {
    pthread_mutex_lock(&work->lock);
    bool broken = work->end == SHARE_UNWRITTEN || work->end == SHARE_NO_MEMORY;
    pthread_mutex_unlock(&work->lock);
    return broken;
}

/* What comes behind output that could not be written is not written either. */
static bool write_out(struct work *work, const char *bytes, size_t size) {
    if (is_broken(work)) return false;
    if (outlet_write(work->share->outlet, (eg_text){bytes, size})) return true;
    stop(work, SHARE_UNWRITTEN);
    return false;
}

/* Write the parts that are ready, unless another thread does; the lock is held before and after. */
static void write_ready(struct work *work) {
    struct slot *slot = &work->slots[work->turn % work->slot_count];
    for (; !work->writing && slot->ready; slot = &work->slots[work->turn % work->slot_count]) {
        work->writing = true;
        pthread_mutex_unlock(&work->lock);
        write_out(work, slot->output.at, slot->output.size);
        pthread_mutex_lock(&work->lock);
        buffer_clear(&slot->output);
        slot->ready = work->writing = false;
        work->turn++;
        progress_step(work->share->progress, work->turn * PART_SIZE, work->hits);
        pthread_cond_broadcast(&work->changed);
    }
}

/* Hand the part's output in, and take an empty buffer for it. */
static void hand_in(struct worker *worker) {
    struct work *work = worker->work;
    struct slot *slot = &work->slots[worker->part % work->slot_count];
    pthread_mutex_lock(&work->lock);
    if (worker->writes) work->writing = worker->writes = false;
    work->hits += eg_filter_stats(worker->filter).hits - worker->hits;
    worker->hits = eg_filter_stats(worker->filter).hits;
    struct buffer empty = slot->output;
    slot->output = worker->held;
    worker->held = empty;
    slot->ready = true;
    write_ready(work);
    pthread_mutex_unlock(&work->lock);
}

/* Wait until all before the part is written, and write what it has. */
static bool begin_writing(struct worker *worker) {
    struct work *work = worker->work;
    pthread_mutex_lock(&work->lock);
    while (work->turn != worker->part || work->writing)
        pthread_cond_wait(&work->changed, &work->lock);
    work->writing = worker->writes = true;
    pthread_mutex_unlock(&work->lock);
    bool fine = write_out(work, worker->held.at, worker->held.size);
    buffer_clear(&worker->held);
    return fine;
}

static bool put(struct worker *worker, eg_text output) {
    if (worker->writes) return write_out(worker->work, output.at, output.size);
    buffer_append(&worker->held, view_of(output.at, output.size));
    if (worker->held.failed) stop(worker->work, SHARE_NO_MEMORY);
    return !worker->held.failed && (worker->held.size < HELD_MOST || begin_writing(worker));
}

static bool drain(struct worker *worker) {
    eg_text output;
    eg_progress progress;
    while ((progress = eg_filter_next(worker->filter, &output)) == EG_OUTPUT)
        if (!put(worker, output)) return false;
    if (progress == EG_MEMORY) stop(worker->work, SHARE_NO_MEMORY);
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
    if (state != SOURCE_BYTES) stop(worker->work, state == SOURCE_END ? SHARE_DONE : SHARE_UNREAD);
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

/* What the lines of a part have to know of those before it. */
static bool begin_part(struct worker *worker) {
    struct work *work = worker->work;
    const struct share *share = work->share;
    worker->at = share->from + worker->part * PART_SIZE;
    worker->end = worker->at + PART_SIZE < share->to ? worker->at + PART_SIZE : share->to;
    enum source_state state =
        worker->at < share->to ? survey_reach(&work->survey, worker->at) : SOURCE_END;
    if (state != SOURCE_BYTES)
        stop(work, state == SOURCE_END ? SHARE_DONE : SHARE_UNREAD);
    else if (worker->at == 0)
        eg_filter_begin(worker->filter, share->name);
    else
        survey_begin(&work->survey, worker->filter, share->name);
    return state == SOURCE_BYTES;
}

/* Parts are taken and begun one after the other. */
static bool next_part(struct worker *worker) {
    pthread_mutex_lock(&worker->work->queue);
    bool more = take_part(worker);
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
    buffer_free(&worker->held);
}

static bool prepare(struct work *work) {
    const struct share *share = work->share;
    pthread_mutex_init(&work->queue, NULL);
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->changed, NULL);
    work->slot_count = work->share->threads * SLOTS_PER_THREAD;
    work->slots = calloc(work->slot_count, sizeof *work->slots);
    bool counts = share->format != EG_ANNOTATE && !share->style->unnumbered;
    return survey_init(&work->survey, share->glossary, share->source, share->head, counts) &&
           work->slots;
}

static void clean(struct work *work) {
    for (size_t i = 0; i < work->slot_count && work->slots; i++)
        buffer_free(&work->slots[i].output);
    free(work->slots);
    survey_free(&work->survey);
    pthread_cond_destroy(&work->changed);
    pthread_mutex_destroy(&work->lock);
    pthread_mutex_destroy(&work->queue);
}

enum share_end share_file(const struct share *share, eg_stats *stats) {
    struct work work = {.share = share, .end = SHARE_DONE};
    struct worker *workers = calloc(share->threads, sizeof *workers);
    bool roomy = prepare(&work) && workers && equip(&workers[0], &work);
    /* fewer threads than wanted do it as well */
    for (size_t i = 1; roomy && i < share->threads && start(&workers[i], &work); i++) continue;
    if (roomy)
        work_on(&workers[0]);
    else
        work.end = SHARE_NO_MEMORY;
    for (size_t i = 0; i < share->threads && workers; i++) end(&workers[i], stats);
    clean(&work);
    free(workers);
    errno = work.error;
    return work.end;
}
