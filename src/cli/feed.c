#include "feed.h"

#include <unistd.h>

/* Say whether the input is packed: its first stream is begun. */
static bool is_packed(struct feed *feed) {
    feed->begun = true;
    feed->state = unpack_next(feed->unpack, &feed->member);
    return feed->state == UNPACK_BYTES && unpack_about(feed->unpack).format != UNPACK_PLAIN;
}

/* Read the file ahead from its begin, or at least again: without a thread it is done as well. */
static void read_ahead(struct feed *feed, const struct unpack_limits *limits) {
    const struct source *source = feed->source;
    if (lseek(source->descriptor, (off_t)source->from, SEEK_SET) < 0) return;
    feed_close(feed);
    feed->source = source;
    feed->ahead = ahead_new(source, limits);
    if (!feed->ahead) feed->unpack = unpack_new(source, limits);
}

bool feed_open(struct feed *feed, const struct source *source, const struct unpack_limits *limits,
               bool ahead) {
    *feed = (struct feed){.source = source, .unpack = unpack_new(source, limits)};
    if (feed->unpack && ahead && source->regular && is_packed(feed)) read_ahead(feed, limits);
    return feed->ahead || feed->unpack;
}

void feed_close(struct feed *feed) {
    if (feed->ahead) ahead_free(feed->ahead);
    if (feed->unpack) unpack_free(feed->unpack);
    *feed = (struct feed){0};
}

enum unpack_state feed_next(struct feed *feed, const char **ret_member) {
    if (feed->begun) {
        feed->begun = false;
        *ret_member = feed->member;
        return feed->state;
    }
    return feed->ahead ? ahead_next(feed->ahead, ret_member)
                       : unpack_next(feed->unpack, ret_member);
}

enum unpack_state feed_read(struct feed *feed, char *bytes, size_t size, size_t *ret_size) {
    return feed->ahead ? ahead_read(feed->ahead, bytes, size, ret_size)
                       : unpack_read(feed->unpack, bytes, size, ret_size);
}

bool feed_would_wait(const struct feed *feed) {
    /* what the source has is worth more than the little that unpack decodes to be sure */
    return feed->unpack && source_would_wait(feed->source) && unpack_would_wait(feed->unpack);
}

struct unpack_about feed_about(const struct feed *feed) {
    return feed->ahead ? ahead_about(feed->ahead) : unpack_about(feed->unpack);
}

const char *feed_message(const struct feed *feed) {
    return feed->ahead ? ahead_message(feed->ahead) : unpack_message(feed->unpack);
}
