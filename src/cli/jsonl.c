#include "jsonl.h"

enum { INPUT_TEXT, INPUT_JSONL, INPUT_JOURNAL };

const char *jsonl_members(const struct options *options) {
    if (options->input == INPUT_TEXT) return NULL;
    if (options->members) return options->members;
    return options->input == INPUT_JOURNAL ? "MESSAGE" : "msg,message,log";
}

const char *jsonl_hindrance(const struct options *options) {
    if (options->input == INPUT_TEXT)
        return options->members ? "--field goes with --input=jsonl or journal-json" : NULL;
    if (options->format != OUTPUT_TEXT || options->stats)
        return "JSON lines are annotated, and neither counted nor listed";
    if (options->place || options->once || options->hyperlinks || options->only_matching ||
        options->before || options->after || options->with_filename)
        return "JSON lines stay JSON lines: of the styles, only --max-summary goes with them";
    if (options->byte_range || options->shard) return "a part can be taken of text only";
    return NULL;
}

/* Lines on their way. */
struct passage {
    struct pump *pump;
    struct buffer rest; /* the begin of a line whose end is not here */
    struct buffer out;
    bool long_line; /* it is too long, and written as it comes */
};

/* Annotate a line with its end, or write it as it is. */
static bool take_line(struct passage *passage, struct view line) {
    bool ended = line.size && line.at[line.size - 1] == '\n';
    size_t size = line.size - ended;
    if (ended && size && line.at[size - 1] == '\r') size--;
    if (passage->long_line) size = 0;
    passage->long_line = passage->long_line && !ended;
    bool fine =
        size == 0 || fields_line(passage->pump->fields, view_part(line, 0, size), &passage->out);
    buffer_append(&passage->out, view_part(line, size, line.size));
    return fine && !passage->out.failed;
}

/* Take the rest with what completes it, or what there is of a line that is too long. */
static bool take_rest(struct passage *passage) {
    bool fine = take_line(passage, buffer_view(&passage->rest)) && !passage->rest.failed;
    buffer_clear(&passage->rest);
    return fine;
}

static bool take_bytes(struct passage *passage, struct view bytes) {
    bool fine = true;
    for (size_t at = 0, end; fine && at < bytes.size; at = end) {
        end = view_find(bytes, at, '\n');
        bool ended = end < bytes.size;
        end += ended;
        struct view part = view_part(bytes, at, end);
        if (ended && passage->rest.size == 0) {
            fine = take_line(passage, part);
            continue;
        }
        buffer_append(&passage->rest, part);
        if (!ended && passage->rest.size > JSONL_MOST) passage->long_line = true;
        if (ended || passage->long_line) fine = take_rest(passage);
    }
    return fine;
}

static enum flow write_out(struct passage *passage) {
    eg_text text = {passage->out.at, passage->out.size};
    bool fine = text.size == 0 || outlet_write(&passage->pump->outlet, text);
    buffer_clear(&passage->out);
    return fine ? FLOW_ON : pump_cannot_write(passage->pump);
}

/* All that the inlet has, up to the last line. */
static enum flow pass(struct passage *passage) {
    struct pump *pump = passage->pump;
    struct view bytes;
    enum flow flow;
    while (pump_goes_on(pump, inlet_next(&pump->inlet, &bytes), &flow)) {
        if (!take_bytes(passage, bytes)) return pump_out_of_memory(pump);
        flow = write_out(passage);
        if (flow != FLOW_ON) return flow;
        pump_tell_progress(pump);
    }
    return flow;
}

enum flow jsonl_pump(struct pump *pump) {
    struct passage passage = {.pump = pump};
    struct inlet *inlet = &pump->inlet;
    fields_begin(pump->fields);
    enum flow flow = pump_bytes(pump, inlet_mark(inlet));
    if (flow == FLOW_ON) flow = pass(&passage);
    if (flow != FLOW_BROKEN && !pump->outlet.failed) {
        if (!take_rest(&passage)) flow = pump_out_of_memory(pump);
        enum flow last = write_out(&passage);
        if (last == FLOW_ON && inlet->odd) last = pump_bytes(pump, view_of(&inlet->last, 1));
        flow = last > flow ? last : flow;
    }
    buffer_free(&passage.rest);
    buffer_free(&passage.out);
    return flow;
}
