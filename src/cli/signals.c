#include "signals.h"

#include <stddef.h>

/* A handler can reach nothing but static storage: the one such variable of the program. */
static volatile sig_atomic_t came;

static void note(int number) {
    came = number;
}

/* what is to end the program is not forgotten for a hangup */
static void note_hangup(int number) {
    if (!came) came = number;
}

static void handle(int number, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags}, usual;
    if (sigaction(number, NULL, &usual) == 0 && usual.sa_handler == SIG_IGN) return;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void signals_catch(void) {
    handle(SIGTERM, note, (int)SA_RESETHAND);
    handle(SIGINT, note, (int)SA_RESETHAND);
    handle(SIGHUP, note, (int)SA_RESETHAND);
}

void signals_catch_hangups(void) {
    handle(SIGTERM, note, 0);
    handle(SIGINT, note, (int)SA_RESETHAND);
    handle(SIGHUP, note_hangup, 0);
    signal(SIGXFSZ, SIG_IGN);
}

bool signals_take_hangup(void) {
    sigset_t all, usual;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &usual);
    bool hangup = came == SIGHUP;
    if (hangup) came = 0;
    sigprocmask(SIG_SETMASK, &usual, NULL);
    return hangup;
}

const volatile sig_atomic_t *signals_flag(void) {
    return &came;
}

void signals_raise(void) {
    if (!came) return;
    signal(came, SIG_DFL);
    raise(came);
}
