#include "ahead.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "buffer.h"

enum { SLOTS = 4, SLOT_SIZE = 256 << 10 };

/* What the thread was told, by unpack_next or behind the bytes of a stream. */
struct told {
    enum unpack_state state;
    int error;
    struct unpack_about about;
    struct buffer name, message; /* with their NULs; an empty name is none */
};

struct slot {
    bool begins; /* a stream: it has no bytes but what unpack_next told */
    struct told told;
    char *bytes; /* of SLOT_SIZE */
    size_t size, at;
};

/* Slots are filled and emptied in turn. One that is filled is the reader's, any other the thread's;
 * the lock is for the counts and `quit`. */
struct ahead {
    struct unpack *unpack;
    struct slot slots[SLOTS];
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t filled, emptied; /* so many, ever */
    bool quit, started;
    pthread_t thread;
    struct told told;          /* to the reader, last */
    enum unpack_state reading; /* BYTES while the reader is within a stream, else what it is told */
    bool over;                 /* there is no further stream */
};

/* Wait for a slot to fill; NULL when there is to be no more. */
static struct slot *slot_to_fill(struct ahead *ahead) {
    pthread_mutex_lock(&ahead->lock);
    while (!ahead->quit && ahead->filled - ahead->emptied == SLOTS)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    struct slot *slot = ahead->quit ? NULL : &ahead->slots[ahead->filled % SLOTS];
    pthread_mutex_unlock(&ahead->lock);
    return slot;
}

static struct slot *slot_to_read(struct ahead *ahead) {
    pthread_mutex_lock(&ahead->lock);
    while (ahead->filled == ahead->emptied) pthread_cond_wait(&ahead->changed, &ahead->lock);
    pthread_mutex_unlock(&ahead->lock);
    return &ahead->slots[ahead->emptied % SLOTS];
}

/* Move a count on: the slot changes hands. */
static void hand_over(struct ahead *ahead, uint64_t *count) {
    pthread_mutex_lock(&ahead->lock);
    ++*count;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}

static void copy_string(struct buffer *buffer, const char *string) {
    buffer_clear(buffer);
    if (string) buffer_append(buffer, view_of(string, strlen(string) + 1));
}

static void tell(struct ahead *ahead, struct told *told, enum unpack_state state,
                 const char *name) {
    told->state = state;
    told->error = errno;
    told->about = unpack_about(ahead->unpack);
    copy_string(&told->name, name);
    copy_string(&told->message, unpack_message(ahead->unpack));
    if (!told->name.failed && !told->message.failed) return;
    told->state = UNPACK_FAILED;
    told->error = ENOMEM;
}

static enum unpack_state begin_stream(struct ahead *ahead) {
    struct slot *slot = slot_to_fill(ahead);
    const char *name;
    if (!slot) return UNPACK_STOPPED;
    slot->begins = true;
    slot->size = slot->at = 0;
    enum unpack_state state = unpack_next(ahead->unpack, &name);
    tell(ahead, &slot->told, state, name);
    state = slot->told.state;
    hand_over(ahead, &ahead->filled);
    return state;
}

static enum unpack_state fill(struct ahead *ahead, struct slot *slot) {
    enum unpack_state state = UNPACK_BYTES;
    while (state == UNPACK_BYTES && slot->size < SLOT_SIZE) {
        size_t size = 0;
        state = unpack_read(ahead->unpack, slot->bytes + slot->size, SLOT_SIZE - slot->size, &size);
        slot->size += size;
    }
    return state;
}

/* Read a stream to its end; false when there is to be no more. */
static bool read_stream(struct ahead *ahead) {
    for (enum unpack_state state = UNPACK_BYTES; state == UNPACK_BYTES;) {
        struct slot *slot = slot_to_fill(ahead);
        if (!slot) return false;
        slot->begins = false;
        slot->size = slot->at = 0;
        tell(ahead, &slot->told, fill(ahead, slot), NULL);
        state = slot->told.state;
        hand_over(ahead, &ahead->filled);
    }
    return true;
}

static void *unpack_all(void *context) {
    struct ahead *ahead = context;
    bool more = true;
    while (more) {
        enum unpack_state state = begin_stream(ahead);
        more = state == UNPACK_BYTES ? read_stream(ahead) : state == UNPACK_BROKEN;
    }
    return NULL;
}

