#ifndef OMPROG_H
#define OMPROG_H

#include "relay.h"

/* The replies of a program of rsyslog's omprog with confirmMessages (www.rsyslog.com/doc/
 * configuration/modules/omprog.html, and seen with 8.2302), which writes the messages, annotated,
 * into a file. `OK` says that it is ready, and then for each line that its message is done with;
 * any other reply, and rsyslog sends the message again. With transactions, messages come between
 * `BEGIN TRANSACTION` and `COMMIT TRANSACTION`; the reply to each is `DEFER_COMMIT`, and the OK to
 * the last line takes them over. When a program dies in a transaction, only the message at hand is
 * sent again, not those before it (github.com/rsyslog/rsyslog/issues/2420): so each is in the file
 * when it is answered, and on the disk at the end of its transaction. No message is lost, one may
 * be written twice. */
struct omprog {
    struct relay relay;
    const char *path; /* of the file; stays the caller's */
    int descriptor;   /* -1: it has to be opened */
    bool transactions;
    bool unsynced;       /* lines of a transaction were written since the last sync */
    bool sync_failed;    /* one did, when the file was left in the middle of a transaction */
    struct buffer lines; /* of the message at hand */
    int error;           /* why the last message could not be written; 0 where it was */
};

void omprog_init(struct omprog *program, const char *path, bool transactions);

void omprog_free(struct omprog *program);

/* Append the reply to a line, which stands without its end. Files are appended to, made with mode
 * 0640, synced at the end of a transaction; a last line that some crash has torn is ended. */
void omprog_reply(struct omprog *program, eg_scanner *scanner, struct view line,
                  struct buffer *out);

/* Open the file anew with the next message: it may have been renamed. */
void omprog_reopen(struct omprog *program);

#endif
