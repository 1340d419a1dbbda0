#ifndef FIELDS_H
#define FIELDS_H

#include "buffer.h"
#include "errgloss.h"

/* Annotates logs in which each line is a JSON object (JSON lines, `journalctl -o json`): within the
 * strings that are the values of certain members. What is matched is the text that a string means,
 * each of its lines by itself; the gloss is put, escaped, to the place that stands for its place
 * there. Every other byte stays as it is: blanks, order, members of the same name, numbers (into
 * which journald turns the bytes of a message that is no UTF-8), escapes.
 *
 * Unlike a filter it guards nothing: text of a string that looks like a gloss stays as it is, and
 * so cannot be told from one. */
struct fields;

/* Look for members of these names, divided by commas: of the outermost object, and `a.b` of the
 * object that is the value of its member a, or one whose name holds the dot; none within arrays.
 * The names are copied. NULL when there is no memory. */
struct fields *fields_new(const eg_glossary *glossary, const char *names);

void fields_free(struct fields *fields);

/* match by the interpreter instead of compiled machine code */
void fields_interpret(struct fields *fields, bool interpret);

/* how glosses are written: summary_most, coloured and linked count */
void fields_set_style(struct fields *fields, const eg_style *style);

/* Another stream begins: what the lines before told of the program that wrote them is forgotten. */
void fields_begin(struct fields *fields);

/* Annotate a line of the stream, without its end, into `out`. One that is not one JSON object (RFC
 * 8259; a byte order mark may stand before it, invalid UTF-8 and lone surrogates within strings)
 * of 512 levels at most is written as it is, and tells nothing of its program. False when memory
 * ran out; what `out` got of the line is then not whole. */
bool fields_line(struct fields *fields, struct view line, struct buffer *out);

#endif
