#include "testing.h"

#include "facility.h"
#include "number.h"
#include "status.h"

static struct number parse(const char *text, enum base base) {
    struct number number;
    assert_true(number_parse(view_string(text), base, &number));
    return number;
}

static void numbers_are_read_in_every_spelling(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum base base;
        uint64_t bits;
        bool hex;
    } rows[] = {
        {"13883", BASE_AUTO, 13883, false},
        {"0x363B", BASE_AUTO, 13883, true},
        {"0X363b", BASE_AUTO, 13883, true},
        {"-2147024891", BASE_AUTO, 0xffffffff80070005, false},
        {"2147942405", BASE_AUTO, 0x80070005, false},
        {"80070005h", BASE_AUTO, 0x80070005, true},
        {"80070005", BASE_HEX, 0x80070005, true},
        {"8007000E", BASE_AUTO, 0x8007000e, true},
        {"0x80070005L", BASE_AUTO, 0x80070005, true},
        {"0xFFFFFFFF80070005", BASE_AUTO, 0xffffffff80070005, true},
        {"18446744073709551615", BASE_AUTO, UINT64_MAX, false},
        {"-9223372036854775808", BASE_AUTO, (uint64_t)1 << 63, false},
        {"+5", BASE_DECIMAL, 5, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct number number = parse(rows[i].text, rows[i].base);
        assert_true(number.bits == rows[i].bits);
        assert_int_equal(number.hex, rows[i].hex);
    }
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "-",
                                        "0x",
                                        "x5",
                                        "5.1",
                                        "12g",
                                        "0x12345678901234567",
                                        "5 ",
                                        "h",
                                        "--5",
                                        "0xg",
                                        "18446744073709551616",
                                        "-9223372036854775809"};
    struct number number;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(number_parse(view_string(texts[i]), BASE_AUTO, &number));
    assert_false(number_parse(VIEW("ff"), BASE_DECIMAL, &number));
}

static void keys_cover_signs_and_widths(void **state) {
    (void)state;
    uint64_t keys[NUMBER_KEYS];
    assert_int_equal(number_keys(parse("5", BASE_AUTO), keys), 1);
    assert_int_equal(number_keys(parse("-2147024891", BASE_AUTO), keys), 2);
    assert_true(keys[1] == 0x80070005);
    assert_int_equal(number_keys(parse("0xFFFFFC01", BASE_AUTO), keys), 2);
    assert_true(keys[1] == (uint64_t)-1023);
    assert_int_equal(number_keys(parse("0x8000000000000001", BASE_AUTO), keys), 1);
}

static void spellings_of_one_value_are_the_same(void **state) {
    (void)state;
    struct number value = parse("0x80070005", BASE_AUTO);
    assert_true(number_same(value, parse("-2147024891", BASE_AUTO)));
    assert_true(number_same(value, parse("2147942405", BASE_AUTO)));
    assert_true(number_same(value, parse("0xFFFFFFFF80070005", BASE_AUTO)));
    assert_false(number_same(parse("13875", BASE_AUTO), parse("0x363B", BASE_AUTO)));
}

static void carried_codes_are_taken_out(void **state) {
    (void)state;
    static const struct {
        uint32_t value;
        enum carried carried;
        uint32_t inner;
    } rows[] = {
        {0x80070002, CARRIED_WIN32, 2},
        {0xc0070005, CARRIED_WIN32, 5},
        {0x00070005, CARRIED_WIN32, 5},
        {0xd0000022, CARRIED_NTSTATUS, 0xc0000022},
        {0x90000005, CARRIED_NTSTATUS, 0x80000005},
        {0x80190194, CARRIED_HTTP, 404},
        {0x80190001, CARRIED_NOTHING, 0},
        {0x80004005, CARRIED_NOTHING, 0},
        {5, CARRIED_NOTHING, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t inner;
        assert_int_equal(status_unwrap(rows[i].value, &inner), rows[i].carried);
        if (rows[i].carried) assert_int_equal(inner, rows[i].inner);
    }
}

static void bits_tell_severity_and_facility(void **state) {
    (void)state;
    struct status status = status_split(0x80244fff);
    assert_int_equal(status.kind, STATUS_HRESULT);
    assert_string_equal(status.facility, "WindowsUpdate");
    assert_int_equal(status.code, 0x4fff);
    assert_string_equal(status_split(0x887a0fff).facility, "DXGI");
    assert_int_equal(status_split(0xc0000fff).kind, STATUS_NTSTATUS);
    assert_null(status_split(0xc0000fff).facility);
    assert_int_equal(status_split(0xd0000fff).kind, STATUS_NTSTATUS_HRESULT);
    static const uint32_t shapeless[] = {5, 0xffffffff, 0xa0070005, 0x8fff0001, 0xc1900101};
    for (size_t i = 0; i < sizeof shapeless / sizeof *shapeless; i++)
        assert_int_equal(status_split(shapeless[i]).kind, STATUS_NONE);
}

static void facilities_have_names(void **state) {
    (void)state;
    assert_string_equal(hresult_facility(0), "Null");
    assert_string_equal(hresult_facility(36), "WindowsUpdate");
    assert_string_equal(hresult_facility(2748), "PIX");
    assert_null(hresult_facility(5));
    assert_string_equal(ntstatus_facility(54), "IPsec");
    assert_null(ntstatus_facility(0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_in_every_spelling),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(keys_cover_signs_and_widths),
        cmocka_unit_test(spellings_of_one_value_are_the_same),
        cmocka_unit_test(carried_codes_are_taken_out),
        cmocka_unit_test(bits_tell_severity_and_facility),
        cmocka_unit_test(facilities_have_names),
    };
    return RUN(tests);
}
