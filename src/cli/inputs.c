#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "pump.h"
#include "signals.h"
#include "target.h"
#include "widen.h"

/* Going through files. */
struct run {
    struct pump *pump;
    struct target target;
    struct files_item item; /* the file at hand */
    struct feed feed;
    struct buffer name; /* of an archive's member */
    bool passes_binaries;
};

static enum flow worse(enum flow a, enum flow b) {
    return a > b ? a : b;
}

/* what messages call the file at hand */
static const char *path_of(const struct run *run) {
    return strcmp(run->item.path, "-") == 0 ? "standard input" : run->item.path;
}

/* The first operand may have been meant for a command. */
static enum flow complain_of(struct run *run, const char *message, int error, bool first) {
    const char *path = path_of(run);
    const struct command *near = first && error == ENOENT ? command_near(path) : NULL;
    progress_clear(&run->pump->progress);
    if (!message) message = strerror(error);
    if (near)
        complain("%s: %s; did you mean the command '%s'?", path, message, near->name);
    else
        complain("%s: %s", path, message);
    return FLOW_TROUBLE;
}

/* How a file begins, which is not read by that. */
static struct guess guess_file(const struct pump *pump) {
    char bytes[8];
    size_t size = 0;
    struct guess guess;
    const enum encoding *wanted = pump_encoding(pump);
    source_read_at(pump->source, 0, bytes, sizeof bytes, &size);
    encoding_guess(view_of(bytes, size), true, &guess);
    if (wanted) guess = (struct guess){*wanted, encoding_mark(*wanted, view_of(bytes, size))};
    return guess;
}

/* The lines of the range that is wanted, by where they begin. */
static enum flow find_range(struct pump *pump, struct unpack_about about, struct range *ret) {
    uint64_t size;
    *ret = (struct range){.to = UINT64_MAX};
    if (!range_is_part(&pump->range)) return FLOW_ON;
    if (about.format != UNPACK_PLAIN) {
        complain("%s: a part can be taken of plain files only", pump->path);
        return FLOW_TROUBLE;
    }
    errno = ESPIPE;
    if (!source_left(pump->source, &size)) return pump_cannot_read(pump);
    struct guess guess = guess_file(pump);
    struct range range = range_in(&pump->range, size);
    bool fine =
        range_find_line(pump->source, guess, range.from, &ret->from) &&
        (range.to == UINT64_MAX || range_find_line(pump->source, guess, range.to, &ret->to));
    /* behind the last line there is none, even if that does not end */
    if (ret->from >= size) ret->to = ret->from;
    return fine ? FLOW_ON : pump_cannot_read(pump);
}

/* Filter the stream that the inlet has begun. */
static enum flow filter_stream(struct run *run, struct unpack_about about, const char *member,
                               struct range range) {
    struct pump *pump = run->pump;
    enum flow flow;
    switch (target_begin(&run->target, &pump->outlet, &run->item, member, about)) {
    case TARGET_DONE:
        return FLOW_ON;
    case TARGET_REFUSED:
        return FLOW_TROUBLE;
    case TARGET_READY:
        break;
    }
    if (pump->options->in_place || pump->options->output_dir) eg_filter_forget(pump->filter);
    if (pump->census && !census_begin(pump->census, pump->path)) return pump_out_of_memory(pump);
    bool shared = about.format == UNPACK_PLAIN && pump->source->regular &&
                  pump_shared(pump, pump->inlet.guess, range, &flow);
    if (!shared) flow = pump_stream(pump, range);
    /* what a file was is kept unless all of it was read */
    bool whole = !*signals_flag() && !(pump->options->in_place && flow != FLOW_ON);
    return target_close(&run->target, pump, whole) ? flow : worse(flow, FLOW_TROUBLE);
}

static enum flow pass_binary(struct run *run) {
    progress_clear(&run->pump->progress);
    complain("%s: passed over, this is no text", run->pump->path);
    return FLOW_ON;
}

static enum flow begin_stream(struct run *run, struct unpack_about about, const char *member) {
    struct pump *pump = run->pump;
    struct range range;
    enum flow flow = find_range(pump, about, &range);
    if (flow != FLOW_ON || range.from == range.to) return flow;
    uint64_t limit = range.from ? range.from : range.to;
    switch (inlet_begin(&pump->inlet, &run->feed, pump_encoding(pump), limit)) {
    case UNPACK_FAILED:
        return pump_cannot_read(pump);
    case UNPACK_STOPPED:
        return FLOW_ON;
    default:
        break;
    }
    if (run->passes_binaries && files_is_binary(inlet_first(&pump->inlet))) return pass_binary(run);
    return filter_stream(run, about, member, range);
}

static enum flow do_stream(struct run *run, const char *member) {
    struct pump *pump = run->pump;
    bool standard = strcmp(run->item.path, "-") == 0;
    pump->path = path_of(run);
    if (member) {
        buffer_clear(&run->name);
        buffer_format(&run->name, "%s:%s", pump->path, member);
        buffer_append_byte(&run->name, '\0');
        if (run->name.failed) return pump_out_of_memory(pump);
        pump->path = run->name.at;
    }
    pump->name = standard && !member ? NULL : pump->path;
    return begin_stream(run, feed_about(&run->feed), member);
}

