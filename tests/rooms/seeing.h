#ifndef SEEING_H
#define SEEING_H

/* Lines with codes for a report, made without a glossary. */
#include "report.h"
#include "testing.h"

enum { NOW = 1772438400 /* 2026-03-02 08:00:00 */ };

#define TEXT_OF(literal) ((eg_text){"" literal, sizeof(literal) - 1})

static inline eg_hit hit_of(eg_text line, const char *code, const char *family, uint64_t value) {
    const char *found = NULL;
    for (size_t at = 0; at + strlen(code) <= line.size; at++)
        if (memcmp(line.at + at, code, strlen(code)) == 0) found = line.at + at;
    assert_non_null(found);
    size_t start = (size_t)(found - line.at), size = strlen(code);
    eg_hit hit = {.start = start, .end = start + size, .text = {found, size}, .value = value};
    hit.family = (eg_text){family, strlen(family)};
    hit.rule = TEXT_OF("some-rule");
    if (!*family) return hit;
    hit.symbol = TEXT_OF("SYMBOL");
    hit.summary = TEXT_OF("what it means");
    return hit;
}

static inline void see(struct report *report, uint64_t number, eg_text line, const char *code,
                       const char *family, uint64_t value) {
    eg_hit hit = hit_of(line, code, family, value);
    assert_true(report_line(report, number, line, &hit, 1));
}

static inline void finish(struct report *report, struct buffer *out) {
    report_free(report);
    buffer_free(out);
}

#endif
