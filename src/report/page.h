#ifndef PAGE_H
#define PAGE_H

#include "tally.h"
#include "trend.h"

enum { PAGE_FAMILIES = 7 /* that have a colour of their own */ };

/* What the parts of an HTML page are made of. */
struct page {
    const struct report *report;
    const eg_glossary *glossary; /* or NULL */
    struct tally **rows;
    struct family_tally *families;
    size_t family_count;
    struct histogram whole;
    struct axis trend; /* of a row; no columns where there are no times */
    struct buffer *out;
};

/* the code that stood most, as bars */
void page_bars(const struct page *page);

/* what was found when, a stack of families for each stretch of time, and its legend */
void page_timeline(const struct page *page);

/* the rows of the table, each with a row of what is known about it */
void page_rows(const struct page *page);

/* what the glossary explains of a code, and the lines in which it stood */
void page_details(const struct page *page, const struct tally *row);

/* the class that gives a family its colour, from 0 to PAGE_FAMILIES */
size_t page_colour(const struct page *page, struct view family);

#endif
