/* errgloss: finds error codes in log text by rules and explains them.
 *
 * Three lifetimes, three types. A glossary (catalogs and rules) is filled, sealed, and never
 * changes again: any number of threads share it. A scanner or a filter is one thread's; it borrows
 * its glossary, which must outlive it. What they return is borrowed until their next call.
 *
 * The library prints nothing, never exits and keeps no state of its own. Where memory runs out a
 * constructor returns NULL and a call says so. */
#ifndef ERRGLOSS_H
#define ERRGLOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define EG_PUBLIC __attribute__((visibility("default")))
#else
#define EG_PUBLIC
#endif

#define EG_VERSION "0.1.0"

/* Text that somebody else owns; it may hold any byte and has no NUL behind it. */
typedef struct eg_text {
    const char *at;
    size_t size;
} eg_text;

/* What went wrong, as one line: `origin:line:column: message`. */
typedef struct eg_fault {
    char text[1088];
} eg_fault;

/* ---- Glossary: catalogs and rules ---- */

typedef struct eg_glossary eg_glossary;

/* make an empty glossary */
EG_PUBLIC eg_glossary *eg_glossary_new(void);

/* free it; NULL is fine */
EG_PUBLIC void eg_glossary_free(eg_glossary *glossary);

/* What follows returns false and fills `fault` when something is wrong; the glossary is then only
 * good for eg_glossary_free. */

/* add the catalogs and rules that the library was built with */
EG_PUBLIC bool eg_glossary_add_builtin(eg_glossary *glossary, eg_fault *fault);

/* What is added from here on wins over what is there: a catalog of the same family and a rule of
 * the same name replace the earlier one, and where codes of equal length overlap the new rules come
 * first. */
EG_PUBLIC void eg_glossary_overlay(eg_glossary *glossary);

/* read a catalog (`FAMILY.tsv`), explanations (`FAMILY.explain`), a mapping (`FAMILY.mapping`) or
 * rules (`TOPIC.rules`) from a file, checked row by row and with the samples of each rule */
EG_PUBLIC bool eg_glossary_add_file(eg_glossary *glossary, const char *path, eg_fault *fault);

/* the same from memory; the text is copied, `name` ends as a file's does and is told in faults */
EG_PUBLIC bool eg_glossary_add_text(eg_glossary *glossary, const char *name, const char *text,
                                    size_t size, eg_fault *fault);

/* let only these families answer, whatever the rules say: names divided by commas or blanks */
EG_PUBLIC bool eg_glossary_set_families(eg_glossary *glossary, const char *families,
                                        eg_fault *fault);

/* take a rule out */
EG_PUBLIC bool eg_glossary_drop_rule(eg_glossary *glossary, const char *name, eg_fault *fault);

/* leave a code without a gloss: `FAMILY:CODE`, as in `win32:5` or `hresult:0x80004005` */
EG_PUBLIC bool eg_glossary_ignore(eg_glossary *glossary, const char *family_and_code,
                                  eg_fault *fault);

/* take all lines for those of a dialect, whatever the evidence says */
EG_PUBLIC bool eg_glossary_set_dialect(eg_glossary *glossary, const char *dialect, eg_fault *fault);

/* How the places are found at which rules are asked: `auto` (the best for this processor), one of
 * `avx512`, `avx2`, `ssse3`, `neon`, `portable`, or `none`: every rule is asked of every line. It
 * makes no difference but in speed. */
EG_PUBLIC bool eg_glossary_set_gate(eg_glossary *glossary, const char *gate, eg_fault *fault);

/* explain also codes that report success; symbols that stand without a number */
EG_PUBLIC void eg_glossary_show_success(eg_glossary *glossary);
EG_PUBLIC void eg_glossary_find_symbols(eg_glossary *glossary);

/* End the filling: every family that a rule names must be there, and the samples of rules that were
 * read from files or memory must hold. Scanners, filters and look-ups need a sealed glossary. */
EG_PUBLIC bool eg_glossary_seal(eg_glossary *glossary, eg_fault *fault);

