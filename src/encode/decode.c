#include "encoding.h"

/* A character of UTF-16 (at most two units of two bytes) is at most four bytes of UTF-8, a unit at
 * most three. */
#define UNIT ((size_t)2)
#define UTF8_A_UNIT_MOST ((size_t)3)

static unsigned unit_at(enum encoding encoding, const char *bytes) {
    unsigned first = (unsigned char)bytes[0], second = (unsigned char)bytes[1];
    return encoding == ENCODING_UTF16LE ? first | second << 8 : first << 8 | second;
}

static bool is_high(unsigned unit) {
    return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low(unsigned unit) {
    return unit >= 0xdc00 && unit < 0xe000;
}

static char *put(char *at, unsigned point) {
    if (point < 0x80) {
        *at++ = (char)point;
    } else if (point < 0x800) {
        *at++ = (char)(0xc0 | point >> 6);
        *at++ = (char)(0x80 | (point & 0x3f));
    } else {
        if (point < 0x10000) {
            *at++ = (char)(0xe0 | point >> 12);
        } else {
            *at++ = (char)(0xf0 | point >> 18);
            *at++ = (char)(0x80 | (point >> 12 & 0x3f));
        }
        *at++ = (char)(0x80 | (point >> 6 & 0x3f));
        *at++ = (char)(0x80 | (point & 0x3f));
    }
    return at;
}

/* Write the characters that are whole, for which there is room. Returns how many bytes they had. */
static size_t put_all(enum encoding encoding, struct view bytes, char **at) {
    size_t from = 0;
    while (bytes.size - from >= UNIT) {
        unsigned unit = unit_at(encoding, bytes.at + from);
        size_t size = UNIT;
        if (is_high(unit)) {
            if (bytes.size - from < 2 * UNIT) break;
            unsigned low = unit_at(encoding, bytes.at + from + UNIT);
            if (is_low(low)) {
                unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                size = 2 * UNIT;
            }
        }
        *at = put(*at, unit);
        from += size;
    }
    return from;
}

static size_t append_all(enum encoding encoding, struct view bytes, struct buffer *out) {
    if (!buffer_reserve(out, (bytes.size / UNIT + 1) * UTF8_A_UNIT_MOST)) return bytes.size;
    char *at = out->at + out->size;
    size_t used = put_all(encoding, bytes, &at);
    out->size = (size_t)(at - out->at);
    return used;
}

/* Take bytes over to the character that is not whole, until it is. */
static size_t complete(struct decoder *decoder, struct view bytes, struct buffer *out) {
    size_t taken = 0;
    while (decoder->rest_size > 0 && taken < bytes.size) {
        char character[2 * UNIT];
        size_t size = decoder->rest_size;
        memcpy(character, decoder->rest, size);
        character[size++] = bytes.at[taken++];
        size_t used = append_all(decoder->encoding, view_of(character, size), out);
        decoder->rest_size = size - used;
        memcpy(decoder->rest, character + used, decoder->rest_size);
    }
    return taken;
}

void decode(struct decoder *decoder, struct view bytes, struct buffer *out) {
    size_t from = complete(decoder, bytes, out);
    struct view rest = view_part(bytes, from, bytes.size);
    if (rest.size == 0) return;
    size_t used = append_all(decoder->encoding, rest, out);
    decoder->rest_size = rest.size - used;
    memcpy(decoder->rest, rest.at + used, decoder->rest_size);
}

bool decode_end(struct decoder *decoder, struct buffer *out, char *ret_byte) {
    bool odd = decoder->rest_size % UNIT;
    if (odd) *ret_byte = decoder->rest[decoder->rest_size - 1];
    if (decoder->rest_size >= UNIT && buffer_reserve(out, UTF8_A_UNIT_MOST)) {
        char *at = put(out->at + out->size, unit_at(decoder->encoding, decoder->rest));
        out->size = (size_t)(at - out->at);
    }
    decoder->rest_size = 0;
    return odd;
}
