#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "pump.h"
#include "signals.h"
#include "widen.h"

static void complain_unopened(const char *path, bool may_be_command) {
    int error = errno;
    const struct command *near = may_be_command ? command_near(path) : NULL;
    if (error == ENOENT && near)
        complain("%s: %s; did you mean the command '%s'?", path, strerror(error), near->name);
    else
        complain("%s: %s", path, strerror(error));
}

/* How a file begins, which is not read by that. */
static struct guess guess_file(const struct pump *pump, const struct source *source) {
    char bytes[8];
    size_t size = 0;
    struct guess guess;
    const enum encoding *wanted = pump_encoding(pump);
    source_read_at(source, 0, bytes, sizeof bytes, &size);
    encoding_guess(view_of(bytes, size), true, &guess);
    if (wanted) guess = (struct guess){*wanted, encoding_mark(*wanted, view_of(bytes, size))};
    return guess;
}

/* The lines of the range that is wanted, by where they begin. */
static bool find_range(const struct pump *pump, const struct source *source, struct guess guess,
                       struct range *ret) {
    uint64_t size;
    if (!source_left(source, &size)) {
        errno = ESPIPE;
        return false;
    }
    struct range range = range_in(&pump->range, size);
    return range_find_line(source, guess, range.from, &ret->from) &&
           (range.to == UINT64_MAX || range_find_line(source, guess, range.to, &ret->to));
}

static enum flow pump_open(struct pump *pump, const struct source *source) {
    struct range range = {.to = UINT64_MAX};
    struct guess guess = {0};
    enum flow flow;
    if (source->regular) guess = guess_file(pump, source);
    if (range_is_part(&pump->range) && !find_range(pump, source, guess, &range))
        return pump_cannot_read(pump);
    bool empty = range.from == range.to;
    if (empty) return FLOW_ON;
    return pump_shared(pump, source, guess, range, &flow) ? flow : pump_source(pump, source, range);
}

static enum flow pump_path(struct pump *pump, const char *path, bool may_be_command) {
    struct source source;
    bool standard = strcmp(path, "-") == 0;
    if (!source_open(&source, path, signals_flag())) {
        complain_unopened(path, may_be_command);
        return FLOW_TROUBLE;
    }
    pump->name = standard ? NULL : path;
    pump->path = standard ? "standard input" : path;
    enum flow flow = pump_open(pump, &source);
    source_close(&source);
    return flow;
}

int pump_all(struct pump *pump) {
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
    inlet_free(&pump->inlet);
    outlet_free(&pump->outlet);
    return status;
}
