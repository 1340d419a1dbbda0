#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "knowledge.h"
#include "reading.h"

/* How many rows of the table are shown on each side of a code. */
enum { NEIGHBOURS = 2 };

/* How many codes of other families that stand for it are shown. */
enum { MAPPED_MOST = 6 };

static const char *const titles[EG_SECTIONS] = {
    [EG_MEANING] = "What it means",
    [EG_WHERE] = "Where it is met",
    [EG_CAUSES] = "Usual causes, the likeliest first",
    [EG_STEPS] = "What to check or do",
    [EG_RELATED] = "Related codes",
};

/* Print the lines of a section without the blanks before them, the text of an item under its dash.
 */
static void print_lines(eg_text text) {
    const char *end = text.at + text.size;
    bool items = false;
    for (const char *line = text.at; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) stop = end;
        while (line < stop && *line == ' ') line++;
        bool item = line < stop && *line == '-';
        items |= item;
        if (line < stop) printf("  %s%.*s\n", items && !item ? "  " : "", (int)(stop - line), line);
        line = stop + 1;
    }
}

static void print_related(const eg_glossary *glossary, const eg_reading *reading, eg_text codes) {
    const char *end = codes.at + codes.size;
    for (const char *word = codes.at; word < end;) {
        size_t blanks = strspn(word, " \t\n"), size = strcspn(word + blanks, " \t\n");
        eg_text code = {word + blanks, size};
        word += blanks + size;
        if (word > end || size == 0) break;
        eg_reading related;
        if (eg_find(glossary, reading->family, code, &related)) reading_print(&related);
    }
}

static void print_sections(const eg_glossary *glossary, const eg_reading *reading,
                           const eg_text sections[EG_SECTIONS]) {
    for (size_t i = 0; i < EG_SECTIONS; i++) {
        printf("\n%s\n", titles[i]);
        if (i == EG_RELATED)
            print_related(glossary, reading, sections[i]);
        else
            print_lines(sections[i]);
    }
}

/* What the table alone tells of a code that nobody has written about. */
static void print_facts(const eg_glossary *glossary, const eg_reading *reading) {
    eg_reading neighbour;
    puts("\nBeside it in the table");
    for (int steps = -NEIGHBOURS; steps <= NEIGHBOURS; steps++)
        if (steps && eg_neighbour(glossary, reading, steps, &neighbour)) reading_print(&neighbour);
}

/* What follows the prefix of a symbol: ACCESS_DENIED of both ERROR_ and STATUS_ACCESS_DENIED. */
static eg_text stem_of(eg_text symbol) {
    const char *bar = memchr(symbol.at, '_', symbol.size);
    size_t prefix = bar ? (size_t)(bar - symbol.at) + 1 : 0;
    return (eg_text){symbol.at + prefix, symbol.size - prefix};
}

static bool is_namesake(const eg_reading *one, const eg_reading *other) {
    if (one->symbol.size == 0 || other->symbol.size == 0) return false;
    eg_text stem = stem_of(one->symbol), like = stem_of(other->symbol);
    return stem.size == like.size && memcmp(stem.at, like.at, stem.size) == 0;
}

/* Many codes can be passed on as one; that of the same name comes first. */
static void print_mapped(const eg_glossary *glossary, const eg_reading *reading) {
    eg_reading mapped;
    size_t left = MAPPED_MOST;
    if (eg_mapped(glossary, reading, 0, &mapped)) puts("\nIn other layers it is");
    for (int namesakes = 1; namesakes >= 0; namesakes--)
        for (size_t i = 0; left && eg_mapped(glossary, reading, i, &mapped); i++) {
            if (is_namesake(reading, &mapped) != namesakes) continue;
            reading_print(&mapped);
            left--;
        }
}

/* The families whose codes Windows wraps as those of its facility Win32. */
static bool is_wrapped(const eg_reading *reading) {
    static const char *const families[] = {"win32", "winsock", "wininet", "winhttp", "nerr"};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (strlen(families[i]) == reading->family.size &&
            memcmp(families[i], reading->family.at, reading->family.size) == 0)
            return true;
    return false;
}

static void print_spellings(const eg_reading *reading) {
    char bits[160];
    if (reading->textual || reading->value > UINT32_MAX) return;
    uint32_t value = (uint32_t)reading->value;
    puts("\nSpellings");
    printf("  decimal %" PRIu32 ", hexadecimal 0x%" PRIX32, value, value);
    if (value & 0x80000000) printf(", signed %" PRId32, (int32_t)value);
    putchar('\n');
    if (value > 0 && value <= 0xffff && is_wrapped(reading))
        printf("  in an HRESULT 0x%08" PRIX32 " (%" PRId32 "), in an NTSTATUS 0x%08" PRIX32 "\n",
               0x80070000 | value, (int32_t)(0x80070000 | value), 0xc0070000 | value);
    if (eg_bits(value, bits, sizeof bits)) printf("  by its bits: %s\n", bits);
}

static void print_head(const eg_reading *reading) {
    reading_print(reading);
    printf("  from %.*s\n", TEXT(reading->origin));
}

static void explain(const eg_glossary *glossary, const eg_reading *reading) {
    eg_text sections[EG_SECTIONS];
    print_head(reading);
    if (eg_explain(glossary, reading, sections))
        print_sections(glossary, reading, sections);
    else
        print_facts(glossary, reading);
    print_mapped(glossary, reading);
    print_spellings(reading);
}

/* The reading to explain: the first that somebody has written about, else the first. */
static size_t choose(const eg_glossary *glossary, const eg_reading *readings, size_t count) {
    eg_text sections[EG_SECTIONS];
    for (size_t i = 0; i < count; i++)
        if (eg_explain(glossary, &readings[i], sections)) return i;
    return 0;
}

static void explain_readings(const eg_glossary *glossary, const eg_reading *readings,
                             size_t count) {
    size_t chosen = choose(glossary, readings, count);
    explain(glossary, &readings[chosen]);
    if (count > 1) puts("\nOther readings; FAMILY:CODE explains one of them");
    for (size_t i = 0; i < count; i++)
        if (i != chosen) reading_print(&readings[i]);
}

static bool explain_word(const eg_glossary *glossary, const char *typed) {
    eg_text text = {typed, strlen(typed)};
    eg_reading single;
    const char *colon = strchr(typed, ':');
    if (colon && eg_find(glossary, (eg_text){typed, (size_t)(colon - typed)},
                         (eg_text){colon + 1, strlen(colon + 1)}, &single)) {
        explain(glossary, &single);
        return true;
    }
    size_t count = eg_lookup(glossary, text, NULL, 0);
    eg_reading *readings = count ? calloc(count, sizeof *readings) : NULL;
    if (readings) {
        eg_lookup(glossary, text, readings, count);
        explain_readings(glossary, readings, count);
    } else if (count) {
        complain("out of memory");
    } else {
        complain("no catalog knows '%s'", typed);
    }
    free(readings);
    return count > 0;
}

int run_explain(const struct options *options) {
    return knowledge_ask(options, "explain needs a code or a symbol", explain_word);
}
