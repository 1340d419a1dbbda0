#ifndef CONVERSE_H
#define CONVERSE_H

#include "options.h"

/* Conversations with syslog daemons, line for line, on standard input and output. */
enum protocol {
    PROTOCOL_MMEXTERNAL,
    PROTOCOL_OMPROG,
    PROTOCOL_SYSLOG, /* lines are given back annotated */
    PROTOCOLS        /* how many there are: none of them */
};

enum protocol protocol_named(const char *name);

/* Converse up to the end of input, or a signal, with what is known and valid; reads it anew when
 * files change, or by SIGHUP. Returns the exit status. */
int converse(enum protocol protocol, const struct options *options);

/* The same without anything that is known: messages pass as they are. */
void converse_knowing_nothing(enum protocol protocol);

#endif
