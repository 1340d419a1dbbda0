#ifndef MESSAGE_H
#define MESSAGE_H

#include "errgloss.h"
#include "finder.h"
#include "header.h"

/* As what a syslog daemon hands its messages over. */
enum message_form {
    MESSAGE_TEXT, /* the text alone (rsyslog's property msg) */
    MESSAGE_RAW,  /* as it came, header and all; a line of a log file is one too */
    MESSAGE_JSON  /* an object of its properties (rsyslog's fulljson) */
};

/* A message, to be judged as a line of its tag and its text. Time and host are added where the
 * message was written on this machine: a line that begins so is one of a Unix to us, and of others
 * nobody knows what they are. */
struct message {
    struct view line; /* so it is judged: control bytes as they were before somebody escaped them */
    size_t from;      /* where the text begins in it */
    struct view text; /* the text as it came */
    bool escaped;     /* it has escapes of control bytes, see controls.h */
    struct view before;   /* what stands before the text where the message came from */
    struct view program;  /* who wrote it; empty where nobody says */
    struct view elements; /* its structured data; `-` or empty where it has none */
};

/* Reads messages. Zeroed memory reads them, but for MESSAGE_JSON. */
struct message_reader {
    struct finder finder;
    struct buffer values;  /* of the members that were found, decoded */
    struct buffer line;    /* what is put together of a message */
    struct buffer decoded; /* the same without escapes */
};

/* make it ready for MESSAGE_JSON; false when there is no memory */
bool message_reader_init(struct message_reader *reader);

void message_reader_free(struct message_reader *reader);

/* Read one; what it borrows lasts until the next. False where the line is no message of that form,
 * or memory ran out. */
bool message_read(struct message_reader *reader, enum message_form form, struct view line,
                  struct message *ret);

/* Let a scanner find the codes of a message: by itself, and by what its program has shown. As
 * eg_scanner_line. */
size_t message_scan(const struct message *message, eg_scanner *scanner, const eg_hit **ret_hits);

/* Append the text of a message as it came, but for what was added to its line: `annotated` is that
 * from `from` on. */
void message_append(const struct message *message, struct view annotated, struct buffer *out);

#endif
