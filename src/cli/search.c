#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "commands.h"
#include "knowledge.h"
#include "reading.h"

/* More than this is not read by anybody. */
enum { SHOWN = 50 };

static int search(const eg_glossary *glossary, eg_text words) {
    eg_reading readings[SHOWN];
    size_t count = eg_search(glossary, words, readings, SHOWN);
    if (count == SIZE_MAX) {
        complain("out of memory");
        return STATUS_TROUBLE;
    }
    for (size_t i = 0; i < count && i < SHOWN; i++) reading_print(&readings[i]);
    if (count > SHOWN) printf("  and %zu more; add a word to see fewer\n", count - SHOWN);
    if (count == 0) complain("nothing holds all of '%.*s'", TEXT(words));
    return count ? STATUS_OK : STATUS_TROUBLE;
}

static int search_operands(const eg_glossary *glossary, const struct words *operands) {
    struct buffer words = {0};
    for (size_t i = 0; i < operands->count; i++)
        buffer_format(&words, "%s%s", i ? " " : "", operands->at[i]);
    int status = search(glossary, (eg_text){words.at, words.size});
    buffer_free(&words);
    return status;
}

int run_search(const struct options *options) {
    if (options->operands.count == 0) {
        complain("search needs a word");
        return STATUS_USAGE;
    }
    eg_glossary *glossary = knowledge_load(options);
    if (!glossary) return STATUS_USAGE;
    int status = search_operands(glossary, &options->operands);
    eg_glossary_free(glossary);
    return status;
}
