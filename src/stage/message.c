#include "message.h"

#include "controls.h"
#include "escape.h"

/* The members of an object that is a message (rsyslog 8.2302, runtime/msg.c calls them so too). */
enum member {
    MEMBER_MSG,
    MEMBER_TIME,
    MEMBER_HOST,
    MEMBER_TAG,
    MEMBER_PROGRAM,
    MEMBER_ELEMENTS,
    MEMBER_INPUT, /* by which module it came */
    MEMBERS
};
static const char members[] =
    "msg,timereported,hostname,syslogtag,programname,structured-data,inputname";

bool message_reader_init(struct message_reader *reader) {
    return finder_name(&reader->finder, view_string(members));
}

void message_reader_free(struct message_reader *reader) {
    finder_free(&reader->finder);
    buffer_free(&reader->values);
    buffer_free(&reader->line);
    buffer_free(&reader->decoded);
}

static size_t blank_at(struct view text) {
    return view_starts(text, VIEW(" ")) ? 1 : 0;
}

/* Append the text. Where it begins with what may look like a gloss, a blank stands before it in the
 * line as in what becomes of the message: without it nothing there would be guarded, and with one
 * too many a guard would never go. */
static bool end_line(struct buffer *line, struct view text, bool blank, struct message *ret) {
    bool brace = view_starts(text, VIEW("{")), there = view_ends(buffer_view(line), VIEW(" "));
    if (brace && there && !blank) line->size--;
    if (brace && !there && blank) buffer_append_byte(line, ' ');
    ret->from = line->size;
    buffer_append(line, text);
    ret->line = buffer_view(line);
    return !line->failed;
}

/* rsyslog leaves the blank behind the tag with the text, and writes one where none is. */
static bool read_text(struct message_reader *reader, struct view line, struct message *ret) {
    size_t blank = blank_at(line);
    struct view text = view_part(line, blank, line.size);
    *ret = (struct message){.line = text, .before = view_part(line, 0, blank)};
    if (!view_starts(text, VIEW("{"))) return true;
    buffer_clear(&reader->line);
    return end_line(&reader->line, text, true, ret);
}

/* By RFC 5424 what is missing is a `-`. */
static struct view known(struct view word) {
    return view_equal(word, VIEW("-")) ? VIEW("") : word;
}

static void append_word(struct buffer *line, struct view word) {
    buffer_append(line, word);
    if (word.size) buffer_append_byte(line, ' ');
}

/* `app[77]: ` */
static void append_tag(struct buffer *line, const struct header *header) {
    struct view program = known(header->program), process = known(header->process);
    buffer_append(line, program);
    if (process.size) buffer_format(line, "[%.*s]", (int)process.size, process.at);
    if (program.size || process.size) buffer_append(line, VIEW(": "));
}

static bool read_structured(struct message_reader *reader, struct view raw,
                            const struct header *header, struct message *ret) {
    struct buffer *line = &reader->line;
    buffer_clear(line);
    append_tag(line, header);
    return end_line(line, view_part(raw, header->size, raw.size), view_ends(ret->before, VIEW(" ")),
                    ret);
}

/* What came without a priority is a line of a log, all of it: it may have a code before its text.
 */
static bool read_raw(struct message_reader *reader, struct view raw, struct message *ret) {
    struct header header;
    header_read(raw, &header);
    size_t size = header.priority ? header.size : 0, tag = header.priority ? header.tag : 0;
    *ret = (struct message){.before = view_part(raw, 0, size),
                            .program = known(header.program),
                            .elements = header.elements};
    if (header.structured) return read_structured(reader, raw, &header, ret);
    /* the blank before what may look like a gloss tells that it does */
    if (tag == size && tag > header.priority && raw.at[tag - 1] == ' ') tag--;
    ret->line = view_part(raw, tag, raw.size);
    ret->from = size - tag;
    return true;
}

/* Decode the members; the offsets of their values become views when all are there. */
static bool read_members(struct message_reader *reader, struct view line,
                         struct view ret[MEMBERS]) {
    struct finder *finder = &reader->finder;
    size_t from[MEMBERS] = {0}, to[MEMBERS] = {0};
    bool there[MEMBERS] = {false};
    if (finder_find(finder, line) != FINDER_FOUND) return false;
    buffer_clear(&reader->values);
    for (size_t i = 0; i < finder->count; i++) {
        size_t name = finder->found[i].name;
        from[name] = reader->values.size;
        escape_decode(finder->found[i].string, &reader->values);
        to[name] = reader->values.size;
        there[name] = true;
    }
    struct view values = buffer_view(&reader->values);
    for (size_t i = 0; i < MEMBERS; i++)
        ret[i] = there[i] ? view_part(values, from[i], to[i]) : VIEW("");
    return there[MEMBER_MSG] && !reader->values.failed;
}

/* The modules by which a machine's own messages come to rsyslog. */
static bool is_local(struct view input) {
    static const struct view inputs[] = {
        {"imuxsock", 8}, {"imjournal", 9}, {"imklog", 6}, {"imkmsg", 6}};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        if (view_equal(input, inputs[i])) return true;
    return false;
}

static bool read_json(struct message_reader *reader, struct view line, struct message *ret) {
    struct view values[MEMBERS];
    if (!read_members(reader, line, values)) return false;
    struct view text = values[MEMBER_MSG];
    size_t blank = blank_at(text);
    buffer_clear(&reader->line);
    if (is_local(values[MEMBER_INPUT])) {
        append_word(&reader->line, values[MEMBER_TIME]);
        append_word(&reader->line, values[MEMBER_HOST]);
    }
    append_word(&reader->line, values[MEMBER_TAG]);
    *ret = (struct message){.before = view_part(text, 0, blank),
                            .program = known(values[MEMBER_PROGRAM]),
                            .elements = values[MEMBER_ELEMENTS]};
    return end_line(&reader->line, view_part(text, blank, text.size), true, ret);
}

static bool read_form(struct message_reader *reader, enum message_form form, struct view line,
                      struct message *ret) {
    if (form == MESSAGE_TEXT) return read_text(reader, line, ret);
    if (form == MESSAGE_RAW) return read_raw(reader, line, ret);
    return read_json(reader, line, ret);
}

/* Judge the text without its escapes. */
static bool decode_controls(struct message_reader *reader, struct message *ret) {
    struct buffer *decoded = &reader->decoded;
    buffer_clear(decoded);
    buffer_append(decoded, view_part(ret->line, 0, ret->from));
    controls_decode(ret->text, decoded);
    ret->line = buffer_view(decoded);
    return !decoded->failed;
}

bool message_read(struct message_reader *reader, enum message_form form, struct view line,
                  struct message *ret) {
    if (!read_form(reader, form, line, ret)) return false;
    ret->text = view_part(ret->line, ret->from, ret->line.size);
    ret->escaped = controls_are_escaped(ret->text);
    return !ret->escaped || decode_controls(reader, ret);
}

size_t message_scan(const struct message *message, eg_scanner *scanner, const eg_hit **ret_hits) {
    eg_text program = {message->program.at, message->program.size};
    if (!eg_scanner_turn_to(scanner, program)) return SIZE_MAX;
    return eg_scanner_line(scanner, message->line.at, message->line.size, ret_hits);
}

void message_append(const struct message *message, struct view annotated, struct buffer *out) {
    if (message->escaped)
        controls_encode(annotated, message->text, out);
    else
        buffer_append(out, annotated);
}
