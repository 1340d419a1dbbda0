#include "timestamp.h"

#include <stdio.h>
#include <time.h>

#include "shape.h"

enum {
    DAY = 24 * 60 * 60,
    NEAR = 128,    /* how far into a line a time may begin */
    LOOK_BACK = 8, /* years between two 29ths of February at most */
};

/* Where a shape may begin. */
enum place {
    NEAR_BEGIN,
    AT_BEGIN,     /* behind blanks, a syslog priority and one opening mark */
    IN_TIME_FIELD /* behind the message of Configuration Manager, wherever it ends */
};

/* The shapes; see shape.h for their letters. */
static const struct shape {
    const char *letters;
    enum place place;
} shapes[] = {
    {"Y-m-dTH:M:Sfz", NEAR_BEGIN},
    {"Y/m/d H:M:Sfz", NEAR_BEGIN},
    {"d/b/Y:H:M:S Z", NEAR_BEGIN},
    {"a b D H:M:Sf Y", NEAR_BEGIN},
    {"n/D/Y h:M:S p", NEAR_BEGIN},
    {"D/n/Y h:M:S p", NEAR_BEGIN},
    {"m/d/Y H:M:Sf Net", AT_BEGIN}, /* NetSetup.log, never the day before the month */
    {"m/d H:M:S [", AT_BEGIN},      /* netlogon.log, likewise */
    {"n/D/Y H:M:Sf", NEAR_BEGIN},
    {"D/n/Y H:M:Sf", NEAR_BEGIN},
    {"b D Y H:M:Sf", AT_BEGIN},
    {"b D H:M:Sf", AT_BEGIN},
    {"m-d H:M:SF", AT_BEGIN},
    {"gmd H:M:SF", AT_BEGIN},
    {"ymd H:M:S", AT_BEGIN}, /* MySQL before 5.7 */
    {"Ef", AT_BEGIN},
    {"ts\":Ef", NEAR_BEGIN},
    {"H:M:SfBqm-d-Y", IN_TIME_FIELD},
};

/* False where the month has no such day. */
static bool count_seconds(const struct reading *reading, int year, int64_t *ret) {
    struct tm tm = {.tm_year = year - 1900, .tm_mon = reading->month - 1, .tm_mday = reading->day};
    time_t day = timegm(&tm);
    int64_t minutes = (int64_t)reading->hour * 60 + reading->minute;
    *ret = (int64_t)day + minutes * 60 + reading->second - reading->ahead;
    return tm.tm_mday == reading->day && *ret >= 0;
}

static bool find_year(const struct reading *reading, int64_t now, int64_t *ret) {
    time_t latest = (time_t)(now + DAY);
    struct tm tm;
    if (!gmtime_r(&latest, &tm)) return false;
    for (int back = 0; back <= LOOK_BACK; back++)
        if (count_seconds(reading, tm.tm_year + 1900 - back, ret) && *ret <= latest) return true;
    return false;
}

/* Where the month could as well be the day, nothing tells which it is. */
static bool is_ambiguous(const struct reading *reading, const struct shape *shape) {
    bool either = strchr(shape->letters, 'n') != NULL;
    return either && reading->day <= 12 && reading->day != reading->month;
}

static bool read_shape(const struct shape *shape, struct view line, size_t at, int64_t now,
                       int64_t *ret) {
    static const int64_t end = 7258118400; /* the year 2200 */
    struct reading reading = {.text = line, .at = at, .epoch = -1};
    if (!shape_take(&reading, shape->letters) || is_ambiguous(&reading, shape)) return false;
    *ret = reading.epoch;
    bool told = reading.epoch >= 0 || (reading.year ? count_seconds(&reading, reading.year, ret)
                                                    : find_year(&reading, now, ret));
    return told && *ret < end;
}

static bool read_at(struct view line, size_t at, enum place place, int64_t now, int64_t *ret) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (shapes[i].place == place && read_shape(&shapes[i], line, at, now, ret)) return true;
    return false;
}

static size_t skip_any(struct view line, size_t at, struct view set) {
    while (at < line.size && is_one_of(line.at[at], set)) at++;
    return at;
}

/* Behind the priority of syslog, `<34>`, where one stands. */
static size_t skip_priority(struct view line, size_t at) {
    size_t end = at < line.size && line.at[at] == '<' ? at + 1 : at;
    while (end > at && end < line.size && is_digit(line.at[end]) && end < at + 4) end++;
    return end > at + 1 && end < line.size && line.at[end] == '>' ? end + 1 : at;
}

static size_t begin_of(struct view line) {
    size_t at = skip_priority(line, skip_any(line, 0, VIEW(" \t")));
    return at < line.size && is_one_of(line.at[at], VIEW("[(*.")) ? at + 1 : at;
}

static bool may_begin(struct view line, size_t at) {
    char before = at ? line.at[at - 1] : ' ';
    if (is_digit(line.at[at])) return !is_digit(before) && !is_one_of(before, VIEW(".:/-"));
    return is_letter(line.at[at]) && !is_word(before);
}

/* Where the message of a line of Configuration Manager ends; its size where it has none. */
static size_t find_time_field(struct view line) {
    static const char mark[] = "]LOG]!><time=\"";
    const char *found = line.size ? memmem(line.at, line.size, mark, sizeof mark - 1) : NULL;
    return found ? (size_t)(found - line.at) + sizeof mark - 1 : line.size;
}

bool timestamp_read(struct view line, int64_t now, int64_t *ret_seconds) {
    size_t field = find_time_field(line);
    if (field < line.size) return read_at(line, field, IN_TIME_FIELD, now, ret_seconds);
    if (view_starts(line, VIEW("<![LOG["))) return false;
    if (read_at(line, begin_of(line), AT_BEGIN, now, ret_seconds)) return true;
    for (size_t at = 0; at < line.size && at < NEAR; at++)
        if (may_begin(line, at) && read_at(line, at, NEAR_BEGIN, now, ret_seconds)) return true;
    return false;
}

void timestamp_write(int64_t seconds, char between, char text[TIMESTAMP_SIZE]) {
    time_t time = (time_t)seconds;
    struct tm tm = {0};
    gmtime_r(&time, &tm);
    size_t size = strftime(text, TIMESTAMP_SIZE, "%Y-%m-%d ", &tm);
    if (size) text[size - 1] = between;
    strftime(text + size, TIMESTAMP_SIZE - size, "%H:%M:%S", &tm);
}
