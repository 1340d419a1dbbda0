#include <jansson.h>
#include <stdio.h>

#include "reader.h"

/* A walk over the outer array, object or lines; each value in it is parsed on its own, so that
 * faults can tell its line. */
struct walk {
    const struct reader *reader;
    size_t at;
    size_t counted, line; /* `line` is that of the offset `counted` */
};

static char peek(struct walk *walk) {
    struct view text = walk->reader->text;
    while (walk->at < text.size && is_one_of(text.at[walk->at], VIEW(" \t\r\n"))) walk->at++;
    return walk->at < text.size ? text.at[walk->at] : '\0';
}

/* The line on which the next value starts. */
static size_t line_of(struct walk *walk) {
    peek(walk);
    for (; walk->counted < walk->at; walk->counted++)
        walk->line += walk->reader->text.at[walk->counted] == '\n';
    return walk->line;
}

static bool take(struct walk *walk, char wanted) {
    bool there = peek(walk) == wanted;
    walk->at += there;
    return there;
}

static bool expected(struct walk *walk, const char *what) {
    return reader_fault(walk->reader, line_of(walk), "expected %s", what);
}

/* The next value, to be released; NULL and the fault when it is damaged. */
static json_t *take_value(struct walk *walk) {
    json_error_t error;
    struct view text = walk->reader->text;
    size_t line = line_of(walk);
    json_t *value =
        json_loadb(text.at + walk->at, text.size - walk->at,
                   JSON_DISABLE_EOF_CHECK | JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    if (value)
        walk->at += (size_t)error.position;
    else
        reader_fault(walk->reader, line + (size_t)(error.line > 1 ? error.line - 1 : 0), "%s",
                     error.text);
    return value;
}

/* The first of these members that is there. */
static const json_t *member(const json_t *object, const char *const *names) {
    const json_t *found = NULL;
    for (; *names && !found; names++) found = json_object_get(object, *names);
    return found;
}

static const json_t *code_of(const json_t *object) {
    static const char *const names[] = {"code",  "value", "number", "id", "Code",
                                        "Value", "errno", "hex",    NULL};
    return member(object, names);
}

static const json_t *symbol_of(const json_t *object) {
    static const char *const names[] = {"symbol", "name", "constant", "identifier",
                                        "Symbol", "Name", NULL};
    return member(object, names);
}

static const json_t *text_of(const json_t *object) {
    static const char *const names[] = {"summary", "message", "text",        "description",
                                        "meaning", "Message", "Description", NULL};
    return member(object, names);
}

/* The text of a string; that of an integer in `digits`. */
static struct view told(const json_t *value, char digits[32]) {
    if (json_is_string(value)) return view_of(json_string_value(value), json_string_length(value));
    if (!json_is_integer(value)) return VIEW("");
    int size = snprintf(digits, 32, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return view_of(digits, (size_t)size);
}

/* What the key of an object stands for: a code when it is none of a symbol's making. */
static bool looks_like_code(struct view key) {
    return key.size && (is_digit(key.at[0]) || key.at[0] == '-');
}

static bool add_object(const struct walk *walk, struct view key, const json_t *object,
                       size_t line) {
    char code[32], symbol[32], text[32];
    struct entry entry = {told(code_of(object), code), told(symbol_of(object), symbol),
                          told(text_of(object), text)};
    if (entry.code.size && !entry.symbol.size) entry.symbol = key;
    if (!entry.code.size && (looks_like_code(key) || entry.symbol.size)) entry.code = key;
    if (entry.code.size == 0) return reader_fault(walk->reader, line, "the object has no code");
    return reader_add(walk->reader, entry, line);
}

/* `"5": "text"`, `"NAME": 5`, `"5": {...}` or `"NAME": {"code": 5, ...}`. */
static bool add_member(const struct walk *walk, struct view key, const json_t *value, size_t line) {
    char digits[32];
    if (json_is_object(value)) return add_object(walk, key, value, line);
    if (json_is_integer(value))
        return reader_add(walk->reader, (struct entry){told(value, digits), key, VIEW("")}, line);
    if (!json_is_string(value))
        return reader_fault(walk->reader, line, "expected a text or object");
    return reader_add(walk->reader, (struct entry){key, VIEW(""), told(value, digits)}, line);
}

static bool read_element(struct walk *walk) {
    size_t line = line_of(walk);
    json_t *value = take_value(walk);
    if (!value) return false;
    bool fine = json_is_object(value) ? add_object(walk, VIEW(""), value, line)
                                      : reader_fault(walk->reader, line, "expected an object");
    json_decref(value);
    return fine;
}

static bool read_array(struct walk *walk) {
    if (take(walk, ']')) return true;
    do {
        if (!read_element(walk)) return false;
    } while (take(walk, ','));
    return take(walk, ']') || expected(walk, "',' or ']'");
}

static bool read_member(struct walk *walk) {
    if (peek(walk) != '"') return expected(walk, "a key in quotes");
    size_t line = line_of(walk);
    json_t *key = take_value(walk);
    json_t *value = NULL;
    bool fine = key && (take(walk, ':') || expected(walk, "':'")) && (value = take_value(walk)) &&
                add_member(walk, view_string(json_string_value(key)), value, line);
    json_decref(key);
    json_decref(value);
    return fine;
}

static bool read_object(struct walk *walk) {
    if (take(walk, '}')) return true;
    do {
        if (!read_member(walk)) return false;
    } while (take(walk, ','));
    return take(walk, '}') || expected(walk, "',' or '}'");
}

static bool read_lines(struct walk *walk) {
    while (peek(walk))
        if (!read_element(walk)) return false;
    return true;
}

/* One object that tells its own code, or has another behind it, is an entry; else its members are.
 */
static bool read_objects(struct walk *walk) {
    const struct walk start = *walk;
    json_t *first = take_value(walk);
    if (!first) return false;
    bool entry =
        peek(walk) == '{' || json_is_integer(code_of(first)) || json_is_string(code_of(first));
    json_decref(first);
    *walk = start;
    return entry ? read_lines(walk) : take(walk, '{') && read_object(walk);
}

bool read_json(const struct reader *reader) {
    struct walk walk = {reader, 0, 0, 1};
    bool fine;
    if (peek(&walk) == '{')
        fine = read_objects(&walk);
    else
        fine = take(&walk, '[') ? read_array(&walk) : expected(&walk, "an array or an object");
    return fine && (peek(&walk) == '\0' || expected(&walk, "the end of the text"));
}
