#include "encoding.h"

enum { REPLACEMENT = 0xfffd };

/* How many bytes a character has by its first; 1 for a byte that begins none. */
static size_t length_of(char first) {
    unsigned char byte = (unsigned char)first;
    return byte < 0xc2 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 1;
}

/* The character at the begin of a text, surrogates too; its size in `*ret_size`. Bytes that spell
 * none are U+FFFD, one at a time. */
static unsigned character(struct view text, size_t *ret_size) {
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = length_of(text.at[0]);
    unsigned first = (unsigned char)text.at[0], point = size == 1 ? first : first & (0x7fu >> size);
    *ret_size = 1;
    if (size > text.size || (size == 1 && first >= 0x80)) return REPLACEMENT;
    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)text.at[i] & 0xc0) != 0x80) return REPLACEMENT;
        point = point << 6 | ((unsigned char)text.at[i] & 0x3f);
    }
    if (point < least[size] || point > 0x10ffff) return REPLACEMENT;
    *ret_size = size;
    return point;
}

static char *put_unit(enum encoding encoding, char *at, unsigned unit) {
    bool little = encoding == ENCODING_UTF16LE;
    at[0] = (char)(little ? unit : unit >> 8);
    at[1] = (char)(little ? unit >> 8 : unit);
    return at + 2;
}

static char *put(enum encoding encoding, char *at, unsigned point) {
    if (point < 0x10000) return put_unit(encoding, at, point);
    at = put_unit(encoding, at, 0xd800 + ((point - 0x10000) >> 10));
    return put_unit(encoding, at, 0xdc00 + ((point - 0x10000) & 0x3ff));
}

/* Append the characters that are whole; returns how many bytes they had. */
static size_t append_all(enum encoding encoding, struct view text, struct buffer *out) {
    size_t from = 0;
    if (!buffer_reserve(out, 2 * text.size)) return text.size;
    char *at = out->at + out->size;
    while (from < text.size && length_of(text.at[from]) <= text.size - from) {
        size_t size;
        at = put(encoding, at, character(view_part(text, from, text.size), &size));
        from += size;
    }
    out->size = (size_t)(at - out->at);
    return from;
}

/* Take bytes over to the character that is not whole, until it is. */
static size_t complete(struct encoder *encoder, struct view text, struct buffer *out) {
    size_t taken = 0;
    while (encoder->rest_size > 0 && taken < text.size) {
        char whole[5];
        size_t size = encoder->rest_size;
        memcpy(whole, encoder->rest, size);
        whole[size++] = text.at[taken++];
        size_t used = append_all(encoder->encoding, view_of(whole, size), out);
        encoder->rest_size = size - used;
        memcpy(encoder->rest, whole + used, encoder->rest_size);
    }
    return taken;
}

void encode(struct encoder *encoder, struct view text, struct buffer *out) {
    size_t from = complete(encoder, text, out);
    struct view rest = view_part(text, from, text.size);
    if (rest.size == 0) return;
    size_t used = append_all(encoder->encoding, rest, out);
    encoder->rest_size = rest.size - used;
    memcpy(encoder->rest, rest.at + used, encoder->rest_size);
}
