#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "knowledge.h"
#include "reading.h"

static void print_spellings(uint32_t value) {
    if (value & 0x80000000)
        printf("0x%08" PRIX32 " = %" PRId32 " = %" PRIu32, value, (int32_t)value, value);
    else
        printf("%" PRIu32 " = 0x%" PRIX32, value, value);
    /* HRESULT_FROM_WIN32 holds for codes of 16 bits */
    if (value > 0 && value <= 0xffff)
        printf("; as a Win32 code in an HRESULT 0x%08" PRIX32 " = %" PRId32, 0x80070000 | value,
               (int32_t)(0x80070000 | value));
    putchar('\n');
}

static bool same_value(const eg_reading *a, const eg_reading *b) {
    return !a->textual && a->value == b->value;
}

/* A symbol's spellings are those of its codes, each once. */
static void print_symbol_spellings(const eg_reading *readings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool told = readings[i].textual || readings[i].value > UINT32_MAX;
        for (size_t j = 0; j < i && !told; j++) told = same_value(&readings[j], &readings[i]);
        if (!told) print_spellings((uint32_t)readings[i].value);
    }
}

static void print_answer(const char *typed, const eg_reading *readings, size_t count) {
    uint32_t value;
    char bits[160];
    bool numeric = eg_value32((eg_text){typed, strlen(typed)}, &value);
    if (numeric)
        print_spellings(value);
    else
        print_symbol_spellings(readings, count);
    for (size_t i = 0; i < count; i++) reading_print(&readings[i]);
    if (numeric && eg_bits(value, bits, sizeof bits)) printf("  %-16s %s\n", "bits", bits);
    if (count == 0) complain("no catalog knows '%s'", typed);
}

static bool look_up(const eg_glossary *glossary, const char *typed) {
    eg_text text = {typed, strlen(typed)};
    size_t count = eg_lookup(glossary, text, NULL, 0);
    eg_reading *readings = calloc(count + 1, sizeof *readings);
    if (!readings) {
        complain("out of memory");
        return false;
    }
    eg_lookup(glossary, text, readings, count);
    print_answer(typed, readings, count);
    free(readings);
    return count > 0;
}

int run_lookup(const struct options *options) {
    return knowledge_ask(options, "lookup needs a code or a symbol", look_up);
}
