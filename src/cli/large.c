#include <errno.h>
#include <unistd.h>

#include "pump.h"
#include "share.h"
#include "style.h"

/* Files of fewer bytes are not worth more than one thread. */
enum { SHARED_LEAST = 8 << 20 };

/* Lines that begin here or later are judged without those before, but for what the head tells. */
enum { HEAD_SIZE = 1 << 16 };

/* A head that ends later, for the length of its lines, is not worth being gone through twice. */
enum { HEAD_MOST = 1 << 20 };

static size_t threads_for(const struct pump *pump, uint64_t size) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (size < SHARED_LEAST) return 1;
    if (pump->options->threads) return (size_t)pump->options->threads;
    return cores > 0 ? (size_t)cores : 1;
}

/* A filter that has gone through the head of the source, which stays where it is; NULL where that
 * does not end, or there is no memory. */
static eg_filter *read_head(const struct pump *pump, const struct source *source) {
    eg_filter *head = eg_filter_new(pump->glossary, EG_ANNOTATE);
    uint64_t at = 0;
    if (!head) return NULL;
    eg_filter_begin(head, NULL);
    while (eg_filter_head(head) == EG_HEAD_OPEN && at < HEAD_MOST) {
        eg_text output;
        size_t size;
        char *space = eg_filter_space(head, &size);
        if (size > HEAD_MOST - at) size = HEAD_MOST - at;
        if (source_read_at(source, at, space, size, &size) != SOURCE_BYTES) break;
        eg_filter_commit(head, size);
        at += size;
        while (eg_filter_next(head, &output) == EG_OUTPUT) continue;
    }
    if (eg_filter_head(head) != EG_HEAD_OPEN) return head;
    eg_filter_free(head);
    return NULL;
}

static enum flow flow_of(struct pump *pump, enum share_end end) {
    switch (end) {
    case SHARE_DONE:
        return FLOW_ON;
    case SHARE_UNREAD:
        /* a delivery that is given up closes what is read */
        return pump->outlet.failed ? pump_cannot_write(pump) : pump_cannot_read(pump);
    case SHARE_UNWRITTEN:
        return pump_cannot_write(pump);
    default:
        return pump_out_of_memory(pump);
    }
}

/* The range in the text behind a byte order mark. */
static struct range behind_mark(struct range range, uint64_t mark) {
    range.from = range.from > mark ? range.from - mark : 0;
    range.to = range.to > mark ? range.to - mark : 0;
    return range;
}

static enum flow share_range(struct pump *pump, const struct source *source, struct range range,
                             const eg_filter *head, size_t threads) {
    struct share share = {.glossary = pump->glossary,
                          .format = pump->format,
                          .style = &pump->style,
                          .name = pump->name,
                          .interpreted = pump->options->no_jit,
                          .source = source,
                          .from = range.from,
                          .to = range.to,
                          .head = head,
                          .threads = threads,
                          .census = pump->census,
                          .outlet = &pump->outlet,
                          .progress = &pump->progress,
                          .hits = pump_stats(pump).hits};
    return flow_of(pump, share_file(&share, &pump->others));
}

bool pump_shared(struct pump *pump, struct guess guess, struct range range, enum flow *ret_flow) {
    const struct source *source = pump->source;
    uint64_t left;
    if (pump->fields || pump->format == EG_STRIP || pump->format == EG_NOTHING ||
        style_looks_back(&pump->style) || guess.encoding != ENCODING_BYTES ||
        !source_left(source, &left) || range.from >= left)
        return false;
    size_t threads = threads_for(pump, (range.to < left ? range.to : left) - range.from);
    struct source body = *source;
    body.from += guess.mark;
    range = behind_mark(range, guess.mark);
    if (range.from > 0 ? range.from < HEAD_SIZE : threads == 1) return false;
    eg_filter *head = read_head(pump, &body);
    if (!head) return false;
    char mark[4];
    size_t size;
    enum flow flow = FLOW_ON;
    if (range.from == 0 && guess.mark &&
        source_read_at(source, 0, mark, guess.mark, &size) == SOURCE_BYTES)
        flow = pump_bytes(pump, view_of(mark, size));
    *ret_flow = flow == FLOW_ON ? share_range(pump, &body, range, head, threads) : flow;
    eg_filter_free(head);
    return true;
}
