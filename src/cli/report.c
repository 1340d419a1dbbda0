#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "commands.h"
#include "knowledge.h"
#include "look.h"
#include "pump.h"
#include "signals.h"
#include "sink.h"

/* A report that is told. */
struct telling {
    const struct report *report;
    const eg_glossary *glossary;
    const struct options *options;
};

static int out_of_memory(void) {
    complain("out of memory");
    return STATUS_TROUBLE;
}

static bool write_report(const struct telling *telling, struct buffer *out) {
    struct report_look look = look_of(STDOUT_FILENO, telling->options->colour);
    switch (telling->options->format) {
    case OUTPUT_JSON:
        return report_json(telling->report, out);
    case OUTPUT_CSV:
        return report_csv(telling->report, out);
    default:
        return report_text(telling->report, &look, out);
    }
}

/* Say whether a file holds anything but an earlier page. */
static bool is_precious(const char *path) {
    static const char mark[] = "<!doctype html>";
    char begin[sizeof mark - 1];
    size_t size = 0;
    struct source source;
    if (!source_open(&source, path, NULL)) return false;
    enum source_state state = source_read_at(&source, 0, begin, sizeof begin, &size);
    source_close(&source);
    return state != SOURCE_END &&
           (size != sizeof begin || strncasecmp(begin, mark, sizeof begin) != 0);
}

static bool deliver_page(const char *path, struct view page) {
    const char *message = "holds something else than a page, which would be lost";
    if (!is_precious(path) && deliver_whole(path, page, &message)) return true;
    complain("%s: %s", path, message ? message : strerror(errno));
    return false;
}

static int tell(const struct telling *telling, struct buffer *out) {
    const char *page = telling->options->html;
    bool only_page = page && telling->options->format == OUTPUT_TEXT;
    if (page && !report_html(telling->report, telling->glossary, out)) return out_of_memory();
    if (page && !deliver_page(page, buffer_view(out))) return STATUS_TROUBLE;
    buffer_clear(out);
    if (only_page) return STATUS_OK;
    if (!write_report(telling, out)) return out_of_memory();
    if (sink_write(STDOUT_FILENO, out->at, out->size)) return STATUS_OK;
    if (errno != EPIPE) complain("write error: %s", strerror(errno));
    return STATUS_TROUBLE;
}

static int pump_and_tell(struct pump *pump) {
    struct buffer out = {0};
    struct telling telling = {pump->census->report, pump->glossary, pump->options};
    int status = pump_all(pump);
    report_lines(pump->census->report, pump_stats(pump).lines);
    if (*signals_flag()) complain("stopped; the report is of what was read");
    if (pump->census->failed || status == STATUS_USAGE)
        return status == STATUS_USAGE ? status : out_of_memory();
    int told = tell(&telling, &out);
    buffer_free(&out);
    return told == STATUS_OK ? status : told;
}

static int run(const struct options *options, const eg_glossary *glossary) {
    struct census census;
    struct pump pump = {.glossary = glossary,
                        .format = EG_NOTHING,
                        .options = options,
                        .range = {.to = UINT64_MAX},
                        .filter = eg_filter_new(glossary, EG_NOTHING),
                        .census = &census};
    bool roomy = census_init(&census) && pump.filter;
    if (roomy) {
        eg_filter_interpret(pump.filter, options->no_jit);
        census_watch(&census, pump.filter);
    }
    int status = roomy ? pump_and_tell(&pump) : out_of_memory();
    eg_filter_free(pump.filter);
    census_free(&census);
    return status;
}

int run_report(const struct options *options) {
    eg_glossary *glossary = knowledge_load(options);
    if (!glossary) return STATUS_USAGE;
    int status = run(options, glossary);
    eg_glossary_free(glossary);
    return status;
}
