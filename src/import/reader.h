#ifndef READER_H
#define READER_H

#include "harvest.h"

/* What a reader of one form is given: UTF-8 text, and where its entries go. */
struct reader {
    struct harvest *harvest;
    struct view origin;
    struct view text;
    struct fault *fault;
};

/* The readers, one for each form: false and the fault when the text is not of the form. */
bool read_header(const struct reader *reader);
bool read_messages(const struct reader *reader);
bool read_manifest(const struct reader *reader);
bool read_csv(const struct reader *reader);
bool read_json(const struct reader *reader);
bool read_journal(const struct reader *reader);

/* note a fault at a line of the text, and return false */
__attribute__((format(printf, 3, 4))) bool reader_fault(const struct reader *reader, size_t line,
                                                        const char *format, ...);

/* how many line ends stand before the offset, plus 1 */
size_t reader_line(const struct reader *reader, size_t offset);

/* add an entry that stands at a line */
bool reader_add(const struct reader *reader, struct entry entry, size_t line);

#endif
