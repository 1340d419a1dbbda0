#include "settings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS_MOST = 256, CONTEXT_MOST = 100000, SUMMARY_MOST = 1000 };

#define AT(field) offsetof(struct options, field)

static const struct setting table[] = {
    {"format", "text|json", "text: the annotated log; json: one object for each hit", SET_CHOICE,
     AT(format), ABOUT_OUTPUT, 0, 0, 0},
    {"format", "text|json|csv", "how the report is written", SET_CHOICE, AT(format), ABOUT_REPORT,
     0, 0, 0},
    {"html", "FILE", "write it as a page that needs nothing else", SET_WORD, AT(html), ABOUT_REPORT,
     0, 0, 0},
    {"input", "text|jsonl|journal-json", "lines of JSON: annotate within their strings alone",
     SET_CHOICE, AT(input), ABOUT_OUTPUT, 0, 0, 0},
    {"field", "LIST", "the members meant; else msg, message and log, or MESSAGE", SET_WORD,
     AT(members), ABOUT_OUTPUT, 0, 0, 0},
    {"style", "inline|end|below",
     "where glosses stand: beside the code, or behind or below the line", SET_CHOICE, AT(place),
     ABOUT_STYLE, 0, 0, 0},
    {"once", NULL, "explain each code the first time, then write its symbol alone", SET_FLAG,
     AT(once), ABOUT_STYLE, 0, 0, 0},
    {"max-summary", "N", "at most N characters of a summary", SET_NUMBER, AT(summary_most),
     ABOUT_STYLE | ABOUT_STAGE, 0, 1, SUMMARY_MOST},
    {"color", "auto|always|never", "colour glosses; auto: on a terminal, see NO_COLOR", SET_CHOICE,
     AT(colour), ABOUT_STYLE | ABOUT_REPORT, 0, 0, 0},
    {"hyperlinks", NULL, "make symbols links to where they are documented (OSC 8)", SET_FLAG,
     AT(hyperlinks), ABOUT_STYLE, 0, 0, 0},
    {"only-matching-lines", NULL, "write only lines with a code", SET_FLAG, AT(only_matching),
     ABOUT_STYLE, 0, 0, 0},
    {"after-context", "N", "and N lines after each", SET_NUMBER, AT(after), ABOUT_STYLE, 'A', 0,
     CONTEXT_MOST},
    {"before-context", "N", "and N lines before each", SET_NUMBER, AT(before), ABOUT_STYLE, 'B', 0,
     CONTEXT_MOST},
    {"context", "N", "and N lines on both sides", SET_CONTEXT, AT(before), ABOUT_STYLE, 'C', 0,
     CONTEXT_MOST},
    {"with-filename", NULL, "write the file's name before each line", SET_FLAG, AT(with_filename),
     ABOUT_STYLE, 'H', 0, 0},
    {"recursive", NULL, "read all files below a directory", SET_FLAG, AT(recursive), ABOUT_INPUT,
     'r', 0, 0},
    {"include", "GLOB", "of these only files that match", ADD_WORD, AT(include), ABOUT_INPUT, 0, 0,
     0},
    {"exclude", "GLOB", "and none that match", ADD_WORD, AT(exclude), ABOUT_INPUT, 0, 0, 0},
    {"files-from", "FILE", "read the files that FILE lists, one a line or ended by NUL", SET_WORD,
     AT(files_from), ABOUT_INPUT, 0, 0, 0},
    {"no-decompress", NULL, "take compressed files and archives as they are", SET_FLAG,
     AT(no_decompress), ABOUT_INPUT, 0, 0, 0},
    {"max-size", "BYTES", "give a compressed FILE up when more than this comes out of it", SET_SIZE,
     AT(max_size), ABOUT_INPUT, 0, 0, 0},
    {"max-ratio", "N", "or more than N times its size (default 1000; 0: any)", SET_NUMBER,
     AT(max_ratio), ABOUT_INPUT, 0, 0, 1000000000},
    {"max-memory", "BYTES", "let a decoder use this much memory (default 256M)", SET_SIZE,
     AT(max_memory), ABOUT_INPUT, 0, 0, 0},
    {"output-dir", "DIR", "write each file below DIR in place of standard output", SET_WORD,
     AT(output_dir), ABOUT_FILES, 0, 0, 0},
    {"decompress", NULL, "and compressed ones plainly, without their ending", SET_FLAG,
     AT(decompress), ABOUT_FILES, 0, 0, 0},
    {"in-place", "SUFFIX", "rewrite each FILE; with a SUFFIX keep the old one under that name",
     SET_MAYBE, AT(in_place), ABOUT_FILES, 0, 0, 0},
    {"resume", NULL, "go on where such a run was interrupted", SET_FLAG, AT(resume), ABOUT_FILES, 0,
     0, 0},
    {"progress", "auto|always|never", "tell how far it is; auto: on a terminal", SET_CHOICE,
     AT(progress), ABOUT_INPUT, 0, 0, 0},
    {"encoding", "auto|utf-8|utf-16le|utf-16be", "how the log is encoded; auto: found out",
     SET_CHOICE, AT(encoding), ABOUT_INPUT, 0, 0, 0},
    {"catalog", "FILE.tsv", "add a catalog: code TAB symbol TAB summary", ADD_WORD, AT(files),
     ABOUT_KNOWLEDGE, 0, 0, 0},
    {"rules", "FILE.rules", "add rules", ADD_WORD, AT(files), ABOUT_KNOWLEDGE, 0, 0, 0},
    {"no-builtin", NULL, "start without the built-in catalogs and rules", SET_FLAG, AT(no_builtin),
     ABOUT_KNOWLEDGE, 0, 0, 0},
    {"family", "LIST", "let only these families answer, in this order", SET_WORD, AT(families),
     ABOUT_KNOWLEDGE, 0, 0, 0},
    {"dialect", "NAME", "take all lines for those of this kind of program", SET_WORD, AT(dialect),
     ABOUT_MATCHING, 0, 0, 0},
    {"success", NULL, "explain what reports success too", SET_FLAG, AT(success), ABOUT_MATCHING, 0,
     0, 0},
    {"symbols", NULL, "explain symbols that stand without a number too", SET_FLAG, AT(symbols),
     ABOUT_MATCHING, 0, 0, 0},
    {"no-rule", "NAME", "leave a rule out", ADD_WORD, AT(dropped), ABOUT_KNOWLEDGE, 0, 0, 0},
    {"ignore", "FAMILY:CODE", "write no gloss for this code", ADD_WORD, AT(ignored),
     ABOUT_KNOWLEDGE, 0, 0, 0},
    {"no-jit", NULL, "match with the regex interpreter, not with machine code", SET_FLAG,
     AT(no_jit), ABOUT_MATCHING, 0, 0, 0},
    {"gate", "KIND", "find places for rules by auto, avx512, avx2, ssse3, neon, portable or none",
     SET_WORD, AT(gate), ABOUT_MATCHING, 0, 0, 0},
    {"jobs", "N", "so many threads for a large file; else one for each processor", SET_NUMBER,
     AT(threads), ABOUT_OUTPUT, 'j', 1, THREADS_MOST},
    {"stats", NULL, "at the end, print what was counted to standard error", SET_FLAG, AT(stats),
     ABOUT_OUTPUT, 0, 0, 0},
    {"byte-range", "A:B", "only the lines that begin in these bytes of each FILE", SET_WORD,
     AT(byte_range), ABOUT_OUTPUT, 0, 0, 0},
    {"shard", "I/N", "only the I-th of N parts of each FILE", SET_WORD, AT(shard), ABOUT_OUTPUT, 0,
     0, 0},
    {"from", "FORM", "read header, mc, man, csv, json or catalog; else the file's name tells",
     SET_WORD, AT(form), ABOUT_IMPORT, 0, 0, 0},
    {"select", "GLOB", "take the codes whose symbols match, as in 'ERROR_*'", ADD_WORD,
     AT(selected), ABOUT_IMPORT, 0, 0, 0},
    {"output", "FILE.tsv", "write there, all or nothing; else to standard output", SET_WORD,
     AT(output), ABOUT_IMPORT, 'o', 0, 0},
    {"input", "msg|rawmsg|fulljson", "mmexternal: what rsyslog hands over, its interface.input",
     SET_CHOICE, AT(input), ABOUT_STAGE, 0, 0, 0},
    {"into", "msg|structured-data|json", "mmexternal: where to put it (json: the tree $!errgloss)",
     SET_CHOICE, AT(into), ABOUT_STAGE, 0, 0, 0},
    {"max-reply", "BYTES", "mmexternal: say less where a reply is longer (default 8K)", SET_SIZE,
     AT(max_reply), ABOUT_STAGE, 0, 0, 0},
    {"output", "FILE", "omprog: append the annotated messages there", SET_WORD, AT(output),
     ABOUT_STAGE, 'o', 0, 0},
    {"transactions", NULL, "omprog: as with useTransactions, sync at the end of each", SET_FLAG,
     AT(transactions), ABOUT_STAGE, 0, 0, 0},
    {"log-file", "FILE", "append what is to be said of the stage itself", SET_WORD, AT(log_file),
     ABOUT_STAGE, 0, 0, 0},
    {"syslog", "SOCKET", "send it to the syslog too, as few messages (default /dev/log)", SET_MAYBE,
     AT(syslog), ABOUT_STAGE, 0, 0, 0},
    {"help", NULL, "show this help", SET_FLAG, AT(help), 0, 'h', 0, 0},
    {"version", NULL, "show the version", SET_FLAG, AT(version), 0, 'V', 0, 0},
};

