#include "tokens.h"

enum wanted {
    WANT_VALUE,
    WANT_FIRST_VALUE, /* or the array's end */
    WANT_NAME,
    WANT_FIRST_NAME, /* or the object's end */
    WANT_COMMA,      /* or the end of what is open */
    WANT_END
};

void tokens_begin(struct tokens *tokens, struct view text) {
    tokens->text = text;
    tokens->at = tokens->depth = 0;
    tokens->wanted = WANT_VALUE;
}

/* The byte that comes next; NUL, which stands nowhere in JSON, at the end. */
static char peek(const struct tokens *tokens) {
    return tokens->at < tokens->text.size ? tokens->text.at[tokens->at] : '\0';
}

static char peek_behind_blanks(struct tokens *tokens) {
    while (is_one_of(peek(tokens), VIEW(" \t\r\n"))) tokens->at++;
    return peek(tokens);
}

static bool take(struct tokens *tokens, char byte) {
    bool there = peek(tokens) == byte && tokens->at < tokens->text.size;
    tokens->at += there;
    return there;
}

static bool take_escape(struct tokens *tokens) {
    if (!take(tokens, 'u')) {
        bool known = is_one_of(peek(tokens), VIEW("\"\\/bfnrt"));
        tokens->at += known;
        return known;
    }
    for (size_t i = 0; i < 4; i++, tokens->at++)
        if (!is_hex(peek(tokens))) return false;
    return true;
}

static bool take_string(struct tokens *tokens) {
    if (!take(tokens, '"')) return false;
    size_t from = tokens->at;
    while (!take(tokens, '"')) {
        if ((unsigned char)peek(tokens) < 0x20) return false;
        if (tokens->text.at[tokens->at++] == '\\' && !take_escape(tokens)) return false;
    }
    tokens->string = view_part(tokens->text, from, tokens->at - 1);
    return true;
}

static bool take_digits(struct tokens *tokens) {
    size_t from = tokens->at;
    while (is_digit(peek(tokens))) tokens->at++;
    return tokens->at > from;
}

static bool take_number(struct tokens *tokens) {
    take(tokens, '-');
    if (!take(tokens, '0') && !take_digits(tokens)) return false;
    if (take(tokens, '.') && !take_digits(tokens)) return false;
    if (!take(tokens, 'e') && !take(tokens, 'E')) return true;
    if (!take(tokens, '+')) take(tokens, '-');
    return take_digits(tokens);
}

static bool take_word(struct tokens *tokens, struct view word) {
    bool there = view_starts(view_part(tokens->text, tokens->at, tokens->text.size), word);
    if (there) tokens->at += word.size;
    return there;
}

static bool take_other(struct tokens *tokens) {
    return take_word(tokens, VIEW("true")) || take_word(tokens, VIEW("false")) ||
           take_word(tokens, VIEW("null")) || take_number(tokens);
}

static void value_ended(struct tokens *tokens) {
    tokens->wanted = tokens->depth ? WANT_COMMA : WANT_END;
}

static enum token open(struct tokens *tokens, bool object) {
    if (tokens->depth == DEPTH_MOST) return TOKEN_WRONG;
    tokens->at++;
    tokens->objects[++tokens->depth] = object;
    tokens->wanted = object ? WANT_FIRST_NAME : WANT_FIRST_VALUE;
    return object ? TOKEN_OBJECT : TOKEN_ARRAY;
}

static bool closes(const struct tokens *tokens, char byte) {
    bool may = tokens->wanted == WANT_COMMA || tokens->wanted == WANT_FIRST_NAME ||
               tokens->wanted == WANT_FIRST_VALUE;
    return may && byte == (tokens->objects[tokens->depth] ? '}' : ']');
}

static enum token close(struct tokens *tokens) {
    tokens->at++;
    tokens->depth--;
    value_ended(tokens);
    return TOKEN_CLOSE;
}

static enum token take_name(struct tokens *tokens) {
    if (!take_string(tokens) || peek_behind_blanks(tokens) != ':') return TOKEN_WRONG;
    tokens->at++;
    tokens->wanted = WANT_VALUE;
    return TOKEN_NAME;
}

static enum token take_value(struct tokens *tokens, char byte) {
    if (byte == '{' || byte == '[') return open(tokens, byte == '{');
    if (byte == '"' ? !take_string(tokens) : !take_other(tokens)) return TOKEN_WRONG;
    value_ended(tokens);
    return byte == '"' ? TOKEN_STRING : TOKEN_OTHER;
}

enum token tokens_next(struct tokens *tokens) {
    char byte = peek_behind_blanks(tokens);
    if (tokens->wanted == WANT_END)
        return tokens->at == tokens->text.size ? TOKEN_END : TOKEN_WRONG;
    if (closes(tokens, byte)) return close(tokens);
    if (tokens->wanted == WANT_COMMA) {
        if (!take(tokens, ',')) return TOKEN_WRONG;
        tokens->wanted = tokens->objects[tokens->depth] ? WANT_NAME : WANT_VALUE;
        byte = peek_behind_blanks(tokens);
    }
    bool name = tokens->wanted == WANT_NAME || tokens->wanted == WANT_FIRST_NAME;
    return name ? take_name(tokens) : take_value(tokens, byte);
}
