#include "testing.h"

#include <stdio.h>

#include "histogram.h"
#include "timestamp.h"

enum { NOW = 1772438400 /* 2026-03-02 08:00:00 */ };

static const char *read_as(const char *line) {
    static char text[TIMESTAMP_SIZE];
    int64_t seconds;
    if (!timestamp_read(view_string(line), NOW, &seconds)) return "-";
    timestamp_write(seconds, ' ', text);
    return text;
}

static const struct {
    const char *line, *time;
} rows[] = {
    /* ISO 8601, RFC 3339 */
    {"2026-03-02T08:14:07Z x", "2026-03-02 08:14:07"},
    {"2026-03-02T08:14:07.389+01:00 x", "2026-03-02 07:14:07"},
    {"2026-03-02T08:14:07,389-0730", "2026-03-02 15:44:07"},
    {"2026-03-02t08:14:07z", "2026-03-02 08:14:07"},
    {"2026-03-02T08:14:07+02", "2026-03-02 06:14:07"},
    {"2026-03-02 08:14:07, Info                  CBS", "2026-03-02 08:14:07"},
    {"2026-03-02 08:14:07 +0100 x", "2026-03-02 07:14:07"},
    {"2026-03-02 08:14:07 -1018 is an error", "2026-03-02 08:14:07"},
    {"2026-03-02 08:14:07.389123 CET", "2026-03-02 08:14:07"},
    {"2026-03-02 08:14:07:389", "2026-03-02 08:14:07"},
    {"{\"level\":\"error\",\"ts\":\"2026-03-02T08:14:07Z\"}", "2026-03-02 08:14:07"},
    {"2028-02-29 23:59:60", "2028-03-01 00:00:00"},
    {"1970-01-01 00:00:00", "1970-01-01 00:00:00"},
    {"2199-12-31 23:59:59", "2199-12-31 23:59:59"},
    {"\033[2m2026-03-02T08:14:07Z\033[0m x", "2026-03-02 08:14:07"},
    /* W3C behind a host */
    {"2026-03-02 08:14:07 W3SVC1 GET /", "2026-03-02 08:14:07"},
    /* RFC 3164, with and without its priority; RFC 5424 */
    {"Mar  1 10:00:00 host app[1]: x", "2026-03-01 10:00:00"},
    {"<34>Mar  1 10:00:00 host app: x", "2026-03-01 10:00:00"},
    {"Mar 11 10:00:00 host x", "2025-03-11 10:00:00"},
    {"Mar  3 07:59:59 ahead of UTC", "2026-03-03 07:59:59"},
    {"Mar  3 08:00:01 not possible", "2025-03-03 08:00:01"},
    {"Feb 29 10:00:00 host x", "2024-02-29 10:00:00"},
    {"*Mar  1 10:00:00.123: %SYS-5", "2026-03-01 10:00:00"},
    {"Mar 11 2024 10:00:00: %ASA-4", "2024-03-11 10:00:00"},
    {"<34>1 2026-03-02T08:14:07.003Z host", "2026-03-02 08:14:07"},
    /* Apache, nginx, squid */
    {"10.0.0.1 - - [10/Oct/2026:13:55:36 -0700] \"GET /\"", "2026-10-10 20:55:36"},
    {"[Wed Oct 11 14:32:52.123456 2026] [core:error]", "2026-10-11 14:32:52"},
    {"[Mon Mar  2 08:14:07 2026] usb 1-1: error -110", "2026-03-02 08:14:07"},
    {"2026/03/02 08:14:07 [error] 5#5: *1 x", "2026-03-02 08:14:07"},
    {"1695536123.456    12 10.0.0.1 TCP_MISS/502", "2023-09-24 06:15:23"},
    {"[1695536123] SERVICE ALERT", "2023-09-24 06:15:23"},
    /* Windows */
    {">>>  [Device Install 2026/03/02 08:14:07.389]", "2026-03-02 08:14:07"},
    {"<![LOG[failed 0x80070005]LOG]!><time=\"08:14:07.389+000\" date=\"03-02-2026\" component",
     "2026-03-02 08:14:07"},
    {"<![LOG[x]LOG]!><time=\"08:14:07.389+300\" date=\"03-02-2026\"", "2026-03-02 13:14:07"},
    {"<![LOG[x]LOG]!><time=\"08:14:07.389-060\" date=\"03-02-2026\"", "2026-03-02 07:14:07"},
    {"Error,3/14/2026 8:14:07 AM,Disk", "2026-03-14 08:14:07"},
    {"3/14/2026 12:14:07 PM x", "2026-03-14 12:14:07"},
    {"3/14/2026 12:14:07 AM x", "2026-03-14 00:14:07"},
    {"3/3/2026 8:14:07 PM x", "2026-03-03 20:14:07"},
    /* Android, glog */
    {"03-02 08:14:07.389  1234  1234 E Tag", "2026-03-02 08:14:07"},
    {"E0302 08:14:07.389123    1 file.go:5] x", "2026-03-02 08:14:07"},

    /* no wall time, no date, or none that can be told */
    {"", "-"},
    {"[12345.678901] usb 1-1: error -110", "-"},
    {"1695536.123 x", "-"},
    {"16955361234 x", "-"},
    {"x 1695536123 y", "-"},
    {"MSI (s) (A0:B4) [08:14:07:389]: x", "-"},
    {"3/2/2026 8:14:07 AM x", "-"},
    {"4/3/2026 08:14:07 x", "-"},
    {"03/04/2026 08:14:07:089 NetpDoDomain", "2026-03-04 08:14:07"},
    {"03/04/2026 08:14:07:089 Other", "-"},
    {"03/14/2026 08:14:07.089 Other", "2026-03-14 08:14:07"},
    {"14/03/2026 08:14:07 Other", "2026-03-14 08:14:07"},
    {"14/3/2026 8:14:07 PM Other", "2026-03-14 20:14:07"},
    {"14/13/2026 08:14:07 Other", "-"},
    {"32/12/2026 08:14:07 Other", "-"},
    {"03/01 08:12:26 [LOGON] SamLogon", "2026-03-01 08:12:26"},
    {"08/01 08:12:26 [LOGON] SamLogon", "2025-08-01 08:12:26"},
    {"08/01 08:12:26 x", "-"},
    {"2021-09-09\t09:54:16:059\t 708\t894\tAU", "2021-09-09 09:54:16"},
    {"160322 18:53:44 [Note] x", "2016-03-22 18:53:44"},
    {"161322 18:53:44 [Note] x", "-"},
    {"x 160322 18:53:44 [Note] x", "-"},
    {"caddy | {\"level\":\"info\",\"ts\":1761019822.3154097,\"msg\"", "2025-10-21 04:10:22"},
    {"{\"ports\":1761019822}", "-"},
    {"(Error: 80070057)]LOG]!><time=\"16:53:52.899+480\" date=\"03-01-2026\"",
     "2026-03-02 00:53:52"},
    {"03-02 08:14:07 x", "-"},
    /* impossible or cut off */
    {"2026-13-02 08:14:07", "-"},
    {"2026-00-02 08:14:07", "-"},
    {"2026-02-30 08:14:07", "-"},
    {"2026-02-29 08:14:07", "-"},
    {"2026-04-31T08:14:07Z", "-"},
    {"Feb 30 10:00:00 x", "-"},
    {"Feb 00 10:00:00 x", "-"},
    {"2026-03-02 24:14:07", "-"},
    {"2026-03-02 08:60:07", "-"},
    {"2026-03-02 08:14:61", "-"},
    {"2026-03-02T08:14:07+15:00", "-"},
    {"2026-03-02T08:14:07+01:6", "-"},
    {"2026-03-02T08:14:070", "-"},
    {"1969-12-31 23:59:59", "-"},
    {"1970-01-01T00:00:00+01:00", "-"},
    {"2200-01-01 00:00:00", "-"},
    {"2199-12-31T23:59:59-12:00", "-"},
    {"7258118399 x", "2199-12-31 23:59:59"},
    {"7258118400 x", "-"},
    {"9999999999 x", "-"},
    {"0000000001 x", "-"},
    {"12026-03-02 08:14:07", "-"},
    {"2026-03-02 08:14", "-"},
    {"2026-03-02 08:14:0", "-"},
    {"2026-03-02", "-"},
    {"<![LOG[2026-03-02 08:14:07]LOG]!>", "-"},
    {"<![LOG[x]LOG]!><time=\"08:14:07.389+000\" date=\"13-02-2026\"", "-"},
    {"<![LOG[x]LOG]!><time=\"08:14:07.389+000\" dat", "-"},
    {"<192>Mar", "-"},
    {"<", "-"},
    {"Marx 1 10:00:00", "-"},
};

