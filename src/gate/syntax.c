#include "syntax.h"

#include "reader.h"

/* How deep groups may be nested; deeper regexes are not followed. */
enum { DEPTH_MOST = 100 };

static const struct item nothing = {.kind = ITEM_NOTHING};

static const struct item *read_either(struct reader *reader);

static const struct item *lose(struct reader *reader) {
    reader->lost = true;
    return &nothing;
}

static bool at_end(const struct reader *reader) {
    return reader->lost || reader->at >= reader->text.size;
}

static const struct item *make(struct reader *reader, struct item item) {
    struct item *made = arena_take(reader->arena, sizeof item);
    if (!made) return lose(reader);
    *made = item;
    return made;
}

static const struct item *join(struct reader *reader, const struct item *left,
                               const struct item *right) {
    if (left->kind == ITEM_NOTHING) return right;
    if (right->kind == ITEM_NOTHING) return left;
    return make(reader, (struct item){.kind = ITEM_BOTH, .left = left, .right = right});
}

static const struct item *make_set(struct reader *reader, struct byteset set) {
    if (reader->any_case) byteset_ignore_case(&set);
    return make(reader, (struct item){.kind = ITEM_SET, .set = set});
}

static const struct item *read_class(struct reader *reader) {
    struct item item = {.kind = ITEM_SET};
    return read_class_set(reader, &item.set) ? make(reader, item) : lose(reader);
}

/* `(?i)` and `(?i:`, `(?-i:`: true when a group follows. Other letters are not followed, but for
 * those that make no difference in a line. */
static bool read_flags(struct reader *reader) {
    bool on = true;
    for (; peek(reader) && peek(reader) != ')' && peek(reader) != ':'; reader->at++) {
        char flag = peek(reader);
        if (flag == '-')
            on = false;
        else if (flag == 'i')
            reader->any_case = on;
        else if (flag != 's' && flag != 'U' && flag != 'J')
            lose(reader);
        if (reader->lost) return false;
    }
    return reader->text.at[reader->at++] == ':';
}

static void skip_name(struct reader *reader) {
    size_t end = view_find(reader->text, reader->at, '>');
    if (end == reader->text.size) lose(reader);
    reader->at = end + !reader->lost;
}

static const struct item *read_group_body(struct reader *reader) {
    bool any_case = reader->any_case;
    if (++reader->depth > DEPTH_MOST) return lose(reader);
    const struct item *body = read_either(reader);
    reader->depth--;
    if (!accept(reader, VIEW(")"))) return lose(reader);
    reader->any_case = any_case;
    return body;
}

/* Nothing but lookarounds follows up to the regex's end: what a lookahead sees must be there. */
static bool is_last(struct reader *reader) {
    struct reader ahead = *reader;
    while (!at_end(&ahead)) {
        if (!accept(&ahead, VIEW("(?!")) && !accept(&ahead, VIEW("(?<!"))) return false;
        read_group_body(&ahead);
    }
    return !ahead.lost && reader->depth == 0;
}

/* Add the bytes with which a match of the item may end; false when it may be empty. */
static bool add_last(struct byteset *set, const struct item *item) {
    switch (item->kind) {
    case ITEM_SET:
        byteset_join(set, &item->set);
        return true;
    case ITEM_BOTH:
        return add_last(set, item->right) || add_last(set, item->left);
    case ITEM_EITHER: {
        bool left = add_last(set, item->left), right = add_last(set, item->right);
        return left && right;
    }
    case ITEM_REPEAT:
        return add_last(set, item->left) && item->least > 0;
    case ITEM_BEGIN:
        byteset_add(set, '\n');
        return true;
    default:
        return false;
    }
}

/* What a lookbehind wants, as far as it can be told of the byte before. */
static const struct item *behind(struct reader *reader, const struct item *seen) {
    struct item item = {.kind = ITEM_BEHIND};
    if (!add_last(&item.set, seen)) return &nothing;
    return make(reader, item);
}

/* Add the bytes that may not stand before: those that are an alternative alone. */
static void add_refused(struct byteset *set, const struct item *item) {
    if (item->kind == ITEM_SET) byteset_join(set, &item->set);
    if (item->kind != ITEM_EITHER) return;
    add_refused(set, item->left);
    add_refused(set, item->right);
}

static const struct item *not_behind(struct reader *reader, const struct item *refused) {
    struct item item = {.kind = ITEM_BEHIND};
    add_refused(&item.set, refused);
    byteset_invert(&item.set);
    byteset_add(&item.set, '\n');
    return make(reader, item);
}

static const struct item *read_lookaround(struct reader *reader, bool *ret_is_one) {
    *ret_is_one = true;
    if (accept(reader, VIEW("?="))) {
        const struct item *seen = read_group_body(reader);
        return is_last(reader) ? seen : &nothing;
    }
    if (accept(reader, VIEW("?<!"))) return not_behind(reader, read_group_body(reader));
    if (accept(reader, VIEW("?<="))) return behind(reader, read_group_body(reader));
    *ret_is_one = accept(reader, VIEW("?!"));
    if (*ret_is_one) read_group_body(reader);
    return &nothing;
}