const struct setting *settings(size_t *ret_count) {
    *ret_count = sizeof table / sizeof *table;
    return table;
}

static bool read_number(const char *text, const char **ret_end, uint64_t *ret) {
    char *end;
    errno = 0;
    *ret = strtoull(text, &end, 10);
    *ret_end = end;
    return text[0] >= '0' && text[0] <= '9' && errno == 0;
}

static bool set_number(const struct setting *setting, uint64_t *field, const char *value) {
    const char *end;
    bool fine = read_number(value, &end, field) && *end == '\0' && *field >= setting->least &&
                *field <= setting->most;
    if (!fine)
        complain("--%s is a number from %" PRIu64 " to %" PRIu64 ", not '%s'", setting->name,
                 setting->least, setting->most, value);
    return fine;
}

static bool set_size(const struct setting *setting, uint64_t *field, const char *value) {
    static const char units[] = "KMGT";
    const char *end;
    bool fine = read_number(value, &end, field) && *field > 0;
    const char *unit = fine && *end ? strchr(units, *end) : NULL;
    unsigned bits = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    fine = fine && (*end == '\0' || (unit && end[1] == '\0')) && *field <= UINT64_MAX >> bits;
    *field <<= bits;
    if (!fine) complain("--%s is a number of bytes, as in 500M, not '%s'", setting->name, value);
    return fine;
}