/* A catalog or a rule of the glossary, as a list shows it. */
typedef struct eg_item {
    eg_text name;     /* the family, or the rule's name */
    eg_text origin;   /* `builtin:...` or the path of the file */
    size_t line;      /* of the rule's head; 0 for a catalog */
    size_t count;     /* rows of the catalog; samples and silent lines of the rule */
    eg_text families; /* of the rule; empty for a catalog */
    bool dialect;     /* the rule tells whose line it is, not where a code stands */
} eg_item;

/* the catalogs by name, and the rules in the order in which they win, dialects behind the others;
 * false behind the last */
EG_PUBLIC bool eg_glossary_catalog(const eg_glossary *glossary, size_t index, eg_item *ret);
EG_PUBLIC bool eg_glossary_rule(const eg_glossary *glossary, size_t index, eg_item *ret);

/* Say whether the rule of that index is asked of every line, because nothing can be told of where
 * its matches begin; others are asked only where the gate says that they may match. */
EG_PUBLIC bool eg_rule_is_asked_everywhere(const eg_glossary *glossary, size_t index);

/* the files that the library was built with, by name (`windows/win32.tsv`, `cbs.rules`) */
EG_PUBLIC bool eg_builtin_file(size_t index, eg_text *ret_name, eg_text *ret_text);

/* ---- Look-up ---- */

/* One reading of a code. */
typedef struct eg_reading {
    eg_text family;
    eg_text code;            /* as the family writes it */
    eg_text symbol, summary; /* empty where there is none */
    eg_text origin;          /* of the catalog */
    uint64_t value;          /* of the code; two's complement, 0 where codes are text */
    bool textual;            /* the family's codes are text */
    bool hexadecimal;        /* digits that could be decimal were read as hexadecimal */
    size_t row;              /* of the catalog, in the order of the codes */
    uint32_t carrier;        /* the HRESULT or NTSTATUS that carries the code; else 0 */
} eg_reading;

/* Find every reading of a code or a symbol in every family, or in the one that `FAMILY:CODE` says.
 * Fills the first `most` readings and returns how many there are. */
EG_PUBLIC size_t eg_lookup(const eg_glossary *glossary, eg_text code_or_symbol,
                           eg_reading *readings, size_t most);

/* Find the codes whose symbols and summaries hold all these words, best first: whole words before
 * parts of words, families that rules ask before others. Fills the first `most` readings and
 * returns how many there are; SIZE_MAX when memory ran out. */
EG_PUBLIC size_t eg_search(const eg_glossary *glossary, eg_text words, eg_reading *readings,
                           size_t most);

/* The first row of a code in one family, or that of `FAMILY:CODE` when the code says so; false
 * where there is none. */
EG_PUBLIC bool eg_find(const eg_glossary *glossary, eg_text family, eg_text code, eg_reading *ret);

/* The sections of an explanation. */
typedef enum eg_section {
    EG_MEANING, /* what the code means */
    EG_WHERE,   /* where it is met */
    EG_CAUSES,  /* the usual causes, the likeliest first, one a line behind `- ` */
    EG_STEPS,   /* what to check or do, one a line behind `- ` */
    EG_RELATED, /* codes of the family, or FAMILY:CODE, divided by blanks */
    EG_SECTIONS
} eg_section;

/* The explanation of a reading's code; false where only the catalog's line is known. */
EG_PUBLIC bool eg_explain(const eg_glossary *glossary, const eg_reading *reading,
                          eg_text ret_sections[EG_SECTIONS]);

/* The row of the same catalog `steps` before (negative) or behind a reading's, in the order of
 * their codes; false where there is none. */
EG_PUBLIC bool eg_neighbour(const eg_glossary *glossary, const eg_reading *reading, int steps,
                            eg_reading *ret);

/* The `index`-th code of another family as which a reading's code is passed on, or from which it
 * comes; false behind the last. */
EG_PUBLIC bool eg_mapped(const eg_glossary *glossary, const eg_reading *reading, size_t index,
                         eg_reading *ret);

/* The 32-bit value that the text spells; false when it spells none. */
EG_PUBLIC bool eg_value32(eg_text code, uint32_t *ret);

