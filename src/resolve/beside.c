#include "beside.h"

enum { GAP_MOST = 4, NUMBER_MOST = 24, WORD_MOST = 128 };

/* The byte at `at`, NUL behind the end: none of those asked for here is NUL. */
static char byte_at(struct beside *beside, size_t at) {
    if (at < beside->text.size) return beside->text.at[at];
    beside->ran_out |= beside->open;
    return '\0';
}

static size_t skip(struct beside *beside, size_t at, struct view set, size_t most) {
    for (size_t i = 0; i < most && is_one_of(byte_at(beside, at), set); i++) at++;
    return at;
}

/* A blank, a mark and a blank, each or not, divide the two spellings of a pair. */
static size_t skip_pair_gap(struct beside *beside, size_t at) {
    at = skip(beside, at, VIEW(" "), 1);
    bool sign = byte_at(beside, at) == '-' && is_digit(byte_at(beside, at + 1));
    if (!sign) at = skip(beside, at, VIEW("([/=,:-"), 1);
    return skip(beside, at, VIEW(" "), 1);
}

static size_t number_end(struct beside *beside, size_t at) {
    size_t start = at;
    at = skip(beside, at, VIEW("-+"), 1);
    while (at - start < NUMBER_MOST && is_word(byte_at(beside, at))) at++;
    return at;
}

static bool reads_same(struct view text, struct number number, struct number *ret) {
    static const enum base bases[] = {BASE_AUTO, BASE_HEX};
    for (size_t i = 0; i < 2; i++)
        if (number_parse(text, bases[i], ret) && number_same(*ret, number)) return true;
    return false;
}

bool beside_spelling(struct beside *beside, size_t end, struct number number, struct view spelled,
                     size_t *ret_start, size_t *ret_end, struct number *ret) {
    size_t at = skip_pair_gap(beside, end);
    if (at == end) return false;
    size_t stop = number_end(beside, at);
    if (stop == at || stop > beside->text.size) return false;
    struct view second = view_part(beside->text, at, stop);
    if (view_equal(second, spelled) || !reads_same(second, number, ret)) return false;
    *ret_start = at;
    *ret_end = stop;
    return true;
}

static char closing(char opening) {
    return opening == '(' ? ')' : opening == '[' ? ']' : '\0';
}

static char opened_within(const struct beside *beside, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (closing(beside->text.at[i])) return closing(beside->text.at[i]);
    return '\0';
}

size_t beside_close(struct beside *beside, size_t first, size_t second, size_t end) {
    char close = opened_within(beside, first > 0 ? first - 1 : 0, second);
    return close && byte_at(beside, end) == close ? end + 1 : end;
}

static const struct view gap = {" (:=-[,\"'", 9};

struct view beside_before(const struct beside *beside, size_t start) {
    size_t end = start;
    while (start - end < GAP_MOST && end > 0 && is_one_of(beside->text.at[end - 1], gap)) end--;
    size_t from = end;
    while (end - from < WORD_MOST && from > 0 && is_word(beside->text.at[from - 1])) from--;
    return end == start ? VIEW("") : view_part(beside->text, from, end);
}

struct view beside_behind(struct beside *beside, size_t end, size_t *ret_end) {
    size_t from = skip(beside, end, gap, GAP_MOST);
    size_t to = from;
    if (from == end) return VIEW("");
    while (to - from < WORD_MOST && is_word(byte_at(beside, to))) to++;
    char close = opened_within(beside, end, from);
    *ret_end = close && byte_at(beside, to) == close ? to + 1 : to;
    return view_part(beside->text, from, to);
}
