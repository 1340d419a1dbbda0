#include "expression.h"

#include <stdlib.h>

#include "number.h"

/* Parentheses within parentheses; nothing that people write comes near. */
enum { DEPTH_MOST = 32, ARGUMENTS_MOST = 3 };

struct parser {
    const struct scope *scope;
    struct view text;
    size_t at;
    unsigned depth;
    bool wrong;
    bool hex;
};

static uint64_t parse_sum(struct parser *parser, int level);
static uint64_t parse_operand(struct parser *parser);

void scope_free(struct scope *scope) {
    free(scope->definitions);
    *scope = (struct scope){0};
}

bool scope_define(struct scope *scope, struct definition definition) {
    void *definitions = scope->definitions;
    bool roomy =
        grow_array(&definitions, &scope->capacity, scope->count + 1, sizeof *scope->definitions);
    scope->definitions = definitions;
    if (roomy) scope->definitions[scope->count++] = definition;
    return roomy;
}

static const struct definition *find(const struct scope *scope, struct view name) {
    for (size_t i = scope->count; i > 0; i--)
        if (view_equal(scope->definitions[i - 1].name, name)) return &scope->definitions[i - 1];
    return NULL;
}

static uint64_t give_up(struct parser *parser) {
    parser->wrong = true;
    return 0;
}

static char peek(struct parser *parser) {
    while (parser->at < parser->text.size &&
           (parser->text.at[parser->at] == ' ' || parser->text.at[parser->at] == '\t'))
        parser->at++;
    return parser->at < parser->text.size ? parser->text.at[parser->at] : '\0';
}

static bool take(struct parser *parser, struct view token) {
    peek(parser);
    struct view rest = view_part(parser->text, parser->at, parser->text.size);
    bool there = view_starts(rest, token);
    if (there) parser->at += token.size;
    return there;
}

static struct view take_word(struct parser *parser) {
    peek(parser);
    size_t from = parser->at;
    while (parser->at < parser->text.size && is_word(parser->text.at[parser->at])) parser->at++;
    return view_part(parser->text, from, parser->at);
}

/* A number without its suffix (5UL, 0x5i64); a leading zero makes it octal. */
static uint64_t parse_number(struct parser *parser) {
    struct view word = take_word(parser);
    struct number number;
    bool hex = view_starts(word, VIEW("0x")) || view_starts(word, VIEW("0X"));
    size_t digits = hex ? 2 : 0;
    while (digits < word.size && (hex ? is_hex : is_digit)(word.at[digits])) digits++;
    struct view suffix = view_part(word, digits, word.size);
    for (size_t i = 0; i < suffix.size; i++)
        if (!is_one_of(suffix.at[i], VIEW("uUlLi64"))) return give_up(parser);
    parser->hex |= hex;
    word = view_part(word, 0, digits);
    if (!number_parse(word, hex ? BASE_HEX : BASE_DECIMAL, &number)) return give_up(parser);
    if (hex || word.at[0] != '0') return number.bits;
    char *end, octal[32] = {0};
    if (word.size >= sizeof octal) return give_up(parser);
    memcpy(octal, word.at, word.size);
    uint64_t value = strtoull(octal, &end, 8);
    return *end ? give_up(parser) : value;
}

/* MAKE_HRESULT(severity, facility, code), as winerror.h defines it */
static uint64_t make_hresult(const uint64_t arguments[ARGUMENTS_MOST]) {
    return (arguments[0] << 31 | arguments[1] << 16 | arguments[2]) & 0xffffffff;
}

static uint64_t apply(struct parser *parser, struct view name, const uint64_t *arguments,
                      size_t count) {
    parser->hex |= count == ARGUMENTS_MOST;
    if (count == 1 && view_equal(name, VIEW("HRESULT_FROM_WIN32"))) {
        parser->hex = true;
        return arguments[0] ? 0x80070000 | (arguments[0] & 0xffff) : 0;
    }
    if (count == 1) return arguments[0];
    bool maker = view_equal(name, VIEW("MAKE_HRESULT")) || view_equal(name, VIEW("MAKE_SCODE"));
    return maker && count == ARGUMENTS_MOST ? make_hresult(arguments) : give_up(parser);
}