/* What the bits of an HRESULT or NTSTATUS say, into `text` of `size` bytes; false when the value
 * has not the shape of one. */
EG_PUBLIC bool eg_bits(uint32_t value, char *text, size_t size);

/* ---- Scanner: one line at a time ---- */

typedef struct eg_scanner eg_scanner;

/* A code that was found and explained. */
typedef struct eg_hit {
    size_t start, end;       /* byte offsets in the line, the end exclusive */
    eg_text text;            /* the code as it stands, without colours */
    uint64_t value;          /* two's complement; 0 where the family's codes are text */
    eg_text family;          /* empty where no catalog knows the code: eg_bits tells of it */
    eg_text code;            /* as its catalog spells it; empty where none knows it */
    eg_text symbol, summary; /* empty where there is none */
    size_t others;           /* how many other readings there are, where nothing tells which */
    eg_text rule;            /* which rule found it */
    bool glossed;            /* a gloss is written for it; false when it is a repetition */
    size_t gloss_at;         /* offset in the line before which the gloss belongs */
} eg_hit;

EG_PUBLIC eg_scanner *eg_scanner_new(const eg_glossary *glossary);
EG_PUBLIC void eg_scanner_free(eg_scanner *scanner);

/* match by the interpreter instead of compiled machine code */
EG_PUBLIC void eg_scanner_interpret(eg_scanner *scanner, bool interpret);

/* Another stream begins: what its lines tell of the program that wrote them starts anew. */
EG_PUBLIC void eg_scanner_begin(eg_scanner *scanner);

/* The lines to come are of that program, one of several whose lines come mixed, as in a syslog:
 * only its own lines before count for them. For an empty name none does. Of 256 programs it is
 * known what they have shown. False when memory ran out. */
EG_PUBLIC bool eg_scanner_turn_to(eg_scanner *scanner, eg_text program);

/* Find the codes of a line, which stands without its line end; lines are given in the order of
 * their stream. Returns how many there are and points `*ret_hits` at them; SIZE_MAX when memory ran
 * out.
 */
EG_PUBLIC size_t eg_scanner_line(eg_scanner *scanner, const char *line, size_t size,
                                 const eg_hit **ret_hits);

/* ---- Filter: a stream of bytes ---- */

typedef struct eg_filter eg_filter;

typedef enum eg_format {
    EG_ANNOTATE, /* the bytes as they came, a gloss beside each code */
    EG_JSON,     /* one JSON object for each hit */
    EG_WHY,      /* what was decided about each candidate, for people */
    EG_STRIP,    /* an annotated stream becomes the original again; needs no glossary */
    EG_NOTHING   /* nothing is written: for those who watch */
} eg_format;

/* Where the glosses of a line stand. */
typedef enum eg_place {
    EG_INLINE, /* each beside its code */
    EG_AT_END, /* behind the line's text, each with its code in it */
    EG_BELOW   /* each on a line of its own below, indented */
} eg_place;

/* How EG_ANNOTATE writes. All zero: all lines, each gloss whole and beside its code. */
typedef struct eg_style {
    eg_place place;
    size_t summary_most;  /* so many characters of a summary, then an ellipsis; 0 for all */
    bool once;            /* a code that was explained before gets its symbol alone */
    bool coloured;        /* glosses in a colour, for terminals */
    bool linked;          /* symbols are links to where the family is documented, for terminals */
    bool named;           /* the stream's name stands before each line */
    bool selects;         /* only lines with hits are written, */
    size_t before, after; /* and so many before and after them */
    bool unnumbered;      /* the numbers of lines are not known: JSON has null */
    bool brief;           /* of what is known the symbol alone, where there is one */
} eg_style;

/* The gloss of a hit of the scanner's last line, by its index there: ` {SYMBOL: summary}`, which a
 * filter writes at `gloss_at`; empty where the hit is not glossed. Of the style only summary_most,
 * brief, coloured and linked matter; NULL is all zero. It lasts until the scanner's next call, the
 * hits stay. False when memory ran out. */
