#ifndef SIGNALS_H
#define SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/* Let SIGTERM, SIGINT and SIGHUP set a flag instead of ending the program, so that what was read
 * can be written; the second one of a kind ends it at once. Ignored ones stay ignored. */
void signals_catch(void);

/* The same, but SIGHUP comes again and again and is no end: signals_take_hangup tells of it; a
 * second SIGTERM changes nothing: systemd sends one to a daemon and all that it started, and the
 * daemon sends another; and a file that reaches a limit of sizes fails to be written, no more. */
void signals_catch_hangups(void);

/* the flag: the number of the signal that came, 0 before */
const volatile sig_atomic_t *signals_flag(void);

/* say whether it is SIGHUP that came, and forget it */
bool signals_take_hangup(void);

/* end the program by the signal that came, as if it had not been caught */
void signals_raise(void);

#endif
