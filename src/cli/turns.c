#include "turns.h"

#include <errno.h>
#include <stdlib.h>

#include "signals.h"

enum { HELD_MOST = 4 << 20, SLOTS_PER_THREAD = 3 };

/* The output of a part that waits to be written. */
struct slot {
    struct buffer output;
    bool ready;
};

bool turns_init(struct turns *turns, struct outlet *outlet, struct progress *progress,
                uint64_t part_size, size_t threads) {
    *turns = (struct turns){.outlet = outlet, .progress = progress, .part_size = part_size};
    pthread_mutex_init(&turns->lock, NULL);
    pthread_cond_init(&turns->changed, NULL);
    turns->slots = calloc(threads * SLOTS_PER_THREAD, sizeof *turns->slots);
    turns->slot_count = turns->slots ? threads * SLOTS_PER_THREAD : 0;
    return turns->slots != NULL;
}

void turns_free(struct turns *turns) {
    for (size_t i = 0; i < turns->slot_count; i++) buffer_free(&turns->slots[i].output);
    free(turns->slots);
    pthread_cond_destroy(&turns->changed);
    pthread_mutex_destroy(&turns->lock);
}

void turns_stop(struct turns *turns, enum share_end end) {
    int error = errno;
    pthread_mutex_lock(&turns->lock);
    if (turns->end == SHARE_DONE) {
        turns->end = end;
        turns->error = error;
    }
    turns->ended = true;
    pthread_cond_broadcast(&turns->changed);
    pthread_mutex_unlock(&turns->lock);
}

static bool is_over(const struct turns *turns) {
    return turns->ended || *signals_flag();
}

bool turns_take(struct turns *turns, struct turn *turn) {
    pthread_mutex_lock(&turns->lock);
    while (!is_over(turns) && turns->next - turns->turn >= turns->slot_count)
        pthread_cond_wait(&turns->changed, &turns->lock);
    bool more = !is_over(turns);
    if (more) turn->part = turns->next++;
    pthread_mutex_unlock(&turns->lock);
    return more;
}

static bool is_broken(struct turns *turns) {
    pthread_mutex_lock(&turns->lock);
    bool broken = turns->end == SHARE_UNWRITTEN || turns->end == SHARE_NO_MEMORY;
    pthread_mutex_unlock(&turns->lock);
    return broken;
}

/* What comes behind output that could not be written is not written either. */
static bool write_out(struct turns *turns, const char *bytes, size_t size) {
    if (is_broken(turns)) return false;
    if (outlet_write(turns->outlet, (eg_text){bytes, size})) return true;
    turns_stop(turns, SHARE_UNWRITTEN);
    return false;
}

static struct slot *slot_of(struct turns *turns, uint64_t part) {
    return &turns->slots[part % turns->slot_count];
}

/* Write the parts that are ready, unless another thread does; the lock is held before and after. */
static void write_ready(struct turns *turns) {
    struct slot *slot = slot_of(turns, turns->turn);
    for (; !turns->writing && slot->ready; slot = slot_of(turns, turns->turn)) {
        turns->writing = true;
        pthread_mutex_unlock(&turns->lock);
        write_out(turns, slot->output.at, slot->output.size);
        pthread_mutex_lock(&turns->lock);
        buffer_clear(&slot->output);
        slot->ready = turns->writing = false;
        turns->turn++;
        progress_step(turns->progress, turns->turn * turns->part_size, turns->hits);
        pthread_cond_broadcast(&turns->changed);
    }
}

void turns_hand_in(struct turns *turns, struct turn *turn, uint64_t hits) {
    struct slot *slot = slot_of(turns, turn->part);
    pthread_mutex_lock(&turns->lock);
    if (turn->writes) turns->writing = turn->writes = false;
    turns->hits += hits - turn->hits;
    turn->hits = hits;
    /* the slot's empty buffer serves for the next part */
    struct buffer empty = slot->output;
    slot->output = turn->held;
    turn->held = empty;
    slot->ready = true;
    write_ready(turns);
    pthread_mutex_unlock(&turns->lock);
}

/* Wait until all before the part is written, and write what it has. */
static bool begin_writing(struct turns *turns, struct turn *turn) {
    pthread_mutex_lock(&turns->lock);
    while (turns->turn != turn->part || turns->writing)
        pthread_cond_wait(&turns->changed, &turns->lock);
    turns->writing = turn->writes = true;
    pthread_mutex_unlock(&turns->lock);
    bool fine = write_out(turns, turn->held.at, turn->held.size);
    buffer_clear(&turn->held);
    return fine;
}

bool turns_put(struct turns *turns, struct turn *turn, eg_text output) {
    if (turn->writes) return write_out(turns, output.at, output.size);
    buffer_append(&turn->held, view_of(output.at, output.size));
    if (turn->held.failed) turns_stop(turns, SHARE_NO_MEMORY);
    return !turn->held.failed && (turn->held.size < HELD_MOST || begin_writing(turns, turn));
}
