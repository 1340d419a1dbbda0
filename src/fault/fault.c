#include "fault.h"

#include <stdarg.h>
#include <stdio.h>

bool fault_at(struct fault *fault, struct view origin, size_t line, size_t column,
              const char *format, ...) {
    va_list values;
    snprintf(fault->origin, sizeof fault->origin, "%.*s", (int)origin.size, origin.at);
    fault->line = line;
    fault->column = column;
    va_start(values, format);
    vsnprintf(fault->message, sizeof fault->message, format, values);
    va_end(values);
    return false;
}

bool fault_memory(struct fault *fault) {
    return fault_at(fault, VIEW(""), 0, 0, "out of memory");
}

void fault_print(const struct fault *fault, char *text, size_t size) {
    if (fault->column)
        snprintf(text, size, "%s:%zu:%zu: %s", fault->origin, fault->line, fault->column,
                 fault->message);
    else if (fault->line)
        snprintf(text, size, "%s:%zu: %s", fault->origin, fault->line, fault->message);
    else
        snprintf(text, size, "%s%s%s", fault->origin, fault->origin[0] ? ": " : "", fault->message);
}