static void every_shape_is_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = read_as(rows[i].line);
        if (strcmp(got, rows[i].time) != 0) print_error("%s\n", rows[i].line);
        assert_string_equal(got, rows[i].time);
    }
}

/* Any part of any of those lines is read without leaving its bytes, and never out of bounds. */
static void no_part_of_a_line_is_left(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t size = strlen(rows[i].line);
        for (size_t end = 0; end <= size; end++) {
            char *copy = malloc(end + 1);
            int64_t seconds = 0;
            memcpy(copy, rows[i].line, end);
            char *exact = realloc(copy, end ? end : 1);
            if (timestamp_read(view_of(exact, end), NOW, &seconds))
                assert_in_range(seconds, 0, 7258118399);
            free(exact);
        }
    }
}

static void a_time_far_into_a_line_is_none_of_it(void **state) {
    (void)state;
    char line[400];
    memset(line, 'x', sizeof line);
    snprintf(line + 300, 100, " 2026-03-02 08:14:07");
    assert_string_equal(read_as(line), "-");
}

static uint64_t total(const struct histogram *histogram) {
    return histogram_between(histogram, 0, INT64_MAX);
}

static void buckets_become_wider(void **state) {
    (void)state;
    struct histogram histogram = {0};
    assert_true(histogram_add(&histogram, 1000, 1));
    assert_true(histogram_add(&histogram, 1239, 1));
    assert_int_equal(histogram.width, 1);
    assert_int_equal(histogram.count, 240);
    assert_true(histogram_add(&histogram, 1240, 1));
    assert_int_equal(histogram.width, 5);
    assert_int_equal(histogram.start, 1000);
    assert_int_equal(histogram.count, 49);
    assert_int_equal(histogram.counts[47], 1);
    assert_true(histogram_add(&histogram, 0, 1));
    assert_int_equal(histogram.width, 10);
    assert_int_equal(histogram.counts[0], 1);
    assert_true(histogram_add(&histogram, 7258118399, 1));
    assert_int_equal(histogram.width, 364 * 86400);
    assert_int_equal(total(&histogram), 5);
    assert_true(histogram.count <= HISTOGRAM_BUCKETS);
    histogram_free(&histogram);
}