static const struct item *read_flagged(struct reader *reader) {
    bool any_case = reader->any_case;
    if (!read_flags(reader)) return &nothing;
    const struct item *body = read_group_body(reader);
    reader->any_case = any_case;
    return body;
}

static const struct item *read_group(struct reader *reader) {
    bool is_lookaround;
    if (peek(reader) == '*') return lose(reader);
    const struct item *lookaround = read_lookaround(reader, &is_lookaround);
    if (is_lookaround) return lookaround;
    if (peek(reader) != '?') return read_group_body(reader);
    if (accept(reader, VIEW("?:")) || accept(reader, VIEW("?>"))) return read_group_body(reader);
    if (accept(reader, VIEW("?<")) || accept(reader, VIEW("?P<"))) {
        skip_name(reader);
        return read_group_body(reader);
    }
    reader->at++;
    return is_one_of(peek(reader), VIEW("imsxnJU-^")) ? read_flagged(reader) : lose(reader);
}

static const struct item *read_escape(struct reader *reader) {
    static const struct item edge = {.kind = ITEM_EDGE}, begin = {.kind = ITEM_BEGIN},
                             end = {.kind = ITEM_END};
    struct byteset set = {0};
    if (accept(reader, VIEW("b"))) return &edge;
    if (accept(reader, VIEW("B"))) return &nothing;
    if (accept(reader, VIEW("A"))) return &begin;
    if (accept(reader, VIEW("z")) || accept(reader, VIEW("Z"))) return &end;
    if (!read_escaped(reader, &set)) return lose(reader);
    return make_set(reader, set);
}

static const struct item *read_atom(struct reader *reader) {
    static const struct item begin = {.kind = ITEM_BEGIN}, end = {.kind = ITEM_END};
    struct byteset set = {0};
    char c = reader->text.at[reader->at++];
    switch (c) {
    case '(':
        return read_group(reader);
    case '[':
        return read_class(reader);
    case '\\':
        return read_escape(reader);
    case '^':
        return &begin;
    case '$':
        return &end;
    case '.':
        byteset_invert(&set);
        return make_set(reader, set);
    case '{':
        if (is_one_of(peek(reader), VIEW(", "))) return lose(reader);
        /* fall through */
    default:
        byteset_add(&set, (unsigned char)c);
        return make_set(reader, set);
    }
}

static bool read_count(struct reader *reader, uint32_t *ret) {
    size_t start = reader->at;
    *ret = 0;
    while (is_digit(peek(reader)) && reader->at - start < 6)
        *ret = *ret * 10 + (uint32_t)(reader->text.at[reader->at++] - '0');
    return reader->at > start;
}

/* `{3}`, `{3,}`, `{3,5}`; a brace that begins none of these is a brace, but for some that a later
 * PCRE2 counts by (`{,3}`, `{ 3 }`). */
static bool read_braces(struct reader *reader, uint32_t *least, uint32_t *most) {
    struct reader ahead = *reader;
    if (!accept(&ahead, VIEW("{")) || !read_count(&ahead, least)) return false;
    *most = *least;
    if (accept(&ahead, VIEW(",")) && !read_count(&ahead, most)) *most = REPEAT_FOREVER;
    if (!accept(&ahead, VIEW("}"))) return false;
    reader->at = ahead.at;
    return true;
}

static bool read_quantifier(struct reader *reader, uint32_t *least, uint32_t *most) {
    if (!is_one_of(peek(reader), VIEW("*+?{"))) return false;
    *least = peek(reader) == '+';
    *most = peek(reader) == '?' ? 1 : REPEAT_FOREVER;
    bool found = accept(reader, VIEW("*")) || accept(reader, VIEW("+")) ||
                 accept(reader, VIEW("?")) || read_braces(reader, least, most);
    /* lazy and possessive ones find nothing that the greedy one would not */
    if (found && !accept(reader, VIEW("?"))) accept(reader, VIEW("+"));
    return found;
}

static const struct item *read_repeated(struct reader *reader) {
    uint32_t least, most;
    const struct item *item = read_atom(reader);
    while (!reader->lost && read_quantifier(reader, &least, &most))
        item = make(reader,
                    (struct item){.kind = ITEM_REPEAT, .least = least, .most = most, .left = item});
    return item;
}

static const struct item *read_sequence(struct reader *reader) {
    const struct item *sequence = &nothing;
    while (!at_end(reader) && peek(reader) != '|' && peek(reader) != ')')
        sequence = join(reader, sequence, read_repeated(reader));
    return sequence;
}

static const struct item *read_either(struct reader *reader) {
    const struct item *either = read_sequence(reader);
    while (!at_end(reader) && accept(reader, VIEW("|"))) {
        const struct item *other = read_sequence(reader);
        either = make(reader, (struct item){.kind = ITEM_EITHER, .left = either, .right = other});
    }
    return either;
}

const struct item *syntax_read(struct view regex, struct arena *arena) {
    struct reader reader = {.text = regex, .arena = arena};
    const struct item *whole = read_either(&reader);
    return reader.lost || reader.at < regex.size ? NULL : whole;
}
