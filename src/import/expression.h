#ifndef EXPRESSION_H
#define EXPRESSION_H

#include "buffer.h"

/* The value of a constant as C spells it. */
struct constant {
    uint64_t value; /* a negative one in two's complement */
    bool hex;       /* a hexadecimal number took part */
};

/* A name that has a value. */
struct definition {
    struct view name;
    struct constant constant;
};

struct scope {
    struct definition *definitions;
    size_t count, capacity;
};

void scope_free(struct scope *scope);

/* remember what a name stands for; false when memory ran out */
bool scope_define(struct scope *scope, struct definition definition);

/* The value of an expression: numbers, names of the scope, parentheses, casts, ~ - + * << >> & ^ |
 * and the macros that make an HRESULT; a macro of one argument that nobody knows is taken for a
 * cast. False where it has no value that is known. */
bool expression_value(const struct scope *scope, struct view text, struct constant *ret);

#endif
