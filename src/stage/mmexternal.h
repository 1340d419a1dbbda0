#ifndef MMEXTERNAL_H
#define MMEXTERNAL_H

#include "errgloss.h"
#include "message.h"

/* The replies of a plugin of rsyslog's mmexternal (www.rsyslog.com/doc/configuration/modules/
 * mmexternal.html, and seen with 8.2302): for each line that it reads it writes one line with a
 * JSON object, whose members replace properties of the message; `{}` leaves it as it is. One line
 * too many or too few, and each later message gets another's reply; a null ends the daemon. */

/* Where what is known of codes is put. */
enum mmexternal_into {
    INTO_MSG,             /* glosses in the message's text */
    INTO_STRUCTURED_DATA, /* an element of it, see elements.h; not for MESSAGE_TEXT */
    INTO_JSON /* the tree $!errgloss: `message`, the text that is spoken of or, in shorter
                 forms, how it begins; `annotated`, what becomes of it; code, family, symbol, text
                 of the first code, and `more`, a list of the same for the others */
};

struct mmexternal_ways {
    enum message_form input;
    enum mmexternal_into into;
    size_t reply_most;   /* bytes of a reply, with its end; what is longer is said in fewer words */
    size_t summary_most; /* characters of a summary; 0 for all */
};

/* What the replies are made with; one thread's. */
struct mmexternal {
    struct mmexternal_ways ways;
    struct message_reader reader;
    struct buffer elements; /* structured data on its way */
    struct buffer text;     /* an annotated one */
};

/* false when there is no memory; then it is good for mmexternal_free */
bool mmexternal_init(struct mmexternal *plugin, const struct mmexternal_ways *ways);

void mmexternal_free(struct mmexternal *plugin);

/* Append the reply to a line, which stands without its end. Whatever goes wrong, it is a reply:
 * `{}` if nothing else, for which `out` must have room. A message without a program's name is
 * judged by itself, others also by what their program has shown the scanner. */
void mmexternal_reply(struct mmexternal *plugin, eg_scanner *scanner, struct view line,
                      struct buffer *out);

#endif
