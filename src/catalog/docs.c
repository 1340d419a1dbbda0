#include "docs.h"

static const struct view mark = {"# docs: ", 8};

static bool tells_docs(struct view line) {
    return view_starts(line, mark);
}

static struct view url_in(struct view line) {
    return view_trim(view_part(line, mark.size, line.size));
}

struct view catalog_docs(const struct catalog *catalog) {
    struct view line;
    for (size_t from = 0; row_next_line(catalog->text, &from, &line) && row_is_passed_over(line);)
        if (tells_docs(line)) return url_in(line);
    return VIEW("");
}

/* The variable at the begin of a text: how many bytes it has, and what it stands for. */
static size_t variable(struct view text, struct row row, struct view *ret) {
    static const struct view code = {"{code}", 6}, symbol = {"{symbol}", 8};
    *ret = view_starts(text, code) ? row.code : row.symbol;
    return view_starts(text, code) ? code.size : view_starts(text, symbol) ? symbol.size : 0;
}

static bool is_plain(char c) {
    return c > ' ' && c < 0x7f && c != '{' && c != '}' && c != '\\';
}

bool docs_check(struct view line, struct view origin, size_t number, struct fault *fault) {
    struct view unused, url;
    if (!tells_docs(line)) return true;
    url = url_in(line);
    bool fine = view_starts(url, VIEW("https://")) || view_starts(url, VIEW("http://"));
    for (size_t at = 0; fine && at < url.size;) {
        size_t size = variable(view_part(url, at, url.size), (struct row){0}, &unused);
        fine = size || is_plain(url.at[at]);
        at += size ? size : 1;
    }
    return fine || fault_at(fault, origin, number, mark.size + 1,
                            "docs are a http or https address of ASCII characters, without "
                            "blanks, and with no braces but {code} and {symbol}");
}

static bool is_unreserved(char c) {
    return is_word(c) || is_one_of(c, VIEW("-.~"));
}

/* Append to a room that has DOCS_MOST bytes; false when it is full. */
static bool append(char *room, size_t *size, struct view text, bool spelled) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        bool plain = !spelled || is_unreserved(text.at[i]);
        if (*size + 3 > DOCS_MOST) return false;
        room[(*size)++] = plain ? text.at[i] : '%';
        if (plain) continue;
        room[(*size)++] = digits[byte >> 4];
        room[(*size)++] = digits[byte & 15];
    }
    return true;
}

struct view docs_of(const struct catalog *catalog, struct row row, char room[DOCS_MOST]) {
    struct view url = catalog_docs(catalog), value;
    size_t size = 0;
    for (size_t at = 0; at < url.size;) {
        size_t name = variable(view_part(url, at, url.size), row, &value);
        if (!name) value = view_part(url, at, at + 1);
        if (!append(room, &size, value, name > 0)) return VIEW("");
        at += name ? name : 1;
    }
    return view_of(room, size);
}
