#include "survey.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 128 << 10, HEADER_USUAL = 4 << 10 };

static const uint64_t none = UINT64_MAX;

bool survey_init(struct survey *survey, const eg_glossary *glossary, const struct source *source,
                 const eg_filter *head, bool counts) {
    *survey = (struct survey){.source = source,
                              .headers = eg_filter_new(glossary, EG_ANNOTATE),
                              .counts = counts,
                              .heads = eg_filter_head(head) == EG_HEAD_COLUMNS,
                              .header = none,
                              .bytes = malloc(CHUNK)};
    if (!survey->headers || !survey->bytes) return false;
    eg_filter_begin_part(survey->headers, NULL, head, 1);
    return true;
}

void survey_free(struct survey *survey) {
    eg_filter_free(survey->headers);
    free(survey->bytes);
    *survey = (struct survey){0};
}

/* Take the line at `at` for a header line: what it says is found there as by anybody else. */
static enum source_state read_header(struct survey *survey, uint64_t at) {
    for (bool ended = false; !ended;) {
        size_t size;
        eg_text output;
        char *space = eg_filter_space(survey->headers, &size);
        if (size > HEADER_USUAL) size = HEADER_USUAL;
        enum source_state state = source_read_at(survey->source, at, space, size, &size);
        if (state != SOURCE_BYTES) return state;
        char *end = memchr(space, '\n', size);
        ended = end;
        if (end) size = (size_t)(end - space) + 1;
        eg_filter_commit(survey->headers, size);
        at += size;
        while (eg_filter_next(survey->headers, &output) == EG_OUTPUT) continue;
    }
    return SOURCE_BYTES;
}

/* Go through the header line that is the last so far. */
static enum source_state read_last(struct survey *survey) {
    uint64_t at = survey->header;
    survey->header = none;
    return at == none ? SOURCE_BYTES : read_header(survey, at);
}

/* Look at the begin of a line of which `left` bytes are here. It is a header line, or it may be
 * one, with a colour somewhere in its mark or the rest of that not here. */
static enum source_state look_at_line(struct survey *survey, uint64_t at, const char *line,
                                      size_t left) {
    static const char mark[] = "#Fields:";
    size_t same = 0;
    enum source_state state = SOURCE_BYTES;
    while (same < left && same < sizeof mark - 1 && line[same] == mark[same]) same++;
    if (same == sizeof mark - 1) {
        survey->header = at;
    } else if (same == left || line[same] == '\033') {
        state = read_last(survey);
        if (state == SOURCE_BYTES) state = read_header(survey, at);
    }
    return state;
}

/* Look at the next bytes: at all line ends but one in the last byte, behind which it is not known
 * what begins; there the survey goes on. */
static enum source_state look_at(struct survey *survey, size_t size) {
    const char *bytes = survey->bytes, *last = bytes + size - 1;
    const char *end = memchr(bytes, '\n', size - 1);
    enum source_state state = SOURCE_BYTES;
    if (survey->heads && survey->at == 0) state = look_at_line(survey, 0, bytes, size);
    for (; end && state == SOURCE_BYTES; end = memchr(end + 1, '\n', (size_t)(last - end - 1))) {
        survey->line_ends++;
        if (!survey->heads) continue;
        uint64_t at = survey->at + (uint64_t)(end + 1 - bytes);
        state = look_at_line(survey, at, end + 1, (size_t)(last - end));
    }
    survey->at += size - 1;
    return state;
}

enum source_state survey_reach(struct survey *survey, uint64_t at) {
    while ((survey->counts || survey->heads) && survey->at + 1 < at) {
        uint64_t left = at - survey->at;
        size_t size = left < CHUNK ? (size_t)left : CHUNK;
        enum source_state state =
            source_read_at(survey->source, survey->at, survey->bytes, size, &size);
        if (state == SOURCE_BYTES && size == 1) state = SOURCE_END;
        if (state == SOURCE_BYTES) state = look_at(survey, size);
        if (state != SOURCE_BYTES) return state;
    }
    return read_last(survey);
}

void survey_begin(const struct survey *survey, eg_filter *filter, const char *name) {
    uint64_t line = survey->at == 0 ? 1 : survey->line_ends + 2;
    eg_filter_begin_part(filter, name, survey->headers, line);
}
