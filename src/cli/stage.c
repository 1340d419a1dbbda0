#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "intake.h"
#include "library.h"
#include "log.h"
#include "mmexternal.h"
#include "omprog.h"
#include "signals.h"
#include "sink.h"

struct protocol;

/* A stage at work: what it knows, and what it says by which protocol. */
struct stage {
    const struct protocol *protocol;
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
struct protocol {
    const char *name;
    const char *greeting; /* what is said before anything comes */
    bool answers;         /* each line is answered before the next one comes */
    void (*reply)(struct stage *stage, struct view line);
};

static void reply_mmexternal(struct stage *stage, struct view line) {
    mmexternal_reply(&stage->plugin, stage->scanner, line, &stage->out);
}

static void reply_omprog(struct stage *stage, struct view line) {
    omprog_reply(&stage->program, stage->scanner, line, &stage->out);
}

static void reply_syslog(struct stage *stage, struct view line) {
    relay_line(&stage->relay, stage->scanner, line, &stage->out);
}

static const struct protocol protocols[] = {
    {"mmexternal", "", true, reply_mmexternal},
    {"omprog", "OK\n", true, reply_omprog},
    {"syslog", "", false, reply_syslog},
};

static bool write_out(struct stage *stage) {
    bool fine = !stage->out.failed && sink_write(STDOUT_FILENO, stage->out.at, stage->out.size);
    buffer_clear(&stage->out);
    return fine;
}

/* Answer what came. A daemon bounds its messages: a line in parts is none of its own, and ends a
 * conversation in which it would have to be answered. */
static bool take(struct stage *stage, enum intake_state state, struct view line) {
    bool answers = stage->protocol->answers;
    if (state != INTAKE_PART)
        stage->protocol->reply(stage, line);
    else if (!answers)
        buffer_append(&stage->out, line);
    if (state == INTAKE_REST && !answers && stage->out.size) stage->out.size--;
    bool more = !answers && intake_has_line(&stage->intake);
    return (state != INTAKE_PART || !answers) && (more || write_out(stage));
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

/* Answer line for line up to the end. */
static int converse(struct stage *stage) {
    struct view line;
    buffer_append(&stage->out, view_string(stage->protocol->greeting));
    if (!write_out(stage)) return end_with(stage, "cannot answer", errno);
    for (;;) {
        enum intake_state state = intake_next(&stage->intake, &line);
        if (state == INTAKE_END) return STATUS_OK;
        if (state == INTAKE_FAILED) return end_with(stage, "cannot read", errno);
        if (state == INTAKE_STOPPED) {
            heed_signal(stage);
            continue;
        }
        refresh(stage);
        if (!take(stage, state, line)) return end_with(stage, "cannot answer", errno);
    }
}

static bool init(struct stage *stage, const struct protocol *protocol,
                 const struct options *options) {
    struct mmexternal_ways ways = {.input = (enum message_form)options->input,
                                   .into = (enum mmexternal_into)options->into,
                                   .reply_most = options->max_reply,
                                   .summary_most = options->summary_most};
    *stage = (struct stage){.protocol = protocol};
    stage->relay.style.summary_most = options->summary_most;
    omprog_init(&stage->program, options->output, options->transactions);
    stage->program.relay.style = stage->relay.style;
    const char *socket = options->syslog && !options->syslog[0] ? "/dev/log" : options->syslog;
    log_open(&stage->log, options->log_file, socket);
    signals_catch_hangups();
    intake_begin(&stage->intake, signals_flag());
    return mmexternal_init(&stage->plugin, &ways);
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

/* What does not go together; NULL where nothing keeps the options from it. */
static const char *hindrance(const struct options *options, const struct protocol *protocol) {
    bool external = protocol->reply == reply_mmexternal, file = protocol->reply == reply_omprog;
    if (external && options->into == INTO_STRUCTURED_DATA && options->input == MESSAGE_TEXT)
        return "--into=structured-data needs --input=rawmsg or fulljson: it has to know what is "
               "there";
    if (!external && (options->input || options->into))
        return "--input and --into go with mmexternal";
    if (!file && (options->output || options->transactions))
        return "--output and --transactions go with omprog";
    if (file && !options->output) return "omprog needs --output=FILE";
    return NULL;
}

/* Options that are wrong have been told. Where messages wait for an answer they get one still. */
static int carry_on(const struct protocol *protocol) {
    const struct options none = {.max_reply = 8192};
    struct stage stage;
    bool waits = protocol && protocol->reply != reply_omprog && !isatty(STDIN_FILENO);
    if (waits && init(&stage, protocol, &none)) converse(&stage);
    if (waits) release(&stage);
    return STATUS_USAGE;
}

static const struct protocol *find_protocol(const char *name) {
    for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++)
        if (strcmp(protocols[i].name, name) == 0) return &protocols[i];
    return NULL;
}

int stage_carry_on(int argc, char **argv) {
    const struct protocol *protocol = NULL;
    for (int i = 1; i < argc && !protocol; i++) protocol = find_protocol(argv[i]);
    return carry_on(protocol);
}

/* The protocol that is named, and what is wrong with the command line where something is. rsyslog
 * makes an empty operand of two blanks. */
static const struct protocol *find_wanted(const struct options *options, const char **ret_why) {
    const struct protocol *wanted = NULL;
    size_t count = 0;
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *operand = options->operands.at[i];
        if (operand[0]) count++;
        if (!wanted) wanted = find_protocol(operand);
    }
    *ret_why = wanted && count == 1 ? hindrance(options, wanted)
                                    : "a stage speaks one protocol: mmexternal, omprog or syslog";
    return wanted;
}

int run_stage(const struct options *options) {
    struct stage stage;
    const char *why;
    const struct protocol *protocol = find_wanted(options, &why);
    if (why) {
        complain("%s", why);
        return carry_on(protocol);
    }
    int status = STATUS_TROUBLE;
    if (init(&stage, protocol, options)) {
        library_open(&stage.library, options, tell_log, &stage.log);
        take_glossary(&stage);
        log_write(&stage.log, "begins");
        status = converse(&stage);
    }
    release(&stage);
    return status;
}

/* The file that --log-file names, before anything is known of the other options. */
static const char *log_file_of(int argc, char **argv) {
    static const char name[] = "--log-file";
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], name, sizeof name - 1) != 0) continue;
        if (argv[i][sizeof name - 1] == '=') return argv[i] + sizeof name;
        if (argv[i][sizeof name - 1] == '\0') return argv[i + 1];
    }
    return NULL;
}

void stage_take_stderr(int argc, char **argv) {
    const char *path = log_file_of(argc, argv);
    if (isatty(STDERR_FILENO)) return;
    /* as log_reopen */
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int log = path ? open(path, flags, 0640) : -1;
    if (log < 0) log = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (log >= 0)
        dup2(log, STDERR_FILENO);
    else
        close(STDERR_FILENO);
    if (log > STDERR_FILENO) close(log);
}
