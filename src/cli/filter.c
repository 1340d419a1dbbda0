#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "jsonl.h"
#include "knowledge.h"
#include "look.h"
#include "pump.h"
#include "style.h"

static void print_stats(const struct pump *pump) {
    eg_stats stats = pump_stats(pump);
    complain("%" PRIu64 " bytes, %" PRIu64 " lines, %" PRIu64 " hits, %" PRIu64 " glosses, %" PRIu64
             " lines given up by a rule",
             stats.bytes, stats.lines, stats.hits, stats.glosses, stats.skips);
}

/* What was counted, then the codes that were met most, to standard error. */
static void print_codes(const struct pump *pump) {
    struct buffer text = {0};
    struct report_look look = look_of(STDERR_FILENO, pump->options->colour);
    report_lines(pump->census->report, pump_stats(pump).lines);
    if (report_short(pump->census->report, &look, &text)) fwrite(text.at, 1, text.size, stderr);
    buffer_free(&text);
}

static int pump_and_tell(struct pump *pump) {
    const struct options *options = pump->options;
    struct census census;
    bool counts = options->stats && (pump->format == EG_ANNOTATE || pump->format == EG_JSON);
    if (counts && !census_init(&census)) return STATUS_TROUBLE;
    if (counts) pump->census = &census;
    if (counts) census_watch(&census, pump->filter);
    int status = pump_all(pump);
    if (options->stats) print_stats(pump);
    if (counts && pump_stats(pump).hits) print_codes(pump);
    if (counts) census_free(&census);
    return status;
}

/* JSON lines go through fields. What a terminal would show as colours is no JSON. */
static bool begin_fields(struct pump *pump) {
    const char *members = pump->format == EG_ANNOTATE ? jsonl_members(pump->options) : NULL;
    if (!members) return true;
    pump->fields = fields_new(pump->glossary, members);
    pump->style.coloured = false;
    if (!pump->fields) {
        complain("out of memory");
        return false;
    }
    fields_set_style(pump->fields, &pump->style);
    fields_interpret(pump->fields, pump->options->no_jit);
    return true;
}

static int run(const struct options *options, const eg_glossary *glossary, eg_format format) {
    struct pump pump = {
        .glossary = glossary, .format = format, .options = options, .style = style_wanted(options)};
    if (!range_wanted(options, &pump.range)) return STATUS_USAGE;
    pump.style.unnumbered = range_is_part(&pump.range);
    pump.filter = eg_filter_new(glossary, format);
    if (!pump.filter) {
        complain("out of memory");
        return STATUS_TROUBLE;
    }
    eg_filter_interpret(pump.filter, options->no_jit);
    eg_filter_set_style(pump.filter, &pump.style);
    int status = begin_fields(&pump) ? pump_and_tell(&pump) : STATUS_TROUBLE;
    fields_free(pump.fields);
    eg_filter_free(pump.filter);
    return status;
}

static int run_with_knowledge(const struct options *options, eg_format format) {
    eg_glossary *glossary = knowledge_load(options);
    if (!glossary) return STATUS_USAGE;
    int status = run(options, glossary, format);
    eg_glossary_free(glossary);
    return status;
}

int run_filter(const struct options *options) {
    bool json = options->format == OUTPUT_JSON;
    const char *why = jsonl_hindrance(options);
    if (why) {
        complain("%s", why);
        return STATUS_USAGE;
    }
    if (!json || !style_is_of_text(options))
        return run_with_knowledge(options, json ? EG_JSON : EG_ANNOTATE);
    complain("--format=json does not go with options about how text looks");
    return STATUS_USAGE;
}

int run_why(const struct options *options) {
    return run_with_knowledge(options, EG_WHY);
}

int run_strip(const struct options *options) {
    return run(options, NULL, EG_STRIP);
}
