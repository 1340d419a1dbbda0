#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "signals.h"
#include "stage.h"

/* A standard descriptor that is closed must not become a file's: what is written there has to fail.
 */
static void occupy_standard_descriptors(void) {
    for (int descriptor = 0; descriptor <= 2; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
}

static int run(const struct command *command, const struct options *options) {
    if (options->help) {
        command_help(command);
        return STATUS_OK;
    }
    if (options->version) {
        puts("errgloss " EG_VERSION);
        return STATUS_OK;
    }
    return command->run(options);
}

/* What was printed counts only when it has arrived. */
static int close_output(int status) {
    bool earlier = ferror(stdout);
    if (!earlier && fflush(stdout) == 0 && close(STDOUT_FILENO) == 0) return status;
    if (errno != EPIPE) complain("write error: %s", strerror(errno));
    return status ? status : STATUS_TROUBLE;
}

int main(int argc, char **argv) {
    const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;
    struct options options;
    int status = STATUS_USAGE;
    occupy_standard_descriptors();
    if (command && command->name[0]) {
        argc--;
        argv++;
    } else {
        command = command_find("");
    }
    bool stage = command->run == run_stage;
    if (stage) stage_take_stderr(argc, argv);
    if (options_read(&options, command, argc, argv))
        status = close_output(run(command, &options));
    else if (stage)
        status = stage_carry_on(argc, argv);
    options_free(&options);
    signals_raise();
    return status;
}
