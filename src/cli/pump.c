#include "pump.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "signals.h"
#include "sink.h"
#include "source.h"
#include "widen.h"

/* How the pumping stands. */
enum flow {
    FLOW_ON,      /* go on */
    FLOW_TROUBLE, /* an input failed: go on with the next */
    FLOW_BROKEN   /* the output failed, or memory: stop */
};

static enum flow write_out(eg_text output) {
    if (sink_write(STDOUT_FILENO, output.at, output.size)) return FLOW_ON;
    /* a reader that has gone is no error, as for cat */
    if (errno != EPIPE) complain("write error: %s", strerror(errno));
    return FLOW_BROKEN;
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

static enum flow pump_path(eg_filter *filter, const char *path, bool may_be_command) {
    struct source source;
    bool standard = strcmp(path, "-") == 0;
    if (!source_open(&source, path, signals_flag())) {
        complain_unopened(path, may_be_command);
        return FLOW_TROUBLE;
    }
    eg_filter_begin(filter, standard ? NULL : path);
    enum flow flow = pump_source(filter, &source, standard ? "standard input" : path);
    source_close(&source);
    return flow;
}

int pump(eg_filter *filter, const struct options *options) {
    static const char *const standard_input[] = {"-"};
    const struct words *operands = &options->operands;
    const char *const *paths = operands->count ? operands->at : standard_input;
    size_t count = operands->count ? operands->count : 1;
    int status = STATUS_OK;
    signals_catch();
    widen_pipe(STDOUT_FILENO);
    for (size_t i = 0; i < count && !*signals_flag(); i++) {
        enum flow flow = pump_path(filter, paths[i], i == 0);
        if (flow != FLOW_ON) status = STATUS_TROUBLE;
        if (flow == FLOW_BROKEN) break;
    }
    return status;
}
