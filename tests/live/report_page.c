/* Writes a page for report_page.sh, and the other outputs beside it: report_page FOLDER. Its lines
 * are made here, as of three programs over two days, with hostile ones among them. */
#include <stdio.h>
#include <string.h>

#include "report.h"

enum { NOW = 1772600000 /* 2026-03-04 04:53:20 */ };

static const char *const cbs[] = {
    "Error                 CBS    Failed to resolve package [HRESULT = 0x80070002]",
    "Error                 CBS    Failed to stage payload. [HRESULT = 0x800f081f]",
    "Info                  CBS    Session ended. [HRESULT = 0x80070005 - E_ACCESSDENIED]",
    "Error                 CSI    Store corruption. [HRESULT = 0x80073712]",
    "Error                 CBS    Nobody knows [HRESULT = 0x8007fff1]",
};

static const char *const kernel[] = {
    "host kernel: usb 1-1: device descriptor read/64, error -110",
    "host app[812]: connect() failed: errno=111",
    "host app[812]: open(/var/lib/x) failed: errno=13",
    "host kernel: nvme nvme0: I/O failed: error -5",
};

static const char *const hostile[] = {
    "[HRESULT = 0x80070005] </script><script>window.broken = 1</script><img src=x "
    "onerror=window.broken=1>",
    "[HRESULT = 0x80070005] \"><svg onload=window.broken=1> <!-- ]]> \xff\xfe \x1b[31m "
    "\xe2\x80\xae",
};

static void scan(struct report *report, eg_scanner *scanner, uint64_t number, const char *line) {
    const eg_hit *hits;
    size_t count = eg_scanner_line(scanner, line, strlen(line), &hits);
    if (count && count != SIZE_MAX)
        report_line(report, number, (eg_text){line, strlen(line)}, hits, count);
}

static void write_cbs(struct report *report, eg_scanner *scanner) {
    char line[400];
    report_file(report, "CBS.log");
    eg_scanner_begin(scanner);
    for (unsigned i = 0; i < 400; i++) {
        unsigned minute = i * i % 1440;
        snprintf(line, sizeof line, "2026-03-%02u %02u:%02u:07, %s", 2 + i % 2, minute / 60,
                 minute % 60, cbs[i * i % 7 % 5]);
        scan(report, scanner, i + 1, line);
    }
}

static void write_syslog(struct report *report, eg_scanner *scanner) {
    char line[400];
    report_file(report, "/var/log/a folder with a long name/messages-2026.log");
    eg_scanner_begin(scanner);
    for (unsigned i = 0; i < 160; i++) {
        unsigned minute = (480 + i * 5) % 1440;
        snprintf(line, sizeof line, "Mar  3 %02u:%02u:09 %s", minute / 60, minute % 60,
                 kernel[i % 11 % 4]);
        scan(report, scanner, i + 1, line);
    }
}

static void write_hostile(struct report *report, eg_scanner *scanner) {
    report_file(report, "<img src=x onerror=window.broken=1>.log");
    eg_scanner_begin(scanner);
    for (unsigned i = 0; i < sizeof hostile / sizeof *hostile; i++)
        scan(report, scanner, i + 1, hostile[i]);
}

static bool save(const char *folder, const char *name, struct buffer *out) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    bool fine = file && !out->failed && fwrite(out->at, 1, out->size, file) == out->size;
    if (file && fclose(file) != 0) fine = false;
    buffer_free(out);
    return fine;
}

static bool write_all(const struct report *report, const eg_glossary *glossary,
                      const char *folder) {
    struct report_look look = {.width = 100, .sparklines = true};
    struct buffer out = {0};
    return report_html(report, glossary, &out) && save(folder, "page.html", &out) &&
           report_json(report, &out) && save(folder, "report.json", &out) &&
           report_csv(report, &out) && save(folder, "report.csv", &out) &&
           report_text(report, &look, &out) && save(folder, "report.txt", &out);
}

int main(int argc, char **argv) {
    eg_fault fault;
    eg_glossary *glossary = eg_glossary_new();
    if (argc != 2 || !eg_glossary_add_builtin(glossary, &fault) ||
        !eg_glossary_seal(glossary, &fault))
        return 2;
    eg_scanner *scanner = eg_scanner_new(glossary);
    struct report *report = report_new(NOW);
    write_hostile(report, scanner);
    write_cbs(report, scanner);
    write_syslog(report, scanner);
    report_lines(report, 12345);
    bool fine = write_all(report, glossary, argv[1]);
    report_free(report);
    eg_scanner_free(scanner);
    eg_glossary_free(glossary);
    return fine ? 0 : 1;
}
