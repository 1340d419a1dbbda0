#include "shape.h"

static char peek(const struct reading *reading) {
    return reading->at < reading->text.size ? reading->text.at[reading->at] : '\0';
}

static bool take_byte(struct reading *reading, struct view set) {
    bool there = reading->at < reading->text.size && is_one_of(peek(reading), set);
    reading->at += there;
    return there;
}

/* `least` to `most` digits whose value lies between `low` and `high`. */
static bool take_number(struct reading *reading, int least, int most, int low, int high, int *ret) {
    int value = 0, digits = 0;
    for (; digits < most && is_digit(peek(reading)); digits++)
        value = value * 10 + (reading->text.at[reading->at++] - '0');
    *ret = value;
    return digits >= least && value >= low && value <= high;
}

/* One of the names of three letters in `names`; which one, from 1. */
static bool take_name(struct reading *reading, const char *names, int *ret) {
    if (reading->text.size - reading->at < 3) return false;
    for (int i = 0; *names; i++, names += 3) {
        if (memcmp(reading->text.at + reading->at, names, 3) != 0) continue;
        *ret = i + 1;
        reading->at += 3;
        return true;
    }
    return false;
}

static bool take_fraction(struct reading *reading, bool needed) {
    size_t from = reading->at;
    bool mark = take_byte(reading, VIEW(".,:"));
    if (!mark || !is_digit(peek(reading))) {
        reading->at = from;
        return !needed;
    }
    while (is_digit(peek(reading))) reading->at++;
    return true;
}

/* `+01:00`, `-0700` or `+01`. */
static bool take_offset(struct reading *reading) {
    int sign = peek(reading) == '-' ? -1 : 1, hours, minutes = 0;
    if (!take_byte(reading, VIEW("+-")) || !take_number(reading, 2, 2, 0, 14, &hours)) return false;
    bool colon = take_byte(reading, VIEW(":"));
    if ((colon || is_digit(peek(reading))) && !take_number(reading, 2, 2, 0, 59, &minutes))
        return false;
    minutes += hours * 60;
    reading->ahead = (int64_t)sign * minutes * 60;
    return true;
}

/* Behind a blank four digits might be an error code: they are an offset where they end in a full
 * hour or a half one. */
static bool take_zone_behind_blank(struct reading *reading) {
    struct reading ahead = *reading;
    bool offset = take_byte(&ahead, VIEW(" ")) && take_offset(&ahead) &&
                  ahead.at - reading->at == 6 && ahead.ahead % 1800 == 0 && !is_word(peek(&ahead));
    if (offset) *reading = ahead;
    return true;
}

static bool take_zone(struct reading *reading) {
    if (take_byte(reading, VIEW("Zz"))) return true;
    if (peek(reading) == ' ') return take_zone_behind_blank(reading);
    bool sign = is_one_of(peek(reading), VIEW("+-")) && reading->at + 1 < reading->text.size;
    return !sign || !is_digit(reading->text.at[reading->at + 1]) || take_offset(reading);
}

/* How many minutes are to be added to get UTC, as Windows counts: `+300` in New York. */
static bool take_bias(struct reading *reading) {
    int sign = peek(reading) == '-' ? -1 : 1, minutes;
    if (!take_byte(reading, VIEW("+-"))) return true;
    if (!take_number(reading, 1, 3, 0, 14 * 60, &minutes)) return false;
    reading->ahead = -(int64_t)sign * minutes * 60;
    return true;
}

static bool take_half(struct reading *reading) {
    bool afternoon = peek(reading) == 'P';
    if (!take_byte(reading, VIEW("AP")) || !take_byte(reading, VIEW("M"))) return false;
    reading->hour = reading->hour % 12 + (afternoon ? 12 : 0);
    return true;
}

static bool take_epoch(struct reading *reading) {
    size_t from = reading->at;
    reading->epoch = 0;
    while (reading->at - from < 10 && is_digit(peek(reading)))
        reading->epoch = reading->epoch * 10 + (reading->text.at[reading->at++] - '0');
    return reading->at - from == 10 && reading->text.at[from] != '0';
}

/* Between time and date of Configuration Manager. */
static bool take_date_field(struct reading *reading) {
    static const char mark[] = "\" date=\"";
    size_t size = sizeof mark - 1;
    if (reading->text.size - reading->at < size) return false;
    bool there = memcmp(reading->text.at + reading->at, mark, size) == 0;
    reading->at += there ? size : 0;
    return there;
}

/* The letters that are digits: how many, what they may say, and where it is kept. */
static const struct number {
    char letter;
    int least, most, low, high;
    size_t into;
} numbers[] = {
    {'Y', 4, 4, 1970, 2199, offsetof(struct reading, year)},
    {'m', 2, 2, 1, 12, offsetof(struct reading, month)},
    {'n', 1, 2, 1, 12, offsetof(struct reading, month)},
    {'d', 2, 2, 1, 31, offsetof(struct reading, day)},
    {'D', 1, 2, 1, 31, offsetof(struct reading, day)},
    {'H', 2, 2, 0, 23, offsetof(struct reading, hour)},
    {'h', 1, 2, 1, 12, offsetof(struct reading, hour)},
    {'M', 2, 2, 0, 59, offsetof(struct reading, minute)},
    {'S', 2, 2, 0, 60, offsetof(struct reading, second)},
};

static const struct number *number_of(char letter) {
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].letter == letter) return &numbers[i];
    return NULL;
}

static bool take_digits(struct reading *reading, const struct number *number) {
    int *into = (int *)(void *)((char *)reading + number->into);
    if (number->letter == 'D') take_byte(reading, VIEW(" "));
    return take_number(reading, number->least, number->most, number->low, number->high, into);
}

static bool take_month(struct reading *reading) {
    return take_name(reading, "JanFebMarAprMayJunJulAugSepOctNovDec", &reading->month);
}

static bool take_weekday(struct reading *reading) {
    int unused;
    return take_name(reading, "MonTueWedThuFriSatSun", &unused);
}

/* Of this century. */
static bool take_short_year(struct reading *reading) {
    bool there = take_number(reading, 2, 2, 0, 99, &reading->year);
    reading->year += 2000;
    return there;
}

static bool take_any_fraction(struct reading *reading) {
    return take_fraction(reading, false);
}

static bool take_some_fraction(struct reading *reading) {
    return take_fraction(reading, true);
}

static bool take_divider(struct reading *reading) {
    return take_byte(reading, VIEW("Tt \t"));
}

static bool take_level(struct reading *reading) {
    return take_byte(reading, VIEW("IWEF"));
}

/* The other letters. */
static const struct part {
    char letter;
    bool (*take)(struct reading *);
} parts[] = {
    {'b', take_month},         {'a', take_weekday}, {'f', take_any_fraction},
    {'F', take_some_fraction}, {'T', take_divider}, {'g', take_level},
    {'z', take_zone},          {'Z', take_offset},  {'B', take_bias},
    {'p', take_half},          {'E', take_epoch},   {'q', take_date_field},
    {'y', take_short_year},
};

static bool take(struct reading *reading, char letter) {
    const struct number *number = number_of(letter);
    if (number) return take_digits(reading, number);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].letter == letter) return parts[i].take(reading);
    return take_byte(reading, view_of(&letter, 1));
}

bool shape_take(struct reading *reading, const char *letters) {
    for (; *letters; letters++)
        if (!take(reading, *letters)) return false;
    return !is_digit(peek(reading));
}
