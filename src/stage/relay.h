#ifndef RELAY_H
#define RELAY_H

#include "errgloss.h"
#include "message.h"

/* Annotates the messages of a syslog, one a line: headers and structured data stay as they are,
 * each message is judged by itself and by what its program has shown. A line without a priority is
 * one of a log file, and annotated whole. Zeroed memory is ready. */
struct relay {
    struct message_reader reader;
    eg_style style; /* what eg_scanner_annotate takes of it */
};

void relay_free(struct relay *relay);

/* Append a line, which stands without its end, and a line feed; without a scanner (NULL) as it is.
 * When memory runs out, what is appended may lack glosses and nothing else; `out` tells by itself.
 */
void relay_line(struct relay *relay, eg_scanner *scanner, struct view line, struct buffer *out);

#endif