static uint64_t next_random(uint64_t *seed) {
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return *seed >> 33;
}

static void assert_same(const struct histogram *a, const struct histogram *b) {
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->start, b->start);
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->counts, b->counts, a->count * sizeof *a->counts);
}

/* Whatever the order of the times, and in however many parts they are counted. */
static void no_order_changes_a_histogram(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint64_t random = seed, times[50], span = (uint64_t)1 << (seed % 33);
        struct histogram forth = {0}, back = {0}, parts[2] = {{0}, {0}};
        for (int i = 0; i < 50; i++) times[i] = next_random(&random) % span;
        for (int i = 0; i < 50; i++) {
            assert_true(histogram_add(&forth, (int64_t)times[i], 1));
            assert_true(histogram_add(&back, (int64_t)times[49 - i], 1));
            assert_true(histogram_add(&parts[i % 2], (int64_t)times[i], 1));
            assert_true(forth.count <= HISTOGRAM_BUCKETS);
        }
        assert_same(&forth, &back);
        assert_true(histogram_merge(&parts[0], &parts[1]));
        assert_same(&forth, &parts[0]);
        assert_int_equal(total(&forth), 50);
        histogram_free(&forth);
        histogram_free(&back);
        histogram_free(&parts[0]);
        histogram_free(&parts[1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_is_read),
        cmocka_unit_test(no_part_of_a_line_is_left),
        cmocka_unit_test(a_time_far_into_a_line_is_none_of_it),
        cmocka_unit_test(buckets_become_wider),
        cmocka_unit_test(no_order_changes_a_histogram),
    };
    return RUN(tests);
}
