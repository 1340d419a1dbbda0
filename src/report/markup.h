#ifndef MARKUP_H
#define MARKUP_H

#include "buffer.h"

/* Append text so that HTML shows it, in an element or in the quotes of an attribute, and nothing of
 * it acts: marks of HTML as references, control bytes as their pictures (U+2400 on), what is no
 * UTF-8 and what turns the direction of text as U+FFFD. Tabs and line ends stay. */
void markup_text(struct buffer *out, struct view text);

/* a number in groups of three digits, `12,345` */
void markup_number(struct buffer *out, uint64_t number);

/* a count with its word, `1 file` or `12,345 files` */
void markup_count(struct buffer *out, uint64_t count, const char *word);

/* a <time> element */
void markup_time(struct buffer *out, int64_t seconds);

#endif
