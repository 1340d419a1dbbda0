#include "stage.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "converse.h"
#include "log.h"
#include "mmexternal.h"

/* What does not go together; NULL where nothing keeps the options from it. */
static const char *hindrance(const struct options *options, enum protocol protocol) {
    bool external = protocol == PROTOCOL_MMEXTERNAL, file = protocol == PROTOCOL_OMPROG;
    if (external && options->into == INTO_STRUCTURED_DATA && options->input == MESSAGE_TEXT)
        return "--into=structured-data needs --input=rawmsg or fulljson: it has to know what is "
               "there";
    if (!external && (options->input || options->into))
        return "--input and --into go with mmexternal";
    if (!file && (options->output || options->transactions))
        return "--output and --transactions go with omprog";
    return file && !options->output ? "omprog needs --output=FILE" : NULL;
}

/* Options that are wrong have been told. Where messages wait for an answer they get one still;
 * those of omprog stay with rsyslog. */
static int carry_on(enum protocol protocol) {
    bool waits = protocol == PROTOCOL_MMEXTERNAL || protocol == PROTOCOL_SYSLOG;
    if (waits && !isatty(STDIN_FILENO)) converse_knowing_nothing(protocol);
    return STATUS_USAGE;
}

int stage_carry_on(int argc, char **argv) {
    enum protocol protocol = PROTOCOLS;
    for (int i = 1; i < argc && protocol == PROTOCOLS; i++) protocol = protocol_named(argv[i]);
    return carry_on(protocol);
}

/* The protocol that is named, and what is wrong with the command line where something is. rsyslog
 * makes an empty operand of two blanks. */
static enum protocol find_wanted(const struct options *options, const char **ret_why) {
    enum protocol wanted = PROTOCOLS;
    size_t count = 0;
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *operand = options->operands.at[i];
        if (operand[0]) count++;
        if (wanted == PROTOCOLS) wanted = protocol_named(operand);
    }
    *ret_why = wanted < PROTOCOLS && count == 1
                   ? hindrance(options, wanted)
                   : "a stage speaks one protocol: mmexternal, omprog or syslog";
    return wanted;
}

int run_stage(const struct options *options) {
    const char *why;
    enum protocol protocol = find_wanted(options, &why);
    if (!why) return converse(protocol, options);
    complain("%s", why);
    return carry_on(protocol);
}

/* The file that --log-file names, before anything is known of the other options; its name may be
 * cut short, as that of any option. */
static const char *log_file_of(int argc, char **argv) {
    static const char name[] = "--log-file";
    for (int i = 1; i < argc; i++) {
        size_t size = strcspn(argv[i], "=");
        if (size < sizeof "--l" - 1 || size >= sizeof name) continue;
        if (strncmp(argv[i], name, size) != 0) continue;
        return argv[i][size] ? argv[i] + size + 1 : argv[i + 1];
    }
    return NULL;
}

void stage_take_stderr(int argc, char **argv) {
    const char *path = log_file_of(argc, argv);
    if (isatty(STDERR_FILENO)) return;
    int log = path ? log_file(path) : -1;
    if (log < 0) log = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (log >= 0)
        dup2(log, STDERR_FILENO);
    else
        close(STDERR_FILENO);
    if (log > STDERR_FILENO) close(log);
}
