#include <stdio.h>

#include "testing.h"

#include "import.h"

/* Import a text; the rows, or the fault, as one string. */
static void import_into(enum form form, struct view text, struct buffer *ret) {
    static const char *const all[] = {"*"};
    struct harvest harvest = {.select = all, .select_count = 1};
    struct fault fault;
    char message[1200] = "";
    bool fine = import_text(&harvest, form, VIEW("f"), text, &fault) &&
                harvest_write(&harvest, ret, &fault);
    if (!fine) {
        buffer_clear(ret);
        fault_print(&fault, message, sizeof message);
        buffer_append(ret, view_string(message));
    }
    harvest_free(&harvest);
}

static const struct {
    enum form form;
    const char *text;
    const char *becomes;
} rows[] = {
    /* C headers */
    {FORM_HEADER, "#define A 5 /* five */\n#define B (A + 1) // six.\n", "5\tA\tfive\n6\tB\tsix\n"},
    {FORM_HEADER, "#define\tA\t0x10L\n#  define B ((NTSTATUS)0xC0000022L)\n",
     "0x00000010\tA\n0xC0000022\tB\n"},
    {FORM_HEADER,
     "//\n// MessageId: E_X\n//\n// MessageText:\n//\n// The %1 is\n// gone%0\n//\n"
     "#define E_X _HRESULT_TYPEDEF_(0x80004005L) // old\n",
     "0x80004005\tE_X\tThe ... is gone\n"},
    {FORM_HEADER, "/** @brief alone above\n *  two lines */\n#define A 1\n\n#define B 2\n",
     "1\tA\talone above two lines\n2\tB\n"},
    {FORM_HEADER, "/* about all */\n#define A 1\n#define B 2\n", "1\tA\n2\tB\n"},
    {FORM_HEADER, "#define A 5 /* goes\n   on */\n#define AGAIN A\n", "5\tA\tgoes on\n5\tAGAIN\n"},
    {FORM_HEADER, "#define A (-1018)\n#define B ~0\n", "-1018\tA\n-1\tB\n"},
    {FORM_HEADER, "#define A MAKE_HRESULT(1, 4, 5)\n#define B HRESULT_FROM_WIN32(A & 7)\n",
     "0x80040005\tA\n0x80070005\tB\n"},
    {FORM_HEADER, "#define A 1 << 3 | 1\n#define B 010\n#define C 2*(3-1)+4>>1^1\n",
     "5\tC\n8\tB\n9\tA\n"},
    {FORM_HEADER,
     "#ifndef _G\n#define _G 1\n#define S \"// no /* comment\"\n#define F(x) 5\n#define V 1.5\n"
     "#define U unknown\n#define DEEP ((((((((((((((((((((((((((((((((((((1\n#define A 7\n",
     "7\tA\n"},
    {FORM_HEADER, "#define A 5 /* use {x} and\x01 a tab\t*/\r\n#define A 5\r\n",
     "5\tA\tuse (x) and a tab\n"},
    /* message compiler */
    {FORM_MESSAGES,
     ";// x\nSeverityNames=(Bad=0x3:SB\n Good=0)\nFacilityNames=(Net=0x7:FN)\nOutputBase=16\n\n"
     "MessageId=0x10 Severity=Bad Facility=Net SymbolicName=A\nLanguage=English\n"
     "%1!s! of%n100%%.\n.\nLanguage=German\nanders\n.\n"
     "MessageId=\nSymbolicName = B\nLanguage=English\nb\n.\n"
     "MessageId=+4 SymbolicName=C Severity=Good\nLanguage=English\nc\n.\n",
     "0x00070015\tC\tc\n0xC0070010\tA\t... of 100%\n0xC0070011\tB\tb\n"},
    {FORM_MESSAGES, "MessageId=1\nSymbolicName=\nLanguage=English\nno symbol\n.\n",
     "0x0FFF0001\t-\tno symbol\n"},
    /* manifests */
    {FORM_MANIFEST,
     "<m><event value='5' symbol='FIVE' message='$(string.five)'/>"
     "<e:message xmlns:e='x' value=\"0x80000006\" symbol='SIX' message='$(string.lost)'/>"
     "<string id='five' value='%1 came&#10;in.'/></m>",
     "5\tFIVE\t... came in\n0x80000006\tSIX\n"},
    /* CSV */
    {FORM_CSV,
     "code,name,message\r\n5,FIVE,\"a \"\"b\"\", c\"\r\n6,SIX,\"two\nlines\"\r\n7,SEVEN\r\n",
     "5\tFIVE\ta \"b\", c\n6\tSIX\ttwo lines\n7\tSEVEN\n"},
    {FORM_CSV, "Text;Extra;Code\nfive;x;5\n", "5\t-\tfive\n"},
    {FORM_CSV, "# ours, not theirs\n\n6\tSIX\tsix\n5\t-\tfive\n", "5\t-\tfive\n6\tSIX\tsix\n"},
    {FORM_CSV, "5,FIVE,", "5\tFIVE\n"},
    {FORM_CSV, "HY000,A\n08001,B\n", "08001\tB\nHY000\tA\n"},
    /* JSON */
    {FORM_JSON, " [ {\"code\": 6, \"name\": \"SIX\"},\n{\"code\":\"0x5\",\"message\":\"five\"}]\n",
     "0x5\t-\tfive\n6\tSIX\n"},
    {FORM_JSON,
     "{\"5\": \"five\", \"6\": {\"symbol\": \"SIX\"}, \"SEVEN\": 7,\n"
     " \"EIGHT\": {\"code\": -8, \"text\": \"eight\"}}",
     "5\t-\tfive\n6\tSIX\n7\tSEVEN\n-8\tEIGHT\teight\n"},
    {FORM_JSON, "{\"code\":1,\"name\":\"A\"}\n{\"code\":2,\"name\":\"B\"}\n", "1\tA\n2\tB\n"},
    {FORM_JSON, "{\"code\":1,\"name\":\"A\",\"summary\":\"caf\\u00e9\"}", "1\tA\tcaf\xc3\xa9\n"},
    /* journal */
    {FORM_JOURNAL,
     "# c\n-- 0027229ca0644181a76c4e92458afa2e\nSubject: One @UNIT@ lost\nDefined-By: x\n\nprose\n"
     "\n-- 0e4284a0caca4bfc81c0bb6786972673 de\nDefined-By: y\nSubject: Zwei\n",
     "0027229ca0644181a76c4e92458afa2e\t-\tOne @UNIT@ lost\n"
     "0e4284a0caca4bfc81c0bb6786972673\t-\tZwei\n"},
    /* marks at the start */
    {FORM_CSV,
     "\xef\xbb\xbf"
     "5,FIVE\n",
     "5\tFIVE\n"},
};

