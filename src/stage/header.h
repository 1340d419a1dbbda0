#ifndef HEADER_H
#define HEADER_H

#include "view.h"

/* What stands before the text of a syslog message: by RFC 5424, `<34>1 2003-10-11T22:14:15.003Z
 * host app 77 ID47 [structured data] text`, or as RFC 3164 describes what programs write, `<34>Oct
 * 11 22:14:15 host app[77]: text`, where the time may be of RFC 3339 and any of it may be missing.
 */
struct header {
    size_t size;      /* the text begins behind so many bytes */
    size_t priority;  /* so many of them are its `<34>` */
    size_t tag;       /* and so many stand before the tag, by RFC 3164 */
    bool structured;  /* it is one of RFC 5424 */
    struct view time; /* what is missing is empty, or `-` by RFC 5424 */
    struct view host;
    struct view program;
    struct view process;
    struct view elements; /* its structured data, by RFC 5424; where that is broken, all from there
                             on, which is the text too */
};

/* Read the header of a message as it came. One that is neither is all text. */
void header_read(struct view raw, struct header *ret);

#endif
