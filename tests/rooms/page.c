#include "rooms/seeing.h"

static eg_glossary *explaining(void) {
    static const char rows[] = "5\tFIVE\tthe fifth\n6\tSIX\tthe sixth\n";
    static const char text[] =
        "[5]\nmeaning:\n  Five <b>came</b>.\nwhere:\n  Here.\ncauses:\n  - one\n"
        "steps:\n  - run `a <b` or `c\nrelated: 6\n";
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    bool fine = eg_glossary_add_text(glossary, "app.tsv", rows, sizeof rows - 1, &fault) &&
                eg_glossary_add_text(glossary, "app.explain", text, sizeof text - 1, &fault) &&
                eg_glossary_seal(glossary, &fault);
    if (!fine) print_error("%s\n", fault.text);
    assert_true(fine);
    return glossary;
}

static void assert_has(const struct buffer *page, const char *text) {
    if (memmem(page->at, page->size, text, strlen(text))) return;
    fail_msg("the page has no %s", text);
}

static void assert_lacks(const struct buffer *page, const char *text) {
    if (memmem(page->at, page->size, text, strlen(text))) fail_msg("the page has %s", text);
}

static void the_page_explains(void **state) {
    (void)state;
    eg_glossary *glossary = explaining();
    struct report *report = report_new(NOW);
    struct buffer page = {0};
    report_file(report, "f.log");
    see(report, 12, TEXT_OF("2026-03-02 08:14:07 a 5 here"), "5", "app", 5);
    assert_true(report_html(report, glossary, &page));
    assert_has(&page, "<title>1 error code in 1 file</title>");
    assert_has(&page, "<p>Five &lt;b&gt;came&lt;/b&gt;.</p>");
    assert_has(&page, "<ul><li>one</li></ul>");
    assert_has(&page, "<ol><li>run <code>a &lt;b</code> or `c</li></ol>");
    assert_has(&page, "<code>6</code> SIX the sixth");
    assert_has(&page, "08:14:07 a <mark>5</mark> here");
    assert_has(&page, "f.log</span><span class=\"quiet\">, line 12</span>");
    assert_has(&page, "script-src 'sha256-");
    assert_lacks(&page, "{{");
    eg_glossary_free(glossary);
    finish(report, &page);
}

/* Nothing of a log acts in the page. */
static void the_page_shows_hostile_text(void **state) {
    (void)state;
    static const char hostile[] = "</script><img src=x onerror=alert(1)> \"'& \x1b[31m\0\x7f\xff"
                                  "\xe2\x80\xae \xe2\x80\xa8 \xc2\x9b 5";
    struct report *report = report_new(NOW);
    struct buffer page = {0};
    report_file(report, "<script>alert(2)</script>");
    see(report, 1, (eg_text){hostile, sizeof hostile - 1}, "5", "<i>", 5);
    see(report, 1, TEXT_OF("<svg onload=alert(3)>"), "<svg onload=alert(3)>", "x", 0);
    assert_true(report_html(report, NULL, &page));
    assert_lacks(&page, "<img");
    assert_lacks(&page, "<i>");
    assert_lacks(&page, "<svg onload");
    assert_lacks(&page, "<script>alert");
    assert_has(&page, "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &quot;&#39;&amp; "
                      "\u241b[31m\u2400\u2421\uFFFD\uFFFD \uFFFD \uFFFD <mark>5</mark>");
    for (size_t i = 0; i < page.size; i++)
        assert_true(!is_control(page.at[i]) || page.at[i] == '\n');
    finish(report, &page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_explains),
        cmocka_unit_test(the_page_shows_hostile_text),
    };
    return RUN(tests);
}