static void every_form_becomes_rows(void **state) {
    (void)state;
    struct buffer got = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buffer_clear(&got);
        import_into(rows[i].form, view_string(rows[i].text), &got);
        buffer_append_byte(&got, '\0');
        assert_string_equal(got.at, rows[i].becomes);
    }
    buffer_free(&got);
}

static const struct {
    enum form form;
    const char *text;
    const char *fault;
} faults[] = {
    {FORM_HEADER, "\n#define A 5 /* open\n", "f:2: the comment that opens here never ends"},
    {FORM_HEADER, "/* open", "f:1: the comment that opens here never ends"},
    {FORM_HEADER, "int x;\n", "f: no code was found in this header text that is selected"},
    {FORM_HEADER, "#define A 5 // \xff\n", "f:1: the text is not UTF-8 here"},
    {FORM_MESSAGES, "MessageId=1\nLanguage=E\ntext\n",
     "f:2: no line with a full stop alone ends the text"},
    {FORM_MESSAGES, "MessageId=x\n", "f:1: expected a message id, not 'x'"},
    {FORM_MESSAGES, "MessageId=70000\n", "f:1: a message id has 16 bits, not '70000'"},
    {FORM_MESSAGES, "MessageId=1\nSeverity=Odd\n", "f:2: this file names no 'Odd'"},
    {FORM_MESSAGES, "Language=E\n", "f:1: no MessageId= stands before 'E'"},
    {FORM_MESSAGES, "stray\n", "f:1: expected Name=Value, not 'stray'"},
    {FORM_MESSAGES, "FacilityNames=(A=1\n", "f:1: the list that opens here never ends"},
    {FORM_MESSAGES, "FacilityNames=(A=1\nB)\n", "f:2: expected Name=Number, not 'B'"},
    {FORM_MANIFEST, "<m>\n<event value='5'>\n</m>", "f:3: mismatched tag"},
    {FORM_MANIFEST, "<m>\n<event value='five'/>\n<event value='5 6'/></m>",
     "f:3: a code holds no blanks and is plain ASCII"},
    {FORM_CSV, "5,A\n6,\"open\n7", "f:2: the quote that opens here is never closed"},
    {FORM_CSV, "5,A\n6,\"B\" C\n", "f:2: text behind the closing quote of a field"},
    {FORM_CSV, "5,A\n6,B C\n", "f:2: a symbol is made of letters, digits and _ . + - only"},
    {FORM_CSV, "5,A\nx,B\n", "f:2: the code 'x' is no number, unlike '5' before it"},
    {FORM_CSV, ",A\n", "f:1: the code is missing"},
    {FORM_JSON, "[{\"code\":5},\n\n{\"name\":\"A\"}]", "f:3: the object has no code"},
    {FORM_JSON, "[{\"code\":5},\n\n5]", "f:3: expected an object"},
    {FORM_JSON, "{\"5\":\n true}", "f:1: expected a text or object"},
    {FORM_JSON, "[{\"code\":5}\n", "f:2: expected ',' or ']'"},
    {FORM_JSON, "[{\"code\":5}]\nx", "f:2: expected the end of the text"},
    {FORM_JSON, "5", "f:1: expected an array or an object"},
    {FORM_JSON, "[{\"code\":\n5,,}]", "f:2: string or '}' expected near ','"},
    {FORM_JOURNAL, "-- 0027\nSubject: x\n", "f:1: a message id has 32 hexadecimal digits"},
    {FORM_JOURNAL, "\n-- 0027229ca0644181a76c4e92458afa2e\ntext\n",
     "f:2: the entry has no Subject"},
};

