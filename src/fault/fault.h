#ifndef FAULT_H
#define FAULT_H

#include "view.h"

/* A fault is what went wrong and where; how it is shown is for others. `line` and `column` count
 * from 1, in bytes; 0 where the fault has no such place. */
struct fault {
    char origin[512];
    size_t line;
    size_t column;
    char message[512];
};

/* note a fault in a text, as printf would, and return false for the caller to pass on */
__attribute__((format(printf, 5, 6))) bool fault_at(struct fault *fault, struct view origin,
                                                    size_t line, size_t column, const char *format,
                                                    ...);

/* note that memory ran out, and return false */
bool fault_memory(struct fault *fault);

/* The fault as one line without its end, `origin:line:column: message`, into `text` of `size`
 * bytes, cut where it does not fit. */
void fault_print(const struct fault *fault, char *text, size_t size);

#endif
