#include "gloss.h"

static bool may_stand_in_symbol(char c) {
    return is_word(c) || c == '.' || c == '+' || c == '-';
}

/* A gloss that is read, and how far; its text may end too early. */
struct reading_gloss {
    struct view text;
    size_t at;
    bool missing; /* the text ended in the middle */
};

static bool at_end(struct reading_gloss *gloss) {
    gloss->missing |= gloss->at >= gloss->text.size;
    return gloss->missing;
}

/* Go behind the word; false where another text stands. */
static bool take(struct reading_gloss *gloss, struct view word) {
    struct view rest = view_part(gloss->text, gloss->at, gloss->text.size);
    struct view start = view_part(word, 0, rest.size < word.size ? rest.size : word.size);
    if (!view_starts(rest, start)) return false;
    gloss->at += start.size;
    gloss->missing |= start.size < word.size;
    return true;
}

static bool may_stand_in_link(char c) {
    return c > ' ' && c < 0x7f && c != '{' && c != '}' && c != '\\';
}

/* Behind `ESC ] 8 ; ;`: an address, which may be empty, and `ESC \`. */
static bool take_address(struct reading_gloss *gloss) {
    while (!at_end(gloss) && may_stand_in_link(gloss->text.at[gloss->at])) gloss->at++;
    return gloss->missing || take(gloss, VIEW("\033\\"));
}

/* Go behind the escape sequences of ours that stand here; false where others do. */
static bool skip_escapes(struct reading_gloss *gloss) {
    while (!at_end(gloss) && gloss->text.at[gloss->at] == '\033') {
        size_t at = gloss->at;
        if (take(gloss, VIEW(GLOSS_COLOUR)) || take(gloss, VIEW(GLOSS_PLAIN))) continue;
        gloss->at = at;
        if (!take(gloss, VIEW("\033]8;;")) || (!gloss->missing && !take_address(gloss)))
            return false;
    }
    return true;
}

static bool take_symbol(struct reading_gloss *gloss) {
    size_t from = gloss->at;
    if (!is_word(gloss->text.at[from])) return false;
    while (!at_end(gloss) && may_stand_in_symbol(gloss->text.at[gloss->at])) gloss->at++;
    if (gloss->at - from > SYMBOL_MOST || !skip_escapes(gloss)) return false;
    return gloss->missing || take(gloss, VIEW(":"));
}

/* `= `, `? ` or `SYMBOL: `. */
static bool take_mark(struct reading_gloss *gloss) {
    if (!skip_escapes(gloss)) return false;
    if (gloss->missing) return true;
    bool short_mark = gloss->text.at[gloss->at] == '=' || gloss->text.at[gloss->at] == '?';
    if (short_mark) gloss->at++;
    if (!short_mark && !take_symbol(gloss)) return false;
    return gloss->missing || take(gloss, VIEW(" "));
}

/* Up to the closing brace. */
static bool take_body(struct reading_gloss *gloss) {
    while (skip_escapes(gloss) && !gloss->missing) {
        char c = gloss->text.at[gloss->at++];
        if (c == '}') return true;
        if (c == '{' || is_control(c)) return false;
    }
    return gloss->missing;
}

enum gloss_look gloss_look_at(struct view text, size_t at, bool open, size_t *ret_size) {
    enum gloss_look missing = open ? GLOSS_OPEN : GLOSS_NONE;
    struct reading_gloss gloss = {.text = view_part(text, at, text.size)};
    if (gloss.text.size > GLOSS_MOST) {
        gloss.text.size = GLOSS_MOST;
        missing = GLOSS_NONE;
    }
    if (!take(&gloss, VIEW(" {"))) return GLOSS_NONE;
    if (at_end(&gloss)) return missing;
    if (gloss.text.at[gloss.at] == '!') return GLOSS_GUARD;
    if (!take_mark(&gloss)) return GLOSS_NONE;
    if (gloss.missing) return missing;
    if (!take_body(&gloss)) return GLOSS_NONE;
    *ret_size = gloss.at;
    return gloss.missing ? missing : GLOSS_WHOLE;
}
