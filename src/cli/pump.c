#include "pump.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "jsonl.h"
#include "stats.h"

/* A reader that has gone is no error, as for cat. A delivery concerns one file alone. */
enum flow pump_cannot_write(struct pump *pump) {
    const struct delivery *delivery = pump->outlet.delivery;
    const char *message = delivery ? delivery->message : NULL;
    bool quiet = !delivery && errno == EPIPE;
    if (!message) message = strerror(errno);
    progress_clear(&pump->progress);
    if (!quiet) complain("%s: %s", delivery ? pump->path : "write error", message);
    return delivery ? FLOW_TROUBLE : FLOW_BROKEN;
}

enum flow pump_out_of_memory(struct pump *pump) {
    progress_clear(&pump->progress);
    complain("out of memory");
    return FLOW_BROKEN;
}

enum flow pump_cannot_read(struct pump *pump) {
    const char *message = strerror(errno);
    progress_clear(&pump->progress);
    complain("%s: %s", pump->path, message);
    return FLOW_TROUBLE;
}

static enum flow is_broken(struct pump *pump) {
    progress_clear(&pump->progress);
    complain("%s: %s", pump->path, feed_message(pump->inlet.feed));
    return FLOW_TROUBLE;
}

static enum flow write_out(struct pump *pump, eg_text output) {
    return outlet_write(&pump->outlet, output) ? FLOW_ON : pump_cannot_write(pump);
}

/* Write all that is decided. */
static enum flow drain(struct pump *pump) {
    for (;;) {
        eg_text output;
        switch (eg_filter_next(pump->filter, &output)) {
        case EG_HUNGRY:
            return FLOW_ON;
        case EG_MEMORY:
            return pump_out_of_memory(pump);
        case EG_OUTPUT:
            break;
        }
        enum flow flow = write_out(pump, output);
        if (flow != FLOW_ON) return flow;
    }
}

static enum flow settle(struct pump *pump) {
    eg_text output;
    switch (eg_filter_settle(pump->filter, &output)) {
    case EG_OUTPUT:
        return write_out(pump, output);
    case EG_MEMORY:
        return pump_out_of_memory(pump);
    default:
        return FLOW_ON;
    }
}

static bool writes_text(const struct pump *pump) {
    return pump->format == EG_ANNOTATE || pump->format == EG_STRIP;
}

enum flow pump_bytes(struct pump *pump, struct view bytes) {
    bool fine = !writes_text(pump) || outlet_write_bytes(&pump->outlet, bytes);
    return fine ? FLOW_ON : pump_cannot_write(pump);
}

static enum flow finish(struct pump *pump, enum flow flow) {
    struct inlet *inlet = &pump->inlet;
    eg_filter_end(pump->filter);
    enum flow drained = drain(pump);
    if (drained == FLOW_ON && inlet->odd) drained = pump_bytes(pump, view_of(&inlet->last, 1));
    return drained == FLOW_ON ? flow : drained;
}

void pump_tell_progress(struct pump *pump) {
    if (!pump->progress.shown) return;
    off_t at = lseek(pump->source->descriptor, 0, SEEK_CUR);
    progress_step(&pump->progress, at > 0 ? (uint64_t)at : 0, pump_stats(pump).hits);
}

bool pump_goes_on(struct pump *pump, enum unpack_state state, enum flow *ret_flow) {
    *ret_flow = FLOW_ON;
    if (state == UNPACK_FAILED) *ret_flow = pump_cannot_read(pump);
    if (state == UNPACK_BROKEN) *ret_flow = is_broken(pump);
    return state == UNPACK_BYTES;
}

/* Go on up to the inlet's end, or its limit. */
static enum flow pump_inlet(struct pump *pump) {
    enum flow flow;
    while (pump_goes_on(pump, inlet_read(&pump->inlet, pump->filter), &flow)) {
        flow = drain(pump);
        if (flow == FLOW_ON && inlet_would_wait(&pump->inlet)) flow = settle(pump);
        if (flow != FLOW_ON) return flow;
        pump_tell_progress(pump);
    }
    return flow;
}

const enum encoding *pump_encoding(const struct pump *pump) {
    static const enum encoding wanted[] = {ENCODING_BYTES, ENCODING_UTF16LE, ENCODING_UTF16BE};
    unsigned choice = pump->options->encoding;
    return choice ? &wanted[choice - 1] : NULL;
}

/* Go through the lines before the range, for what they tell of those in it. */
static enum flow skip_lines(struct pump *pump) {
    eg_stats before = eg_filter_stats(pump->filter);
    pump->outlet.muted = true;
    enum flow flow = pump_inlet(pump);
    pump->outlet.muted = false;
    stats_add(&pump->skipped, stats_since(eg_filter_stats(pump->filter), before));
    return flow;
}

enum flow pump_stream(struct pump *pump, struct range range) {
    struct inlet *inlet = &pump->inlet;
    if (writes_text(pump)) outlet_encode(&pump->outlet, inlet->guess.encoding);
    if (pump->fields) return jsonl_pump(pump);
    eg_filter_begin(pump->filter, pump->name);
    /* a mark stands at the begin of a text, and nowhere else */
    bool marks = !pump->style.named && !pump->style.selects;
    struct view mark = marks ? inlet_mark(inlet) : VIEW("");
    enum flow flow = range.from ? skip_lines(pump) : pump_bytes(pump, mark);
    inlet_go_on(inlet, range.to);
    if (flow == FLOW_ON) flow = pump_inlet(pump);
    return flow == FLOW_BROKEN || pump->outlet.failed ? flow : finish(pump, flow);
}

eg_stats pump_stats(const struct pump *pump) {
    eg_stats stats = stats_since(eg_filter_stats(pump->filter), pump->skipped);
    stats_add(&stats, pump->others);
    return stats;
}