EG_PUBLIC bool eg_scanner_gloss(eg_scanner *scanner, size_t index, const eg_style *style,
                                eg_text *ret_gloss);

/* The scanner's last line, which must still be where it was, from the byte `from` on as a filter
 * would write it: each gloss that belongs to a code behind `from` beside it, and what looks like a
 * gloss guarded. Style and lifetime as above. */
EG_PUBLIC bool eg_scanner_annotate(eg_scanner *scanner, size_t from, const eg_style *style,
                                   eg_text *ret_text);

/* A line with hits, as a filter meets it: its number, its text (of a line over 64 KiB the part in
 * which they stand) and the hits, borrowed during the call. */
typedef void eg_watcher(void *context, uint64_t line, eg_text text, const eg_hit *hits,
                        size_t count);

/* What has gone through a filter. */
typedef struct eg_stats {
    uint64_t bytes, lines, hits, glosses;
    uint64_t skips; /* how often a rule gave a line up because its regex ran away */
} eg_stats;

EG_PUBLIC eg_filter *eg_filter_new(const eg_glossary *glossary, eg_format format);
EG_PUBLIC void eg_filter_free(eg_filter *filter);

/* match by the interpreter instead of compiled machine code */
EG_PUBLIC void eg_filter_interpret(eg_filter *filter, bool interpret);

EG_PUBLIC void eg_filter_set_style(eg_filter *filter, const eg_style *style);

/* tell the watcher of each line with hits */
EG_PUBLIC void eg_filter_watch(eg_filter *filter, eg_watcher *watcher, void *context);

/* Forget the streams before: what was explained in them is explained anew, whatever the style, and
 * nothing divides their lines from those to come. */
EG_PUBLIC void eg_filter_forget(eg_filter *filter);

/* Begin a stream: what is left of an earlier one is forgotten, lines are counted from 1. `name` is
 * told in JSON and must stay valid; NULL where the stream has none. */
EG_PUBLIC void eg_filter_begin(eg_filter *filter, const char *name);

/* How much of a stream has to be known for its parts to be judged apart. */
typedef enum eg_head {
    EG_HEAD_OPEN,   /* its first 65,536 bytes, up to the end of a line, are not yet through */
    EG_HEAD_KNOWN,  /* they are, and no line behind them tells anything of another */
    EG_HEAD_COLUMNS /* they are, but header lines behind them count for the lines that follow */
} eg_head;

EG_PUBLIC eg_head eg_filter_head(const eg_filter *filter);

/* Begin in the middle of a stream, with a line of the number `line`: the filter `head` has gone
 * through the head of the same stream and, where that is EG_HEAD_COLUMNS, through the last header
 * line before that line. */
EG_PUBLIC void eg_filter_begin_part(eg_filter *filter, const char *name, const eg_filter *head,
                                    uint64_t line);

/* Room for at least 64 KiB of input, and how much of it was filled. What the filter returned before
 * ends here. */
EG_PUBLIC char *eg_filter_space(eg_filter *filter, size_t *ret_size);
EG_PUBLIC void eg_filter_commit(eg_filter *filter, size_t size);

/* nothing more follows in this stream */
EG_PUBLIC void eg_filter_end(eg_filter *filter);

/* What a call of the filter brought. */
typedef enum eg_progress {
    EG_OUTPUT, /* there is output: take it and call again */
    EG_HUNGRY, /* all that could be decided has been returned: bytes or the end are needed */
    EG_MEMORY  /* memory ran out */
} eg_progress;

/* the next output; it may be empty, and lasts until the next call */
EG_PUBLIC eg_progress eg_filter_next(eg_filter *filter, eg_text *ret_output);

/* The bytes of an unfinished line that no byte to come can change, for when input pauses; call it
 * when eg_filter_next is hungry. */
EG_PUBLIC eg_progress eg_filter_settle(eg_filter *filter, eg_text *ret_output);

/* counted over all streams of the filter */
EG_PUBLIC eg_stats eg_filter_stats(const eg_filter *filter);

#ifdef __cplusplus
}
#endif

#endif
