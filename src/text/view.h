#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A view is text that somebody else owns: where it is and how many bytes it has. It is passed by
 * value, may hold any byte (NUL too) and lives no longer than what it looks at. */
struct view {
    const char *at;
    size_t size;
};

/* view a string literal */
#define VIEW(literal) ((struct view){"" literal, sizeof(literal) - 1})

/* view `size` bytes at `at` */
static inline struct view view_of(const char *at, size_t size) {
    return (struct view){at, size};
}

/* view a NUL-terminated string; NULL is an empty view */
static inline struct view view_string(const char *string) {
    return (struct view){string, string ? strlen(string) : 0};
}

/* view the bytes from `from` up to `to`, which lie within the text */
static inline struct view view_part(struct view text, size_t from, size_t to) {
    /* an empty view may be NULL, to which nothing may be added */
    return (struct view){from ? text.at + from : text.at, to - from};
}

/* say whether both texts have the same bytes */
static inline bool view_equal(struct view a, struct view b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

/* order two texts by their bytes: negative, 0 or positive, as memcmp */
int view_compare(struct view a, struct view b);

/* say whether both texts are equal when ASCII letters have no case */
bool view_equal_nocase(struct view a, struct view b);

/* say whether the text begins with `start` */
bool view_starts(struct view text, struct view start);

/* say whether the text ends with `end` */
bool view_ends(struct view text, struct view end);

/* offset of the first `byte` at or after `from`; the text's size where there is none */
size_t view_find(struct view text, size_t from, char byte);

/* how often `byte` stands in the text */
size_t view_count(struct view text, char byte);

/* text without blanks and tabs at both ends */
struct view view_trim(struct view text);

/* cut the first word (up to a blank, tab or comma) off `rest`; an empty word when none is left */
struct view view_word(struct view *rest);

/* file name without its folders: "patterns/cbs.rules" gives "cbs.rules" */
struct view view_basename(struct view path);

/* the classes of ASCII bytes, whatever the locale */
static inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* a byte of an identifier: letter, digit or underscore */
static inline bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_';
}

/* a C0 control byte or DEL */
static inline bool is_control(char c) {
    return (unsigned char)c < 0x20 || c == 0x7f;
}

/* say whether the byte is one of those in `set` */
static inline bool is_one_of(char c, struct view set) {
    return set.size && memchr(set.at, c, set.size);
}

static inline char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
