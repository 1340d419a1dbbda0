/* Explains the codes of a line with liberrgloss: a glossary is made once, a scanner is one
 * thread's.
 *
 *     cc explain_in_c.c -o explain $(pkg-config --cflags --libs errgloss)
 *     ./explain 'setup failed, hr=0x80070005'
 */
#include <errgloss.h>
#include <stdio.h>
#include <string.h>

static void print(eg_text text) {
    fwrite(text.at, 1, text.size, stdout);
}

static int explain(const eg_glossary *glossary, const char *line) {
    const eg_hit *hits;
    eg_scanner *scanner = eg_scanner_new(glossary);
    size_t count = scanner ? eg_scanner_line(scanner, line, strlen(line), &hits) : SIZE_MAX;
    for (size_t i = 0; i < count && count != SIZE_MAX; i++) {
        print(hits[i].text);
        printf(": ");
        print(hits[i].symbol);
        printf(": ");
        print(hits[i].summary);
        putchar('\n');
    }
    eg_scanner_free(scanner);
    return count == SIZE_MAX;
}

int main(int argc, char **argv) {
    eg_fault fault = {"out of memory"};
    eg_glossary *glossary = eg_glossary_new();
    int failed = 1;
    if (argc != 2)
        fprintf(stderr, "usage: %s LINE\n", argv[0]);
    else if (glossary && eg_glossary_add_builtin(glossary, &fault) &&
             eg_glossary_seal(glossary, &fault))
        failed = explain(glossary, argv[1]);
    else
        fprintf(stderr, "%s\n", fault.text);
    eg_glossary_free(glossary);
    return failed;
}