static void bad_texts_are_named_by_line(void **state) {
    (void)state;
    struct buffer got = {0};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        buffer_clear(&got);
        import_into(faults[i].form, view_string(faults[i].text), &got);
        buffer_append_byte(&got, '\0');
        assert_string_equal(got.at, faults[i].fault);
    }
    buffer_free(&got);
}

static void utf16_is_read(void **state) {
    (void)state;
    static const char little[] = "\xff\xfe"
                                 "5\0,\0A\0,\0\xe9\0";
    static const char big[] = "\xfe\xff\0"
                              "5\0,\0A\0,\0\xe9";
    static const char odd[] = "\xff\xfe"
                              "5\0,\0\n";
    struct buffer got = {0};
    import_into(FORM_CSV, view_of(little, sizeof little - 1), &got);
    assert_text(got, "5\tA\t\xc3\xa9\n");
    buffer_clear(&got);
    import_into(FORM_CSV, view_of(big, sizeof big - 1), &got);
    assert_text(got, "5\tA\t\xc3\xa9\n");
    buffer_clear(&got);
    import_into(FORM_CSV, view_of(odd, sizeof odd - 1), &got);
    assert_text(got, "f:1: the UTF-16 is damaged");
    buffer_free(&got);
}

static void forms_are_known_by_name_and_ending(void **state) {
    (void)state;
    enum form form;
    for (enum form each = 0; each < FORMS; each++) {
        assert_true(form_named(view_string(form_name(each)), &form));
        assert_int_equal(form, each);
    }
    assert_false(form_named(VIEW("xls"), &form));
    assert_true(form_of_file(VIEW("/x/WINERROR.H"), &form));
    assert_int_equal(form, FORM_HEADER);
    assert_true(form_of_file(VIEW("a.catalog"), &form));
    assert_int_equal(form, FORM_JOURNAL);
    assert_false(form_of_file(VIEW("a.xls"), &form));
    assert_false(form_of_file(VIEW(".h"), &form));
}

/* Whatever a text is broken into, each start of it, and each with a byte changed, ends in rows or a
 * fault. */
static void damaged_texts_end_in_a_fault(void **state) {
    (void)state;
    struct buffer got = {0}, text = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct view whole = view_string(rows[i].text);
        for (size_t cut = 0; cut < whole.size; cut++) {
            buffer_clear(&got);
            import_into(rows[i].form, view_part(whole, 0, cut), &got);
            assert_true(got.size > 0);
            buffer_clear(&text);
            buffer_append(&text, whole);
            text.at[cut] = "\"(*/<\n\0="[cut % 8];
            buffer_clear(&got);
            import_into(rows[i].form, buffer_view(&text), &got);
            assert_true(got.size > 0);
        }
    }
    buffer_free(&got);
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_becomes_rows),
        cmocka_unit_test(bad_texts_are_named_by_line),
        cmocka_unit_test(utf16_is_read),
        cmocka_unit_test(forms_are_known_by_name_and_ending),
        cmocka_unit_test(damaged_texts_end_in_a_fault),
    };
    return RUN(tests);
}
