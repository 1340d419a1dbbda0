#include "converse.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "intake.h"
#include "library.h"
#include "log.h"
#include "mmexternal.h"
#include "omprog.h"
#include "signals.h"
#include "sink.h"

struct manner;

/* A stage at work: what it knows, and how it speaks. */
struct stage {
    const struct manner *manner;
    struct intake intake;
    struct buffer out;
    struct log log;
    struct library library;
    eg_scanner *scanner; /* NULL where nothing is known */
    struct mmexternal plugin;
    struct omprog program;
    struct relay relay;
};

/* How a daemon is spoken to. */
struct manner {
    const char *name;
    const char *greeting; /* what is said before anything comes */
    bool answers;         /* each line is answered before the next one comes */
    bool confirms;        /* an answer says that the message is done with */
    void (*reply)(struct stage *stage, struct view line);
};

static void reply_mmexternal(struct stage *stage, struct view line) {
    mmexternal_reply(&stage->plugin, stage->scanner, line, &stage->out);
}

/* rsyslog tells nobody why a message has to wait: a fault is told when it begins and when it ends.
 */
static void reply_omprog(struct stage *stage, struct view line) {
    char text[4096];
    struct omprog *program = &stage->program;
    int before = program->error;
    omprog_reply(program, stage->scanner, line, &stage->out);
    if (program->error == before) return;
    snprintf(text, sizeof text, "%s: %s", program->path,
             program->error ? strerror(program->error) : "messages are written again");
    log_write(&stage->log, text);
}

static void reply_syslog(struct stage *stage, struct view line) {
    relay_line(&stage->relay, stage->scanner, line, &stage->out);
}

static const struct manner manners[PROTOCOLS] = {
    [PROTOCOL_MMEXTERNAL] = {"mmexternal", "", true, false, reply_mmexternal},
    [PROTOCOL_OMPROG] = {"omprog", "OK\n", true, true, reply_omprog},
    [PROTOCOL_SYSLOG] = {"syslog", "", false, false, reply_syslog},
};

enum protocol protocol_named(const char *name) {
    size_t protocol = 0;
    while (protocol < PROTOCOLS && strcmp(manners[protocol].name, name) != 0) protocol++;
    return (enum protocol)protocol;
}

/* As many whole lines as a pipe takes at once or not at all (pipe(7)), or one that is longer: so
 * who is killed tears none. */
static size_t lines_at_once(struct view text) {
    size_t size = text.size < PIPE_BUF ? text.size : PIPE_BUF;
    while (size && text.at[size - 1] != '\n') size--;
    if (size) return size;
    size = view_find(text, 0, '\n');
    return size < text.size ? size + 1 : size;
}

static bool write_out(struct stage *stage) {
    struct view text = buffer_view(&stage->out);
    bool fine = !stage->out.failed;
    for (size_t at = 0, size; fine && at < text.size; at += size) {
        size = lines_at_once(view_part(text, at, text.size));
        fine = sink_write(STDOUT_FILENO, text.at + at, size);
    }
    buffer_clear(&stage->out);
    return fine;
}

/* Answer what came. Of a very long line the parts go on as they are; a message that its daemon
 * could not finish will be sent again, and is not to be confirmed. */
static bool take(struct stage *stage, enum intake_state state, struct view line) {
    bool answers = stage->manner->answers;
    if (state == INTAKE_REST && stage->manner->confirms) return true;
    if (state == INTAKE_PART)
        buffer_append(&stage->out, line);
    else
        stage->manner->reply(stage, line);
    if (state == INTAKE_REST && !answers && stage->out.size) stage->out.size--;
    bool more = !answers && intake_has_line(&stage->intake);
    return more || write_out(stage);
}

/* Make a scanner of what is known now; what was known before may be freed then. */
static void take_glossary(struct stage *stage) {
    const eg_glossary *glossary = stage->library.glossary;
    eg_scanner_free(stage->scanner);
    stage->scanner = glossary ? eg_scanner_new(glossary) : NULL;
    if (stage->scanner) eg_scanner_interpret(stage->scanner, stage->library.options->no_jit);
}

