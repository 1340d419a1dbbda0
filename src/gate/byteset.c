#include "byteset.h"

void byteset_add_range(struct byteset *set, unsigned char first, unsigned char last) {
    for (unsigned byte = first; byte <= last; byte++) byteset_add(set, (unsigned char)byte);
}

void byteset_join(struct byteset *set, const struct byteset *other) {
    for (size_t i = 0; i < 4; i++) set->bits[i] |= other->bits[i];
}

/* Digits are the bytes 48 to 57, letters 65 to 90 and 97 to 122. */
bool byteset_has_word(const struct byteset *set) {
    return (set->bits[0] & 0x03ff000000000000) || (set->bits[1] & 0x07fffffe07fffffe);
}

void byteset_invert(struct byteset *set) {
    for (size_t i = 0; i < 4; i++) set->bits[i] = ~set->bits[i];
}

/* Letters are the bytes 65 to 90 and 97 to 122: in the second word, 32 bits apart. */
void byteset_ignore_case(struct byteset *set) {
    const uint64_t letters = 0x07fffffe;
    uint64_t word = set->bits[1], any = (word | word >> 32) & letters;
    set->bits[1] |= any | any << 32;
}

static void add_all(struct byteset *set, struct view bytes) {
    for (size_t i = 0; i < bytes.size; i++) byteset_add(set, (unsigned char)bytes.at[i]);
}

/* Of the classes whose capital letter is the opposite. */
static bool add_class(struct byteset *set, char letter) {
    switch (letter) {
    case 'd':
        return byteset_add_named(set, VIEW("digit"));
    case 'w':
        return byteset_add_named(set, VIEW("word"));
    case 's':
        add_all(set, VIEW("\t\n\v\f\r "));
        return true;
    case 'h':
        add_all(set, VIEW("\t \xa0"));
        return true;
    case 'v':
        add_all(set, VIEW("\n\v\f\r\x85"));
        return true;
    default:
        return false;
    }
}

static bool add_opposite(struct byteset *set, char letter) {
    struct byteset class = {0};
    if (letter == 'N')
        byteset_add(&class, '\n');
    else if (letter < 'A' || letter > 'Z' || !add_class(&class, to_lower(letter)))
        return false;
    byteset_invert(&class);
    byteset_join(set, &class);
    return true;
}

bool byteset_add_escape(struct byteset *set, char letter) {
    static const char letters[] = "tnrfea", bytes[] = "\t\n\r\f\x1b\a";
    const char *single = letter ? strchr(letters, letter) : NULL;
    if (add_class(set, letter) || add_opposite(set, letter)) return true;
    if (!single && (is_letter(letter) || is_digit(letter))) return false;
    byteset_add(set, (unsigned char)(single ? bytes[single - letters] : letter));
    return true;
}

bool byteset_add_named(struct byteset *set, struct view name) {
    static const struct {
        struct view name;
        const char *ranges; /* pairs of first and last byte */
    } classes[] = {
        {{"alpha", 5}, "AZaz"},
        {{"digit", 5}, "09"},
        {{"alnum", 5}, "AZaz09"},
        {{"upper", 5}, "AZ"},
        {{"lower", 5}, "az"},
        {{"xdigit", 6}, "09AFaf"},
        {{"space", 5}, "\t\r  "},
        {{"blank", 5}, "\t\t  "},
        {{"punct", 5}, "!/:@[`{~"},
        {{"word", 4}, "AZaz09__"},
        {{"cntrl", 5}, "\x01\x1f\x7f\x7f"},
        {{"print", 5}, " ~"},
        {{"graph", 5}, "!~"},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (!view_equal(classes[i].name, name)) continue;
        for (const char *range = classes[i].ranges; *range; range += 2)
            byteset_add_range(set, (unsigned char)range[0], (unsigned char)range[1]);
        if (view_equal(name, VIEW("cntrl"))) byteset_add(set, 0);
        return true;
    }
    return false;
}
