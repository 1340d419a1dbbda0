#ifndef LOCK_H
#define LOCK_H

#include <stdbool.h>

/* Open the journal of a directory and lock it, making it where there is none. -1 and a message, or
 * errno where that is NULL: another run has it, or has left it and this one is not to resume. */
int lock_journal(int directory, bool resume, const char **ret_message);

#endif
