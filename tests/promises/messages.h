#ifndef MESSAGES_H
#define MESSAGES_H

#include "buffer.h"
#include "generate.h"
#include "message.h"

/* Generated messages of a syslog. The same seed gives the same ones. */
struct messages {
    struct generator generator;
    struct buffer header, text, elements, line; /* of the last message */
};

void messages_free(struct messages *made);

/* the next number below `limit` */
size_t pick(struct messages *made, size_t limit);

/* Put the next message, of that form, into `line`. One that is not to be whole is cut off
 * somewhere, or has another byte there. */
void generate_line(struct messages *made, enum message_form form, bool whole);

#endif
