#include "import.h"

#include <iconv.h>
#include <stdarg.h>
#include <stdio.h>

#include "reader.h"
#include "utf8.h"

/* Every form once. */
static const struct {
    const char *name;
    struct view endings; /* of file names, divided by blanks */
    bool (*read)(const struct reader *);
} forms[FORMS] = {
    [FORM_HEADER] = {"header", {".h .hh .hpp .inc", 16}, read_header},
    [FORM_MESSAGES] = {"mc", {".mc", 3}, read_messages},
    [FORM_MANIFEST] = {"man", {".man .xml", 9}, read_manifest},
    [FORM_CSV] = {"csv", {".csv .tsv .txt", 14}, read_csv},
    [FORM_JSON] = {"json", {".json .jsonl .ndjson", 20}, read_json},
    [FORM_JOURNAL] = {"catalog", {".catalog", 8}, read_journal},
};

const char *form_name(enum form form) {
    return forms[form].name;
}

bool form_named(struct view name, enum form *ret) {
    for (*ret = 0; *ret < FORMS; ++*ret)
        if (view_equal(view_string(forms[*ret].name), name)) return true;
    return false;
}

static bool ends_with_one_of(struct view path, struct view endings) {
    struct view ending;
    while ((ending = view_word(&endings)).size)
        if (path.size > ending.size &&
            view_equal_nocase(view_part(path, path.size - ending.size, path.size), ending))
            return true;
    return false;
}

bool form_of_file(struct view path, enum form *ret) {
    for (*ret = 0; *ret < FORMS; ++*ret)
        if (ends_with_one_of(path, forms[*ret].endings)) return true;
    return false;
}

bool reader_fault(const struct reader *reader, size_t line, const char *format, ...) {
    char message[512];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    return fault_at(reader->fault, reader->origin, line, 0, "%s", message);
}

size_t reader_line(const struct reader *reader, size_t offset) {
    size_t line = 1;
    for (size_t i = 0; i < offset && i < reader->text.size; i++) line += reader->text.at[i] == '\n';
    return line;
}

bool reader_add(const struct reader *reader, struct entry entry, size_t line) {
    return harvest_add(reader->harvest, entry, (struct place){reader->origin, line}, reader->fault);
}

static bool convert(struct view text, struct buffer *ret) {
    char *from = (char *)text.at;
    size_t left = text.size, lost = (size_t)-1;
    iconv_t converter = iconv_open("UTF-8", "UTF-16");
    if (converter == (iconv_t)-1) return false;
    if (buffer_reserve(ret, text.size * 2 + 4)) {
        char *to = ret->at;
        size_t room = ret->capacity;
        lost = iconv(converter, &from, &left, &to, &room);
        ret->size = ret->capacity - room;
    }
    iconv_close(converter);
    return lost != (size_t)-1;
}

static bool check_utf8(const struct reader *reader) {
    uint32_t point;
    for (size_t i = 0, size; i < reader->text.size; i += size) {
        size = utf8_decode(reader->text, i, &point);
        if (size && point) continue;
        return reader_fault(reader, reader_line(reader, i),
                            size ? "a NUL byte: this is no text" : "the text is not UTF-8 here");
    }
    return true;
}

static bool read_form(const struct reader *reader, enum form form) {
    size_t before = reader->harvest->count;
    if (!check_utf8(reader) || !forms[form].read(reader)) return false;
    if (reader->harvest->count > before) return true;
    return reader_fault(reader, 0, "no code was found in this %s text%s", forms[form].name,
                        reader->harvest->select_count ? " that is selected" : "");
}

static bool read_wide(struct reader *reader, enum form form) {
    struct buffer narrow = {0};
    bool fine = convert(reader->text, &narrow);
    reader->text = buffer_view(&narrow);
    fine = fine ? read_form(reader, form)
                : reader_fault(reader, reader_line(reader, narrow.size), "the UTF-16 is damaged");
    buffer_free(&narrow);
    return fine;
}

bool import_text(struct harvest *harvest, enum form form, struct view origin, struct view text,
                 struct fault *fault) {
    struct reader reader = {harvest, origin, text, fault};
    bool wide = view_starts(text, VIEW("\xff\xfe")) || view_starts(text, VIEW("\xfe\xff"));
    if (wide) return read_wide(&reader, form);
    if (view_starts(text, VIEW("\xef\xbb\xbf"))) reader.text = view_part(text, 3, text.size);
    return read_form(&reader, form);
}
