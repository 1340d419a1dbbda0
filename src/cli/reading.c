#include "reading.h"

#include <inttypes.h>
#include <stdio.h>

/* The code in decimal and hexadecimal, the family's own way first. */
static void print_code(const eg_reading *reading) {
    bool hex = reading->code.size > 2 && reading->code.at[1] == 'x';
    printf("%.*s", TEXT(reading->code));
    if (reading->textual || reading->code.at[0] == '-') return;
    if (hex)
        printf(" (%" PRIu64 ")", reading->value);
    else
        printf(" (0x%" PRIX64 ")", reading->value);
}

void reading_print(const eg_reading *reading) {
    printf("  %-16.*s ", TEXT(reading->family));
    print_code(reading);
    if (reading->symbol.size) printf(" %.*s", TEXT(reading->symbol));
    if (reading->summary.size)
        printf("%s%.*s", reading->symbol.size ? ": " : " ", TEXT(reading->summary));
    if (reading->hexadecimal) printf(" [digits read as hexadecimal]");
    if (reading->carrier) printf(" [carried in 0x%08" PRIX32 "]", reading->carrier);
    putchar('\n');
}