static void renew(struct stage *stage) {
    eg_glossary *before = library_renew(&stage->library);
    if (before || !stage->scanner) take_glossary(stage);
    eg_glossary_free(before);
}

/* Files may have been renamed, and others have come in their place. */
static void hang_up(struct stage *stage) {
    log_reopen(&stage->log);
    omprog_reopen(&stage->program);
    if (stage->library.options) renew(stage);
}

/* Go on with what a signal left to do: for the last time, where it is to end. */
static void heed_signal(struct stage *stage) {
    if (signals_take_hangup())
        hang_up(stage);
    else
        intake_drain(&stage->intake);
}

static void refresh(struct stage *stage) {
    if (stage->library.options && library_is_stale(&stage->library)) renew(stage);
}

static int end_with(struct stage *stage, const char *what, int error) {
    char text[256];
    snprintf(text, sizeof text, "%s: %s", what, strerror(error));
    log_write(&stage->log, text);
    return STATUS_TROUBLE;
}

/* Answer line for line up to the end. A daemon bounds its messages: a line in parts is none of its
 * own, and cannot be answered. */
static int answer_lines(struct stage *stage) {
    struct view line;
    buffer_append(&stage->out, view_string(stage->manner->greeting));
    if (!write_out(stage)) return end_with(stage, "cannot answer", errno);
    for (;;) {
        enum intake_state state = intake_next(&stage->intake, &line);
        if (state == INTAKE_END) return STATUS_OK;
        if (state == INTAKE_FAILED) return end_with(stage, "cannot read", errno);
        if (state == INTAKE_STOPPED) {
            heed_signal(stage);
            continue;
        }
        if (state == INTAKE_PART && stage->manner->answers)
            return end_with(stage, "cannot answer", EMSGSIZE);
        refresh(stage);
        if (!take(stage, state, line)) return end_with(stage, "cannot answer", errno);
    }
}

static bool init(struct stage *stage, enum protocol protocol, const struct options *options) {
    struct mmexternal_ways ways = {.input = (enum message_form)options->input,
                                   .into = (enum mmexternal_into)options->into,
                                   .reply_most = options->max_reply,
                                   .summary_most = options->summary_most};
    *stage = (struct stage){.manner = &manners[protocol]};
    stage->relay.style.summary_most = options->summary_most;
    omprog_init(&stage->program, options->output, options->transactions);
    stage->program.relay.style = stage->relay.style;
    const char *socket = options->syslog && !options->syslog[0] ? "/dev/log" : options->syslog;
    const char *file = options->log_file;
    if (!file && isatty(STDERR_FILENO)) file = "/dev/stderr";
    log_open(&stage->log, file, socket);
    signals_catch_hangups();
    intake_begin(&stage->intake, signals_flag());
    /* for an answer, should memory run out with the first message */
    return mmexternal_init(&stage->plugin, &ways) && buffer_reserve(&stage->out, PIPE_BUF);
}

static void release(struct stage *stage) {
    eg_scanner_free(stage->scanner);
    library_close(&stage->library);
    intake_free(&stage->intake);
    buffer_free(&stage->out);
    mmexternal_free(&stage->plugin);
    omprog_free(&stage->program);
    relay_free(&stage->relay);
    log_close(&stage->log);
}

static void tell_log(void *context, const char *message) {
    log_write(context, message);
}

int converse(enum protocol protocol, const struct options *options) {
    struct stage stage;
    int status = STATUS_TROUBLE;
    if (init(&stage, protocol, options)) {
        library_open(&stage.library, options, tell_log, &stage.log);
        take_glossary(&stage);
        log_write(&stage.log, "begins");
        status = answer_lines(&stage);
    }
    release(&stage);
    return status;
}

void converse_knowing_nothing(enum protocol protocol) {
    const struct options none = {.max_reply = 8192};
    struct stage stage;
    if (init(&stage, protocol, &none)) answer_lines(&stage);
    release(&stage);
}
