#ifndef AHEAD_H
#define AHEAD_H

#include "unpack.h"

/* Unpacking in a thread of its own, a little ahead of who reads: so decoding and what is done with
 * the text overlap. For files, which never have to be waited for. What is told, and in which order,
 * is what unpack tells. */
struct ahead;

/* Begin to unpack; the source stays open until ahead_free. NULL when there is no memory, or no
 * thread: errno says why. */
struct ahead *ahead_new(const struct source *source, const struct unpack_limits *limits);

/* stop the thread, however far it is, and free all */
void ahead_free(struct ahead *ahead);

/* as unpack_next */
enum unpack_state ahead_next(struct ahead *ahead, const char **ret_member);

/* as unpack_read */
enum unpack_state ahead_read(struct ahead *ahead, char *bytes, size_t size, size_t *ret_size);

/* as unpack_about */
struct unpack_about ahead_about(const struct ahead *ahead);

/* as unpack_message */
const char *ahead_message(const struct ahead *ahead);

#endif