/* Find the value among `a|b|c`. */
static bool set_choice(const struct setting *setting, unsigned *field, const char *value) {
    unsigned index = 0;
    size_t size = strlen(value);
    for (const char *word = setting->value; word; index++) {
        const char *end = strchr(word, '|');
        size_t length = end ? (size_t)(end - word) : strlen(word);
        *field = index;
        if (length == size && memcmp(word, value, size) == 0) return true;
        word = end ? end + 1 : NULL;
    }
    complain("--%s is one of %s, not '%s'", setting->name, setting->value, value);
    return false;
}

static bool set_context(const struct setting *setting, struct options *options, const char *value) {
    bool fine = set_number(setting, &options->before, value);
    options->after = options->before;
    return fine;
}

bool setting_apply(const struct setting *setting, struct options *options, const char *value) {
    void *field = (char *)options + setting->offset;
    struct words *words = field;
    switch (setting->kind) {
    case SET_FLAG:
        return *(bool *)field = true;
    case SET_WORD:
        *(const char **)field = value;
        return true;
    case SET_MAYBE:
        *(const char **)field = value ? value : "";
        return true;
    case ADD_WORD:
        words->at[words->count++] = value;
        return true;
    case SET_NUMBER:
        return set_number(setting, field, value);
    case SET_SIZE:
        return set_size(setting, field, value);
    case SET_CHOICE:
        return set_choice(setting, field, value);
    default:
        return set_context(setting, options, value);
    }
}
