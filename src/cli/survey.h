#ifndef SURVEY_H
#define SURVEY_H

#include "errgloss.h"
#include "source.h"

/* What a part of a stream has to know of the stream before it: how many lines there are, and what
 * the header lines among them say. A survey goes through a file ahead of those who judge it. */
struct survey {
    const struct source *source;
    eg_filter *headers; /* has gone through the head and the last header line up to `at` */
    bool counts, heads; /* what is looked for: lines, header lines */
    uint64_t at;        /* so far it is */
    uint64_t line_ends; /* seen so far */
    uint64_t header;    /* where a header line begins that was only seen */
    char *bytes;
};

/* Make a survey of a stream that `head` has gone through the head of; lines are counted where
 * somebody `counts` them. False when there is no memory. */
bool survey_init(struct survey *survey, const eg_glossary *glossary, const struct source *source,
                 const eg_filter *head, bool counts);

void survey_free(struct survey *survey);

/* Go on to offset `at`, not back. SOURCE_BYTES when the stream reaches so far. */
enum source_state survey_reach(struct survey *survey, uint64_t at);

/* Let a filter begin with the first line that begins at or behind where the survey is. */
void survey_begin(const struct survey *survey, eg_filter *filter, const char *name);

#endif
