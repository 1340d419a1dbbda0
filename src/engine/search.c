#include <stdlib.h>

#include "buffer.h"
#include "glossary.h"

/* A row that holds all the words, and how well. */
struct match {
    const struct catalog *catalog;
    size_t row;
    size_t rank; /* of its catalog */
    unsigned score;
};

struct matches {
    struct match *at;
    size_t count, capacity;
};

/* How well a word is held: as a word, as the start of one, within one. */
enum { WITHIN = 1, STARTS = 3, WHOLE = 8, IN_SYMBOL = 2 };

static bool is_part(char c) {
    return is_letter(c) || is_digit(c);
}

static bool stands_at(struct view text, size_t at, struct view word) {
    if (text.size - at < word.size) return false;
    return view_equal_nocase(view_part(text, at, at + word.size), word);
}

/* The best place of the word in the text; 0 for none. */
static unsigned score_word(struct view text, struct view word) {
    unsigned best = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (!stands_at(text, at, word)) continue;
        bool starts = at == 0 || !is_part(text.at[at - 1]);
        size_t end = at + word.size;
        bool ends = end == text.size || !is_part(text.at[end]);
        unsigned score = starts && ends ? WHOLE : starts ? STARTS : WITHIN;
        if (score > best) best = score;
    }
    return best;
}

/* The score of a row, 0 when a word is missing from it. */
static unsigned score_row(struct row row, struct view words) {
    unsigned score = 0;
    struct view word;
    while ((word = view_word(&words)).size) {
        unsigned symbol = score_word(row.symbol, word) * IN_SYMBOL;
        unsigned summary = score_word(row.summary, word);
        if (symbol + summary == 0) return 0;
        score += symbol + summary;
    }
    return score;
}

static bool add_match(struct matches *matches, struct match match) {
    void *at = matches->at;
    bool roomy = grow_array(&at, &matches->capacity, matches->count + 1, sizeof *matches->at);
    matches->at = at;
    if (roomy) matches->at[matches->count++] = match;
    return roomy;
}

static bool search_catalog(struct matches *matches, const struct catalog *catalog, size_t rank,
                           struct view words) {
    for (size_t row = 0, count = catalog_size(catalog); row < count; row++) {
        unsigned score = score_row(catalog_row(catalog, row), words);
        if (score && !add_match(matches, (struct match){catalog, row, rank, score})) return false;
    }
    return true;
}

static int best_first(const void *left, const void *right) {
    const struct match *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

size_t eg_search(const eg_glossary *glossary, eg_text words, eg_reading *readings, size_t most) {
    struct matches matches = {0};
    bool fine = true;
    for (size_t i = 0; fine && i < glossary->shelf.count; i++)
        fine = search_catalog(&matches, glossary->ranked[i], i, view_of(words.at, words.size));
    if (matches.count) qsort(matches.at, matches.count, sizeof *matches.at, best_first);
    for (size_t i = 0; i < matches.count && i < most; i++) {
        readings[i] = (eg_reading){0};
        reading_fill(&readings[i], matches.at[i].catalog, matches.at[i].row);
    }
    free(matches.at);
    return fine ? matches.count : SIZE_MAX;
}
