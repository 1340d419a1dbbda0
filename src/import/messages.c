#include <inttypes.h>
#include <stdio.h>

#include "inserts.h"
#include "number.h"
#include "reader.h"
#include "row.h"

/* A message text file: header fields `Name=Value`, then for each message `MessageId=`, `Severity=`,
 * `Facility=`, `SymbolicName=`, and for each language `Language=`, its text, and a full stop alone
 * on a line. Source: "Message Text Files", learn.microsoft.com/windows/win32/eventlog. */
enum { NAMES_MOST = 128 };

/* A severity or facility and its number. */
struct named {
    struct view name;
    uint32_t value;
    uint32_t last; /* the last message id of that facility */
};

struct names {
    struct named at[NAMES_MOST];
    size_t count;
};

struct message {
    struct view symbol;
    uint32_t number; /* its id, or how far it is from the last one of its facility */
    bool relative;
    bool opened; /* MessageId= was met */
    bool told;   /* its text was read, in the language that comes first */
};

struct messages {
    const struct reader *reader;
    struct names severities, facilities;
    struct named *severity, *facility; /* the latest hold until others are said */
    struct message message;
    struct buffer text;
    size_t at, line; /* `line` is that of the line at `at` */
};

static bool wrong(const struct messages *messages, const char *message, struct view said) {
    return reader_fault(messages->reader, messages->line - 1, "%s '%.*s'", message, (int)said.size,
                        said.at);
}

static struct named *find_named(struct names *names, struct view name) {
    for (size_t i = 0; i < names->count; i++)
        if (view_equal_nocase(names->at[i].name, name)) return &names->at[i];
    return NULL;
}

static struct named *put_named(struct names *names, struct view name, uint32_t value) {
    struct named *named = find_named(names, name);
    if (!named && names->count < NAMES_MOST) named = &names->at[names->count++];
    if (named) *named = (struct named){.name = name, .value = value};
    return named;
}

static bool parse_value(struct view text, uint32_t *ret) {
    struct number number;
    bool hex = view_starts(text, VIEW("0x")) || view_starts(text, VIEW("0X"));
    return number_parse(text, hex ? BASE_HEX : BASE_DECIMAL, &number) && number_low32(number, ret);
}

/* One line of a list: `Name=0x1:SYMBOL`, several of them divided by blanks. */
static bool take_names(struct messages *messages, struct view line, struct names *names) {
    struct view word;
    while ((word = view_word(&line)).size) {
        size_t equal = view_find(word, 0, '=');
        size_t colon = view_find(word, equal < word.size ? equal : 0, ':');
        uint32_t value;
        if (equal == word.size || !parse_value(view_part(word, equal + 1, colon), &value))
            return wrong(messages, "expected Name=Number, not", word);
        if (names && !put_named(names, view_part(word, 0, equal), value))
            return wrong(messages, "too many names before", word);
    }
    return true;
}

/* Read a list in parentheses, which may go on over lines. */
static bool read_names(struct messages *messages, struct view rest, struct names *names) {
    size_t opened = messages->line - 1;
    if (!view_starts(rest, VIEW("("))) return wrong(messages, "expected '(', not", rest);
    rest = view_part(rest, 1, rest.size);
    for (;;) {
        size_t close = view_find(rest, 0, ')');
        if (!take_names(messages, view_part(rest, 0, close), names)) return false;
        if (close < rest.size) return true;
        if (!row_next_line(messages->reader->text, &messages->at, &rest))
            return reader_fault(messages->reader, opened, "the list that opens here never ends");
        messages->line++;
    }
}

/* `MessageId=5`, `=0x5`, `=+2`, or nothing for the next one */
static bool set_id(struct messages *messages, struct view value) {
    uint32_t number = 1;
    bool relative = value.size == 0 || value.at[0] == '+';
    struct view digits = value.size && relative ? view_part(value, 1, value.size) : value;
    if (digits.size && !parse_value(digits, &number))
        return wrong(messages, "expected a message id, not", value);
    if (number > 0xffff) return wrong(messages, "a message id has 16 bits, not", value);
    messages->message = (struct message){.number = number, .relative = relative, .opened = true};
    return true;
}

static bool set_named(const struct messages *messages, struct names *names, struct view value,
                      struct named **ret) {
    *ret = find_named(names, value);
    return *ret || wrong(messages, "this file names no", value);
}

