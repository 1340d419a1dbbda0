#ifndef INSERTS_H
#define INSERTS_H

#include "buffer.h"

/* Append a message text with its escapes replaced: `%1` and `%1!s!` (what the program puts in)
 * become `...`, `%n` `%r` `%t` `%b` a blank, `%%` `%.` `%!` what stands behind the sign; `%0` ends
 * it. Source: "Message Text Files", learn.microsoft.com/windows/win32/eventlog. */
void append_without_inserts(struct buffer *out, struct view text);

#endif
