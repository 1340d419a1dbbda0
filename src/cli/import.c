#include "import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "deliver.h"
#include "sink.h"
#include "source.h"

/* No table of codes comes near; what is larger is no table. */
enum { SIZE_MOST = 1 << 30 };

static int complain_fault(const struct fault *fault) {
    eg_fault told;
    fault_print(fault, told.text, sizeof told.text);
    complain("%s", told.text);
    return STATUS_USAGE;
}

static int complain_errno(const char *path) {
    complain("%s: %s", path, strerror(errno));
    return STATUS_TROUBLE;
}

static int read_all(const struct source *source, const char *path, struct buffer *text) {
    for (;;) {
        size_t size = 0;
        if (!buffer_reserve(text, 65536)) break;
        enum source_state state =
            source_read(source, text->at + text->size, text->capacity - text->size, &size);
        text->size += size;
        if (state == SOURCE_END) return STATUS_OK;
        if (state != SOURCE_BYTES) return complain_errno(path);
        if (text->size > SIZE_MOST) {
            complain("%s: over 1 GiB, which is no table of codes", path);
            return STATUS_USAGE;
        }
    }
    complain("out of memory");
    return STATUS_TROUBLE;
}

static bool choose_form(const struct options *options, const char *path, enum form *ret) {
    if (options->form) return form_named(view_string(options->form), ret);
    if (form_of_file(view_string(path), ret)) return true;
    complain("%s: the name does not tell what it holds; say --from=FORM", path);
    return false;
}

static int import_source(struct harvest *harvest, enum form form, const struct source *source,
                         const char *path) {
    struct fault fault;
    struct buffer text = {0};
    int status = read_all(source, path, &text);
    struct view origin = view_string(strcmp(path, "-") ? path : "(standard input)");
    if (status == STATUS_OK && !import_text(harvest, form, origin, buffer_view(&text), &fault))
        status = complain_fault(&fault);
    buffer_free(&text);
    return status;
}

static int import_file(struct harvest *harvest, const struct options *options, const char *path) {
    enum form form;
    struct source source;
    if (!choose_form(options, path, &form)) return STATUS_USAGE;
    if (!source_open(&source, path, NULL)) return complain_errno(path);
    int status = import_source(harvest, form, &source, path);
    source_close(&source);
    return status;
}

static int import_operands(struct harvest *harvest, const struct options *options) {
    for (size_t i = 0; i < options->operands.count; i++) {
        int status = import_file(harvest, options, options->operands.at[i]);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static void write_head(struct buffer *out, const struct words *files) {
    buffer_format(out, "# Imported by errgloss " EG_VERSION " from:");
    for (size_t i = 0; i < files->count; i++) {
        buffer_append_byte(out, ' ');
        for (const char *c = files->at[i]; *c; c++)
            buffer_append_byte(out, is_control(*c) ? '?' : *c);
    }
    buffer_format(out, "\n# The texts are their authors'.\n");
}

static int deliver(const struct options *options, struct view table) {
    if (!options->output)
        return sink_write(STDOUT_FILENO, table.at, table.size) ? STATUS_OK
                                                               : complain_errno("standard output");
    const char *message;
    if (deliver_whole(options->output, table, &message)) return STATUS_OK;
    if (!message) return complain_errno(options->output);
    complain("%s: %s", options->output, message);
    return STATUS_TROUBLE;
}

static int write_table(struct harvest *harvest, const struct options *options) {
    struct fault fault;
    struct buffer table = {0};
    write_head(&table, &options->operands);
    int status = harvest_write(harvest, &table, &fault) ? deliver(options, buffer_view(&table))
                                                        : complain_fault(&fault);
    buffer_free(&table);
    return status;
}

static bool check_options(const struct options *options) {
    enum form form;
    if (options->operands.count == 0)
        complain("import needs a file");
    else if (options->form && !form_named(view_string(options->form), &form))
        complain("--from is header, mc, man, csv, json or catalog, not '%s'", options->form);
    else
        return true;
    return false;
}

int run_import(const struct options *options) {
    if (!check_options(options)) return STATUS_USAGE;
    struct harvest harvest = {.select = options->selected.at,
                              .select_count = options->selected.count};
    int status = import_operands(&harvest, options);
    if (status == STATUS_OK) status = write_table(&harvest, options);
    harvest_free(&harvest);
    return status;
}