static uint64_t parse_call(struct parser *parser, struct view name) {
    uint64_t arguments[ARGUMENTS_MOST] = {0};
    size_t count = 0;
    do {
        if (count == ARGUMENTS_MOST) return give_up(parser);
        arguments[count++] = parse_sum(parser, 0);
    } while (!parser->wrong && take(parser, VIEW(",")));
    return take(parser, VIEW(")")) ? apply(parser, name, arguments, count) : give_up(parser);
}

static uint64_t parse_name(struct parser *parser) {
    struct view name = take_word(parser);
    const struct definition *known = find(parser->scope, name);
    if (!known && take(parser, VIEW("("))) return parse_call(parser, name);
    if (!known) return give_up(parser);
    parser->hex |= known->constant.hex;
    return known->constant.value;
}

/* `(NTSTATUS)`, `(unsigned long)`: words that no definition knows, up to the parenthesis. */
static bool take_cast(struct parser *parser) {
    size_t from = parser->at;
    struct view word;
    size_t words = 0;
    while ((word = take_word(parser)).size && !is_digit(word.at[0]) && !find(parser->scope, word))
        words++;
    if (word.size == 0 && words && take(parser, VIEW(")"))) return true;
    parser->at = from;
    return false;
}

static uint64_t parse_bare_operand(struct parser *parser) {
    char c = peek(parser);
    if (is_digit(c)) return parse_number(parser);
    if (is_word(c)) return parse_name(parser);
    if (take(parser, VIEW("-"))) return 0 - parse_operand(parser);
    if (take(parser, VIEW("+"))) return parse_operand(parser);
    if (take(parser, VIEW("~"))) return ~parse_operand(parser);
    if (!take(parser, VIEW("("))) return give_up(parser);
    if (take_cast(parser)) return parse_operand(parser);
    uint64_t value = parse_sum(parser, 0);
    return take(parser, VIEW(")")) ? value : give_up(parser);
}

static uint64_t parse_operand(struct parser *parser) {
    if (parser->depth == DEPTH_MOST) return give_up(parser);
    parser->depth++;
    uint64_t value = parse_bare_operand(parser);
    parser->depth--;
    return value;
}

/* The operators from the weakest to the strongest. */
static const struct {
    struct view token;
    int level;
} operators[] = {
    {{"|", 1}, 0},  {{"^", 1}, 1}, {{"&", 1}, 2}, {{"<<", 2}, 3},
    {{">>", 2}, 3}, {{"+", 1}, 4}, {{"-", 1}, 4}, {{"*", 1}, 5},
};

enum { OPERATORS = sizeof operators / sizeof *operators, LEVELS = 6 };

static uint64_t combine(size_t which, uint64_t left, uint64_t right) {
    switch (operators[which].token.at[0]) {
    case '|':
        return left | right;
    case '^':
        return left ^ right;
    case '&':
        return left & right;
    case '<':
        return right < 64 ? left << right : 0;
    case '>':
        return right < 64 ? left >> right : 0;
    case '+':
        return left + right;
    case '-':
        return left - right;
    default:
        return left * right;
    }
}

static size_t take_operator(struct parser *parser, int level) {
    for (size_t i = 0; i < OPERATORS; i++)
        if (operators[i].level == level && take(parser, operators[i].token)) return i;
    return OPERATORS;
}

static uint64_t parse_sum(struct parser *parser, int level) {
    if (level == LEVELS) return parse_operand(parser);
    uint64_t value = parse_sum(parser, level + 1);
    for (size_t which; !parser->wrong && (which = take_operator(parser, level)) < OPERATORS;)
        value = combine(which, value, parse_sum(parser, level + 1));
    return value;
}

bool expression_value(const struct scope *scope, struct view text, struct constant *ret) {
    struct parser parser = {.scope = scope, .text = text};
    uint64_t value = parse_sum(&parser, 0);
    if (parser.wrong || peek(&parser) != '\0') return false;
    *ret = (struct constant){value, parser.hex};
    return true;
}
