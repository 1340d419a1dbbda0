#ifndef TURNS_H
#define TURNS_H

#include <pthread.h>

#include "outlet.h"
#include "progress.h"

/* Why no more parts are taken. */
enum share_end {
    SHARE_DONE,
    SHARE_UNREAD,    /* reading failed, errno says why; what was read is written */
    SHARE_UNWRITTEN, /* writing failed, errno says why */
    SHARE_NO_MEMORY
};

/* Parts of a file that threads take one after the other, and whose output is written in that order:
 * the output of a part is held until those before it are written; one that grows beyond HELD_MOST
 * waits for them and is then written as it comes. */
struct turns {
    struct outlet *outlet;
    struct progress *progress;
    uint64_t part_size; /* for progress */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot *slots; /* by the numbers of parts, one after the other and from the start again */
    size_t slot_count;
    uint64_t next; /* the part that nobody has taken yet */
    uint64_t turn; /* the part that is to be written next */
    uint64_t hits; /* in what is through */
    bool writing;  /* some thread does that */
    bool ended;    /* no part behind those that were taken has to be */
    enum share_end end;
    int error; /* errno of the end */
};

/* One thread's part. Zeroed memory has none. */
struct turn {
    struct buffer held; /* its output so far */
    uint64_t part;
    uint64_t hits; /* of the thread that were counted in for all */
    bool writes;   /* the output as it comes */
};

/* Begin with part 0; false when there is no memory, and then it is good for turns_free. */
bool turns_init(struct turns *turns, struct outlet *outlet, struct progress *progress,
                uint64_t part_size, size_t threads);

void turns_free(struct turns *turns);

/* Take no more parts; of several ends the first counts, with errno. */
void turns_stop(struct turns *turns, enum share_end end);

/* Take the next part, when there is room for its output; false when there is none, or a signal
 * came. */
bool turns_take(struct turns *turns, struct turn *turn);

/* Write output of the part, or hold it. False when nothing more can be written. */
bool turns_put(struct turns *turns, struct turn *turn, eg_text output);

/* The part is through, and `hits` were found by the thread so far. */
void turns_hand_in(struct turns *turns, struct turn *turn, uint64_t hits);

#endif
