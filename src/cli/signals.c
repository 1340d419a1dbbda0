#include "signals.h"

#include <stddef.h>

/* A handler can reach nothing but static storage: the one such variable of the program. */
static volatile sig_atomic_t came;

static void note(int number) {
    came = number;
}

void signals_catch(void) {
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action, usual;
        if (sigaction(numbers[i], NULL, &usual) == 0 && usual.sa_handler == SIG_IGN) continue;
        action = (struct sigaction){.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        sigaction(numbers[i], &action, NULL);
    }
}

const volatile sig_atomic_t *signals_flag(void) {
    return &came;
}

void signals_raise(void) {
    if (!came) return;
    signal(came, SIG_DFL);
    raise(came);
}