static enum flow do_streams(struct run *run) {
    struct pump *pump = run->pump;
    enum flow flow = FLOW_ON;
    const char *member;
    while (flow != FLOW_BROKEN && !*signals_flag()) {
        switch (feed_next(&run->feed, &member)) {
        case UNPACK_BYTES:
            if (pump->options->in_place && feed_about(&run->feed).archive)
                return complain_of(run, "an archive is not rewritten in place", 0, false);
            flow = worse(flow, do_stream(run, member));
            break;
        case UNPACK_BROKEN:
            progress_clear(&pump->progress);
            complain("%s%s%s: %s", path_of(run), member ? ":" : "", member ? member : "",
                     feed_message(&run->feed));
            flow = FLOW_TROUBLE;
            break;
        case UNPACK_FAILED:
            return pump_cannot_read(pump);
        case UNPACK_STOPPED:
        case UNPACK_END:
            return flow;
        }
    }
    return flow;
}

static enum flow do_source(struct run *run, const struct source *source) {
    struct pump *pump = run->pump;
    const struct options *options = pump->options;
    struct unpack_limits limits = {.max_size = options->max_size,
                                   .max_ratio = options->max_ratio,
                                   .max_memory = options->max_memory,
                                   .plain = options->no_decompress};
    pump->source = source;
    pump->path = path_of(run);
    if (!feed_open(&run->feed, source, &limits, options->threads != 1))
        return pump_out_of_memory(pump);
    enum flow flow = do_streams(run);
    feed_close(&run->feed);
    return flow;
}

/* A file that is written to while it is read would never end. */
static bool is_output(const struct source *source) {
    struct stat in, out;
    return source->regular && fstat(source->descriptor, &in) == 0 &&
           fstat(STDOUT_FILENO, &out) == 0 && S_ISREG(out.st_mode) && in.st_dev == out.st_dev &&
           in.st_ino == out.st_ino;
}

static enum flow do_file(struct run *run, bool first) {
    struct source source;
    int opened;
    outlet_begin(&run->pump->outlet, STDOUT_FILENO);
    enum target_state state = target_open(&run->target, run->item.path, &opened);
    if (state != TARGET_READY) return state == TARGET_DONE ? FLOW_ON : FLOW_TROUBLE;
    if (opened >= 0)
        source_from(&source, opened, signals_flag());
    else if (!source_open(&source, run->item.path, signals_flag()))
        return complain_of(run, NULL, errno, first);
    enum flow flow = is_output(&source) ? complain_of(run, "is the output itself", 0, false)
                                        : do_source(run, &source);
    /* nothing of it was text, or could be read */
    target_close(&run->target, run->pump, false);
    source_close(&source);
    return flow;
}

static enum flow do_files(struct run *run, struct files *files) {
    enum files_state state;
    enum flow flow = FLOW_ON;
    struct files_item *item = &run->item;
    for (bool first = true; flow != FLOW_BROKEN && !*signals_flag(); first = false) {
        state = files_next(files, item);
        if (state == FILES_END) break;
        if (state == FILES_PROBLEM) {
            flow = worse(flow, complain_of(run, item->message, item->error, first));
            continue;
        }
        progress_file(&run->pump->progress);
        flow = worse(flow, do_file(run, first));
        progress_done(&run->pump->progress, item->regular ? item->bytes : 0);
    }
    return flow;
}

/* Without a FILE it is standard input, or as for grep the current directory with -r. */
static struct files_wanted files_of(const struct options *options) {
    static const char *const standard_input[] = {"-"}, *const here[] = {"."};
    bool named = options->operands.count > 0 || options->files_from;
    return (struct files_wanted){
        .operands = named                ? options->operands.at
                    : options->recursive ? here
                                         : standard_input,
        .operand_count = named ? options->operands.count : 1,
        .list = options->files_from,
        .recursive = options->recursive,
        .include = options->include.at,
        .include_count = options->include.count,
        .exclude = options->exclude.at,
        .exclude_count = options->exclude.count,
        .output = options->output_dir,
    };
}

static void begin_progress(struct pump *pump, const struct files_wanted *wanted) {
    uint64_t count = 0, bytes = 0;
    const struct options *options = pump->options;
    unsigned when = options->progress;
    bool quiet = pump->format == EG_NOTHING || options->output_dir || options->in_place;
    if (!progress_is_wanted(when, quiet)) return;
    bool counted = files_count(wanted, &count, &bytes);
    progress_begin(&pump->progress, when, counted ? count : 0, counted ? bytes : 0);
}

int pump_all(struct pump *pump) {
    const struct options *options = pump->options;
    struct files_wanted wanted = files_of(options);
    struct run run = {.pump = pump,
                      .passes_binaries = options->recursive || options->files_from ||
                                         options->output_dir || options->in_place ||
                                         pump->format == EG_NOTHING};
    if (!target_init(&run.target, options, &wanted)) {
        target_end(&run.target, false);
        return STATUS_USAGE;
    }
    signals_catch();
    widen_pipe(STDOUT_FILENO);
    begin_progress(pump, &wanted);
    struct files *files = files_new(&wanted);
    enum flow flow = files ? do_files(&run, files) : pump_out_of_memory(pump);
    files_free(files);
    progress_clear(&pump->progress);
    bool stopped = *signals_flag();
    if (stopped && run.target.journals) complain("stopped; --resume goes on from here");
    bool ended = target_end(&run.target, flow != FLOW_BROKEN && !stopped);
    buffer_free(&run.name);
    inlet_free(&pump->inlet);
    outlet_free(&pump->outlet);
    return flow == FLOW_ON && ended ? STATUS_OK : STATUS_TROUBLE;
}
