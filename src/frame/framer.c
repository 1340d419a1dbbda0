#include "framer.h"

#include <stdlib.h>

/* One read's worth beside the longest rest that may have to be kept. */
enum { CAPACITY = 256 * 1024 + PIECE_MOST };

bool framer_init(struct framer *framer) {
    *framer = (struct framer){.base = malloc(CAPACITY), .capacity = CAPACITY, .line = 1};
    return framer->base != NULL;
}

void framer_free(struct framer *framer) {
    free(framer->base);
    *framer = (struct framer){0};
}

void framer_restart(struct framer *framer) {
    *framer = (struct framer){.base = framer->base, .capacity = framer->capacity, .line = 1};
}

char *framer_space(struct framer *framer, size_t *ret_size) {
    size_t kept = framer->end - framer->start;
    if (kept == 0 || framer->capacity - framer->end < framer->capacity / 2) {
        memmove(framer->base, framer->base + framer->start, kept);
        framer->searched -= framer->start;
        framer->start = 0;
        framer->end = kept;
    }
    *ret_size = framer->capacity - framer->end;
    return framer->base + framer->end;
}

void framer_commit(struct framer *framer, size_t size) {
    framer->end += size;
}

void framer_end(struct framer *framer) {
    framer->ended = true;
}

/* The bytes in hand up to the line's end, or all of them: false when it is not among them. */
static bool find_line_end(struct framer *framer, struct view *ret_line) {
    struct view hand = view_of(framer->base, framer->end);
    size_t end = view_find(hand, framer->searched, '\n');
    framer->searched = end;
    *ret_line = view_part(hand, framer->start, end);
    return end < framer->end;
}

struct view framer_lines(const struct framer *framer) {
    struct view hand = framer_hand(framer);
    if (framer->at > 0 || framer->settled > 0 || hand.size == 0) return VIEW("");
    const char *end = memrchr(hand.at, '\n', hand.size);
    return view_part(hand, 0, end ? (size_t)(end - hand.at) + 1 : 0);
}

void framer_pass(struct framer *framer, size_t size) {
    framer->line += view_count(view_of(framer->base + framer->start, size), '\n');
    framer->start += size;
    if (framer->searched < framer->start) framer->searched = framer->start;
}

static bool ends_in_cr(struct view text) {
    return text.size > 0 && text.at[text.size - 1] == '\r';
}

static struct piece piece_of(const struct framer *framer, struct view text) {
    return (struct piece){.text = text,
                          .ending = VIEW(""),
                          .line = framer->line,
                          .at = framer->at,
                          .from = framer->settled,
                          .to = text.size};
}

static struct piece cut_part(struct framer *framer, struct view line) {
    struct piece piece = piece_of(framer, view_part(line, 0, PIECE_MOST));
    piece.to = PIECE_STRIDE + PIECE_MARGIN;
    framer->start += PIECE_STRIDE;
    framer->at += PIECE_STRIDE;
    framer->settled = PIECE_MARGIN;
    return piece;
}

static struct piece cut_rest(struct framer *framer, struct view text, size_t ending) {
    struct piece piece = piece_of(framer, text);
    piece.ends = true;
    piece.ending = view_of(text.at + text.size, ending);
    framer->start += text.size + ending;
    framer->searched = framer->start;
    framer->at = 0;
    framer->settled = 0;
    framer->line++;
    return piece;
}

bool framer_next(struct framer *framer, struct piece *ret) {
    struct view line;
    bool found = find_line_end(framer, &line);
    if (!found && (!framer->ended || line.size == 0)) {
        /* one byte over the size could still be the CR of the line's end */
        if (line.size < PIECE_MOST + 2) return false;
        *ret = cut_part(framer, line);
        return true;
    }
    bool carriage = found && ends_in_cr(line);
    struct view text = view_part(line, 0, line.size - carriage);
    if (text.size > PIECE_MOST)
        *ret = cut_part(framer, line);
    else
        *ret = cut_rest(framer, text, (size_t)found + carriage);
    return true;
}

bool framer_peek(const struct framer *framer, struct piece *ret) {
    struct view text = view_of(framer->base + framer->start, framer->end - framer->start);
    text.size -= ends_in_cr(text);
    if (text.size > PIECE_MOST) text.size = PIECE_MOST;
    *ret = piece_of(framer, text);
    ret->open = true;
    if (ret->to > PIECE_STRIDE + PIECE_MARGIN) ret->to = PIECE_STRIDE + PIECE_MARGIN;
    return ret->from < ret->to;
}

void framer_settle(struct framer *framer, size_t to) {
    framer->settled = to;
}

struct view framer_hand(const struct framer *framer) {
    return view_of(framer->base + framer->start, framer->end - framer->start);
}

void framer_drop(struct framer *framer, size_t size) {
    framer->start += size;
    framer->searched = framer->start;
}
