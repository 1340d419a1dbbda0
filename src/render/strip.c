#include "strip.h"

#include "annotate.h"

/* A text that is stripped, up to `at`. */
struct stripping {
    struct stripper *stripper;
    struct buffer *out;
    struct view text;
    size_t at;
    bool ended;
};

/* The next place at or after `from` where a gloss or a guard may start: a blank before a brace, or
 * before the end. */
static size_t next_start(struct view text, size_t from) {
    for (size_t search = from;;) {
        size_t brace = view_find(text, search, '{');
        if (brace > from && text.at[brace - 1] == ' ') return brace - 1;
        if (brace == text.size) return brace;
        search = brace + 1;
    }
}

static void keep(struct stripping *strip, size_t to) {
    buffer_append(strip->out, view_part(strip->text, strip->at, to));
    if (to > strip->at) strip->stripper->inside = strip->text.at[to - 1] != '\n';
    strip->at = to;
}

/* The size of a line end at `at`: 0 for none, SIZE_MAX where the text ends too early. */
static size_t line_end_at(struct view text, size_t at, bool ended) {
    struct view rest = view_part(text, at, text.size);
    if (view_starts(rest, VIEW("\n"))) return 1;
    if (view_starts(rest, VIEW("\r\n"))) return 2;
    return !ended && (rest.size == 0 || view_equal(rest, VIEW("\r"))) ? SIZE_MAX : 0;
}

/* The size of a line that holds only a gloss, at a line's begin: 0 when it is none, SIZE_MAX where
 * the text ends too early. */
static size_t gloss_line_at(const struct stripping *strip) {
    struct view rest = view_part(strip->text, strip->at, strip->text.size);
    size_t blanks = 0, size;
    while (blanks < rest.size && blanks < BELOW_INDENT - 1 && rest.at[blanks] == ' ') blanks++;
    if (blanks == rest.size) return strip->ended ? 0 : SIZE_MAX;
    if (blanks < BELOW_INDENT - 1) return 0;
    enum gloss_look look = gloss_look_at(rest, blanks, !strip->ended, &size);
    if (look != GLOSS_WHOLE) return look == GLOSS_OPEN ? SIZE_MAX : 0;
    size_t end = line_end_at(rest, blanks + size, strip->ended);
    return end == 0 || end == SIZE_MAX ? end : blanks + size + end;
}

/* Drop the gloss or guard that may start here. False when bytes are missing to tell. */
static bool drop_gloss(struct stripping *strip) {
    size_t size;
    switch (gloss_look_at(strip->text, strip->at, !strip->ended, &size)) {
    case GLOSS_OPEN:
        return false;
    case GLOSS_WHOLE:
        strip->at += size;
        break;
    case GLOSS_GUARD:
        keep(strip, strip->at + 2);
        strip->at++;
        break;
    case GLOSS_NONE:
        keep(strip, strip->at + 1);
        break;
    }
    return true;
}

/* Keep the rest of the line, but for what has to be dropped. False when bytes are missing. */
static bool strip_line(struct stripping *strip) {
    size_t end = view_find(strip->text, strip->at, '\n');
    struct view line = view_part(strip->text, 0, end);
    while (strip->at < end) {
        keep(strip, next_start(line, strip->at));
        if (strip->at < end && !drop_gloss(strip)) return false;
    }
    if (end < strip->text.size) keep(strip, end + 1);
    return true;
}

size_t strip_write(struct stripper *stripper, struct buffer *out, struct view text, bool ended) {
    struct stripping strip = {stripper, out, text, 0, ended};
    while (strip.at < text.size) {
        size_t size = stripper->inside ? 0 : gloss_line_at(&strip);
        if (size == SIZE_MAX) break;
        strip.at += size;
        if (size == 0 && !strip_line(&strip)) break;
    }
    return strip.at;
}