/* The text up to the full stop that stands alone. */
static bool take_text(struct messages *messages) {
    size_t opened = messages->line - 1;
    struct view line;
    buffer_clear(&messages->text);
    while (row_next_line(messages->reader->text, &messages->at, &line)) {
        messages->line++;
        if (view_equal(view_trim(line), VIEW("."))) return true;
        append_without_inserts(&messages->text, line);
        buffer_append_byte(&messages->text, ' ');
    }
    return reader_fault(messages->reader, opened, "no line with a full stop alone ends the text");
}

static bool add_message(struct messages *messages) {
    char digits[32];
    struct message *message = &messages->message;
    struct named *facility = messages->facility;
    uint32_t id = message->relative ? facility->last + message->number : message->number;
    facility->last = id;
    message->told = true;
    uint32_t code = messages->severity->value << 30 | facility->value << 16 | (id & 0xffff);
    int size = snprintf(digits, sizeof digits, "0x%08" PRIX32, code);
    return reader_add(messages->reader,
                      (struct entry){view_of(digits, (size_t)size), message->symbol,
                                     buffer_view(&messages->text)},
                      messages->line - 1);
}

static bool read_text(struct messages *messages, struct view language) {
    if (!messages->message.opened) return wrong(messages, "no MessageId= stands before", language);
    if (!take_text(messages)) return false;
    return messages->message.told || add_message(messages);
}

static bool read_list(struct messages *messages, struct view name, struct view rest) {
    struct names *names = NULL;
    if (view_equal_nocase(name, VIEW("SeverityNames"))) names = &messages->severities;
    if (view_equal_nocase(name, VIEW("FacilityNames"))) names = &messages->facilities;
    return read_names(messages, rest, names);
}

/* What the other keywords say does not change a code. */
static bool read_field(struct messages *messages, struct view name, struct view value) {
    if (view_equal_nocase(name, VIEW("MessageId"))) return set_id(messages, value);
    if (view_equal_nocase(name, VIEW("Severity")))
        return set_named(messages, &messages->severities, value, &messages->severity);
    if (view_equal_nocase(name, VIEW("Facility")))
        return set_named(messages, &messages->facilities, value, &messages->facility);
    if (view_equal_nocase(name, VIEW("SymbolicName"))) messages->message.symbol = value;
    if (view_equal_nocase(name, VIEW("Language"))) return read_text(messages, value);
    return true;
}

/* A value is a word behind the sign; at once behind it may stand the next name. */
static struct view take_value(struct view *rest) {
    struct view behind = *rest, word = view_word(&behind);
    if (view_find(word, 0, '=') < word.size) return VIEW("");
    *rest = behind;
    return word;
}

static bool read_fields(struct messages *messages, struct view line) {
    for (line = view_trim(line); line.size; line = view_trim(line)) {
        size_t equal = view_find(line, 0, '=');
        if (equal == line.size) return wrong(messages, "expected Name=Value, not", line);
        struct view name = view_trim(view_part(line, 0, equal));
        line = view_trim(view_part(line, equal + 1, line.size));
        if (line.size && line.at[0] == '(') return read_list(messages, name, line);
        if (!read_field(messages, name, take_value(&line))) return false;
    }
    return true;
}

/* The names that a file need not say. */
static void name_defaults(struct messages *messages) {
    put_named(&messages->severities, VIEW("Success"), 0);
    put_named(&messages->severities, VIEW("Informational"), 1);
    put_named(&messages->severities, VIEW("Warning"), 2);
    put_named(&messages->severities, VIEW("Error"), 3);
    put_named(&messages->facilities, VIEW("System"), 0xff);
    put_named(&messages->facilities, VIEW("Application"), 0xfff);
    messages->severity = find_named(&messages->severities, VIEW("Success"));
    messages->facility = find_named(&messages->facilities, VIEW("Application"));
}

bool read_messages(const struct reader *reader) {
    struct messages messages = {.reader = reader, .line = 1};
    struct view line;
    bool fine = true;
    name_defaults(&messages);
    while (fine && row_next_line(reader->text, &messages.at, &line)) {
        messages.line++;
        if (line.size == 0 || line.at[0] != ';') fine = read_fields(&messages, line);
    }
    bool failed = messages.text.failed;
    buffer_free(&messages.text);
    return fine && (!failed || fault_memory(reader->fault));
}
