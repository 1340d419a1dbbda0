#include "pump.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "share.h"
#include "signals.h"
#include "sink.h"
#include "source.h"
#include "style.h"
#include "widen.h"

/* How the pumping stands. */
enum flow {
    FLOW_ON,      /* go on */
    FLOW_TROUBLE, /* an input failed: go on with the next */
    FLOW_BROKEN   /* the output failed, or memory: stop */
};

/* A reader that has gone is no error, as for cat. */
static enum flow cannot_write(void) {
    if (errno != EPIPE) complain("write error: %s", strerror(errno));
    return FLOW_BROKEN;
}

static enum flow write_out(eg_text output) {
    return sink_write(STDOUT_FILENO, output.at, output.size) ? FLOW_ON : cannot_write();
}

static enum flow out_of_memory(void) {
    complain("out of memory");
    return FLOW_BROKEN;
}

/* Write all that is decided. */
static enum flow drain(eg_filter *filter) {
    for (;;) {
        eg_text output;
        switch (eg_filter_next(filter, &output)) {
        case EG_HUNGRY:
            return FLOW_ON;
        case EG_MEMORY:
            return out_of_memory();
        case EG_OUTPUT:
            if (write_out(output) != FLOW_ON) return FLOW_BROKEN;
        }
    }
}

static enum flow settle(eg_filter *filter) {
    eg_text output;
    switch (eg_filter_settle(filter, &output)) {
    case EG_OUTPUT:
        return write_out(output);
    case EG_MEMORY:
        return out_of_memory();
    default:
        return FLOW_ON;
    }
}

static enum flow finish(eg_filter *filter, enum flow flow) {
    eg_filter_end(filter);
    enum flow drained = drain(filter);
    return drained == FLOW_ON ? flow : drained;
}

static enum flow pump_source(eg_filter *filter, const struct source *source, const char *path) {
    for (;;) {
        size_t size;
        char *space = eg_filter_space(filter, &size);
        switch (source_read(source, space, size, &size)) {
        case SOURCE_BYTES:
            eg_filter_commit(filter, size);
            break;
        case SOURCE_FAILED:
            complain("%s: %s", path, strerror(errno));
            return finish(filter, FLOW_TROUBLE);
        case SOURCE_END:
        case SOURCE_STOPPED:
            return finish(filter, FLOW_ON);
        }
        enum flow flow = drain(filter);
        if (flow == FLOW_ON && source_would_wait(source)) flow = settle(filter);
        if (flow != FLOW_ON) return flow;
    }
}

static void complain_unopened(const char *path, bool may_be_command) {
    int error = errno;
    const struct command *near = may_be_command ? command_near(path) : NULL;
    if (error == ENOENT && near)
        complain("%s: %s; did you mean the command '%s'?", path, strerror(error), near->name);
    else
        complain("%s: %s", path, strerror(error));
}

/* Files of fewer bytes are not worth more than one thread. */
enum { SHARED_LEAST = 8 << 20 };

static size_t threads_for(const struct pump *pump, const struct source *source) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t usual = cores > 0 ? (size_t)cores : 1;
    size_t wanted = pump->options->threads ? (size_t)pump->options->threads : usual;
    uint64_t left;
    bool can = pump->format != EG_STRIP && !style_looks_back(&pump->style) &&
               source_left(source, &left) && left >= SHARED_LEAST;
    return can ? wanted : 1;
}

/* A head that ends later, for the length of its lines, is not worth being gone through twice. */
enum { HEAD_MOST = 1 << 20 };

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
        while (eg_filter_next(head, &output) == EG_OUTPUT) {
        }
    }
    if (eg_filter_head(head) != EG_HEAD_OPEN) return head;
    eg_filter_free(head);
    return NULL;
}

static enum flow flow_of(enum share_end end, const char *path) {
    switch (end) {
    case SHARE_DONE:
        return FLOW_ON;
    case SHARE_UNREAD:
        complain("%s: %s", path, strerror(errno));
        return FLOW_TROUBLE;
    case SHARE_UNWRITTEN:
        return cannot_write();
    default:
        return out_of_memory();
    }
}

static enum flow pump_shared(struct pump *pump, const struct source *source, const eg_filter *head,
                             size_t threads, const char *path) {
    struct share share = {.glossary = pump->glossary,
                          .format = pump->format,
                          .style = &pump->style,
                          .name = pump->name,
                          .interpreted = pump->options->no_jit,
                          .source = source,
                          .head = head,
                          .threads = threads};
    return flow_of(share_file(&share, &pump->shared), path);
}

static enum flow pump_stream(struct pump *pump, const struct source *source, const char *path) {
    size_t threads = threads_for(pump, source);
    eg_filter *head = threads > 1 ? read_head(pump, source) : NULL;
    enum flow flow = head ? pump_shared(pump, source, head, threads, path)
                          : pump_source(pump->filter, source, path);
    eg_filter_free(head);
    return flow;
}

static enum flow pump_path(struct pump *pump, const char *path, bool may_be_command) {
    struct source source;
    bool standard = strcmp(path, "-") == 0;
    if (!source_open(&source, path, signals_flag())) {
        complain_unopened(path, may_be_command);
        return FLOW_TROUBLE;
    }
    pump->name = standard ? NULL : path;
    eg_filter_begin(pump->filter, pump->name);
    enum flow flow = pump_stream(pump, &source, standard ? "standard input" : path);
    source_close(&source);
    return flow;
}

int pump(struct pump *pump) {
    static const char *const standard_input[] = {"-"};
    const struct words *operands = &pump->options->operands;
    const char *const *paths = operands->count ? operands->at : standard_input;
    size_t count = operands->count ? operands->count : 1;
    int status = STATUS_OK;
    signals_catch();
    widen_pipe(STDOUT_FILENO);
    for (size_t i = 0; i < count && !*signals_flag(); i++) {
        enum flow flow = pump_path(pump, paths[i], i == 0);
        if (flow != FLOW_ON) status = STATUS_TROUBLE;
        if (flow == FLOW_BROKEN) break;
    }
    return status;
}