/* The thread takes no signals: they are for who reads. */
static bool start(struct ahead *ahead) {
    sigset_t all, usual;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &usual);
    int error = pthread_create(&ahead->thread, NULL, unpack_all, ahead);
    pthread_sigmask(SIG_SETMASK, &usual, NULL);
    ahead->started = error == 0;
    errno = error;
    return ahead->started;
}

struct ahead *ahead_new(const struct source *source, const struct unpack_limits *limits) {
    struct ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead) return NULL;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    ahead->reading = UNPACK_END;
    ahead->unpack = unpack_new(source, limits);
    bool roomy = ahead->unpack;
    for (size_t i = 0; roomy && i < SLOTS; i++)
        roomy = (ahead->slots[i].bytes = malloc(SLOT_SIZE)) != NULL;
    if (roomy && start(ahead)) return ahead;
    int error = errno;
    ahead_free(ahead);
    errno = error;
    return NULL;
}

static void told_free(struct told *told) {
    buffer_free(&told->name);
    buffer_free(&told->message);
}

void ahead_free(struct ahead *ahead) {
    if (!ahead) return;
    pthread_mutex_lock(&ahead->lock);
    ahead->quit = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    if (ahead->started) pthread_join(ahead->thread, NULL);
    for (size_t i = 0; i < SLOTS; i++) {
        free(ahead->slots[i].bytes);
        told_free(&ahead->slots[i].told);
    }
    told_free(&ahead->told);
    unpack_free(ahead->unpack);
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->lock);
    free(ahead);
}

static void swap(struct buffer *a, struct buffer *b) {
    struct buffer other = *a;
    *a = *b;
    *b = other;
}

/* Take what a slot tells, which gets the memory of what was told before, and give the slot back. */
static enum unpack_state take(struct ahead *ahead, struct slot *slot) {
    struct told *told = &ahead->told;
    told->state = slot->told.state;
    told->error = slot->told.error;
    told->about = slot->told.about;
    swap(&told->message, &slot->told.message);
    if (slot->begins) swap(&told->name, &slot->told.name);
    hand_over(ahead, &ahead->emptied);
    errno = told->error;
    return told->state;
}

enum unpack_state ahead_next(struct ahead *ahead, const char **ret_member) {
    struct slot *slot;
    *ret_member = NULL;
    ahead->reading = UNPACK_END;
    if (ahead->over) return UNPACK_END;
    while (!(slot = slot_to_read(ahead))->begins) hand_over(ahead, &ahead->emptied);
    enum unpack_state state = take(ahead, slot);
    if (ahead->told.name.size) *ret_member = ahead->told.name.at;
    if (state == UNPACK_BYTES) ahead->reading = state;
    ahead->over = state != UNPACK_BYTES && state != UNPACK_BROKEN;
    return state;
}

/* The stream has ended: what is told now, and what at any further read. */
static enum unpack_state end_stream(struct ahead *ahead, struct slot *slot) {
    enum unpack_state state = take(ahead, slot);
    ahead->reading = state == UNPACK_BROKEN ? UNPACK_END : state;
    return state;
}

enum unpack_state ahead_read(struct ahead *ahead, char *bytes, size_t size, size_t *ret_size) {
    *ret_size = 0;
    errno = ahead->told.error;
    if (ahead->reading != UNPACK_BYTES) return ahead->reading;
    struct slot *slot = slot_to_read(ahead);
    if (slot->at == slot->size) return end_stream(ahead, slot);
    *ret_size = slot->size - slot->at < size ? slot->size - slot->at : size;
    memcpy(bytes, slot->bytes + slot->at, *ret_size);
    slot->at += *ret_size;
    if (slot->at == slot->size && slot->told.state == UNPACK_BYTES)
        hand_over(ahead, &ahead->emptied);
    return UNPACK_BYTES;
}

struct unpack_about ahead_about(const struct ahead *ahead) {
    return ahead->told.about;
}

const char *ahead_message(const struct ahead *ahead) {
    return ahead->told.message.size ? ahead->told.message.at : "";
}
