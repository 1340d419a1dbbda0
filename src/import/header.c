#include <inttypes.h>
#include <stdio.h>

#include "expression.h"
#include "inserts.h"
#include "reader.h"
#include "row.h"

/* A header line by line: a comment above a #define tells its meaning unless there is one behind it;
 * a comment above several of them is about all and tells of none. */
struct header {
    const struct reader *reader;
    struct scope scope;
    struct buffer above, behind, text; /* comments, and the cleaned one */
    size_t at, line;                   /* `line` is that of the line at `at` */
};

/* `#define NAME VALUE`, with what stands behind it. */
struct define {
    struct view name, rest;
};

static struct view next_line(struct header *header) {
    struct view line = VIEW("");
    row_next_line(header->reader->text, &header->at, &line);
    header->line++;
    return line;
}

static bool is_at_end(const struct header *header) {
    return header->at >= header->reader->text.size;
}

/* The text behind `from` up to the comment's end, which may stand lines below. */
static bool take_block(struct header *header, struct view line, size_t from, struct buffer *out) {
    size_t opened = header->line - 1;
    for (;; from = 0) {
        for (; from < line.size; from++) {
            if (line.at[from] == '*' && from + 1 < line.size && line.at[from + 1] == '/')
                return true;
            buffer_append_byte(out, line.at[from]);
        }
        if (is_at_end(header))
            return reader_fault(header->reader, opened, "the comment that opens here never ends");
        buffer_append_byte(out, '\n');
        line = next_line(header);
    }
}

/* Where a comment starts outside of strings; the line's size where none does. */
static size_t find_comment(struct view line) {
    char quote = '\0';
    for (size_t i = 0; i + 1 < line.size; i++) {
        char c = line.at[i];
        if (quote) {
            if (c == '\\')
                i++;
            else if (c == quote)
                quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '/' && (line.at[i + 1] == '/' || line.at[i + 1] == '*')) {
            return i;
        }
    }
    return line.size;
}

static bool take_comment(struct header *header, struct view line, size_t at, struct buffer *out) {
    if (line.at[at + 1] == '*') return take_block(header, line, at + 2, out);
    buffer_append(out, view_part(line, at + 2, line.size));
    buffer_append_byte(out, '\n');
    return true;
}

/* The macros with arguments are none of ours. */
static bool parse_define(struct view line, struct define *ret) {
    struct view rest = view_trim(line);
    if (!view_starts(rest, VIEW("#"))) return false;
    rest = view_trim(view_part(rest, 1, rest.size));
    if (!view_equal(view_word(&rest), VIEW("define"))) return false;
    rest = view_trim(rest);
    size_t size = 0;
    while (size < rest.size && is_word(rest.at[size])) size++;
    *ret = (struct define){view_part(rest, 0, size), view_part(rest, size, rest.size)};
    return size > 0 && (size == rest.size || rest.at[size] == ' ' || rest.at[size] == '\t');
}

/* What the signs of a comment leave: `*`, `!`, `<`, `/` and blanks at the start of its lines. */
static struct view undecorated(struct view line) {
    while (line.size && is_one_of(line.at[0], VIEW("*!</ \t")))
        line = view_part(line, 1, line.size);
    if (view_starts(line, VIEW("@brief")) || view_starts(line, VIEW("\\brief")))
        line = view_part(line, 6, line.size);
    return view_trim(line);
}

/* The meaning that a comment tells; that behind `MessageText:` where a message compiler wrote it.
 */
static struct view clean_comment(struct header *header, const struct buffer *comment) {
    static const struct view mark = {"MessageText:", 12};
    struct view line;
    bool compiled = false;
    buffer_clear(&header->text);
    for (size_t at = 0; row_next_line(buffer_view(comment), &at, &line);) {
        line = undecorated(line);
        if (view_starts(line, mark)) {
            compiled = true;
            buffer_clear(&header->text);
            line = view_part(line, mark.size, line.size);
        }
        if (compiled)
            append_without_inserts(&header->text, line);
        else
            buffer_append(&header->text, line);
        buffer_append_byte(&header->text, ' ');
    }
    return buffer_view(&header->text);
}

static bool is_compiled(const struct buffer *comment) {
    struct view text = buffer_view(comment);
    for (size_t at = 0; (at = view_find(text, at, 'M')) < text.size; at++)
        if (view_starts(view_part(text, at, text.size), VIEW("MessageText:"))) return true;
    return false;
}

static bool is_followed_by_define(const struct header *header) {
    struct define define;
    struct view line;
    size_t at = header->at;
    return row_next_line(header->reader->text, &at, &line) && parse_define(line, &define);
}

static struct view choose_comment(struct header *header) {
    if (is_compiled(&header->above)) return clean_comment(header, &header->above);
    if (header->behind.size) return clean_comment(header, &header->behind);
    return is_followed_by_define(header) ? VIEW("") : clean_comment(header, &header->above);
}

static struct view spell(struct constant constant, char digits[32]) {
    int size = constant.hex ? snprintf(digits, 32, "0x%08" PRIX64, constant.value)
                            : snprintf(digits, 32, "%" PRId64, (int64_t)constant.value);
    return view_of(digits, (size_t)size);
}

/* A #define whose value is no number is passed over, and so are names that C reserves: guards. */
static bool add_define(struct header *header, struct define define, size_t line) {
    char digits[32];
    struct constant constant;
    if (!expression_value(&header->scope, view_trim(define.rest), &constant)) return true;
    if (!scope_define(&header->scope, (struct definition){define.name, constant}))
        return fault_memory(header->reader->fault);
    if (define.name.at[0] == '_') return true;
    return reader_add(header->reader,
                      (struct entry){spell(constant, digits), define.name, choose_comment(header)},
                      line);
}

static bool read_define(struct header *header, struct view line) {
    struct define define;
    size_t number = header->line - 1, comment = find_comment(line);
    buffer_clear(&header->behind);
    if (comment < line.size && !take_comment(header, line, comment, &header->behind)) return false;
    bool fine =
        !parse_define(view_part(line, 0, comment), &define) || add_define(header, define, number);
    buffer_clear(&header->above);
    return fine;
}

static bool read_line(struct header *header) {
    struct view line = next_line(header), start = view_trim(line);
    if (view_starts(start, VIEW("/*")) || view_starts(start, VIEW("//")))
        return take_comment(header, start, 0, &header->above);
    if (view_starts(start, VIEW("#"))) return read_define(header, line);
    buffer_clear(&header->above);
    return true;
}

bool read_header(const struct reader *reader) {
    struct header header = {.reader = reader, .line = 1};
    bool fine = true;
    while (fine && !is_at_end(&header)) fine = read_line(&header);
    bool failed = header.above.failed || header.behind.failed || header.text.failed;
    scope_free(&header.scope);
    buffer_free(&header.above);
    buffer_free(&header.behind);
    buffer_free(&header.text);
    return fine && (!failed || fault_memory(reader->fault));
}
