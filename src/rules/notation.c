#include "notation.h"

static bool next_line(struct notation_reader *reader, struct view *ret) {
    if (reader->from >= reader->text.size) return false;
    size_t end = view_find(reader->text, reader->from, '\n');
    *ret = view_part(reader->text, reader->from, end);
    if (ret->size && ret->at[ret->size - 1] == '\r') ret->size--;
    reader->from = end + 1;
    reader->line++;
    return true;
}

static size_t column_of(struct view line, struct view part) {
    return (size_t)(part.at - line.at) + 1;
}

static enum notation read_rule(const struct notation_reader *reader, struct view line,
                               struct notation_line *ret, struct fault *fault) {
    struct view name = view_trim(line);
    size_t close = view_find(name, 0, ']');
    if (close + 1 != name.size) {
        fault_at(fault, reader->origin, reader->line, column_of(line, name),
                 "a rule's head is [name] on a line of its own");
        return NOTATION_FAULT;
    }
    ret->name = view_trim(view_part(name, 1, close));
    ret->name_column = column_of(line, ret->name);
    for (size_t i = 0; i < ret->name.size; i++) {
        if (is_word(ret->name.at[i]) || ret->name.at[i] == '-') continue;
        fault_at(fault, reader->origin, reader->line, ret->name_column + i,
                 "a rule's name is made of letters, digits, _ and -");
        return NOTATION_FAULT;
    }
    if (ret->name.size) return NOTATION_RULE;
    fault_at(fault, reader->origin, reader->line, ret->name_column, "the rule has no name");
    return NOTATION_FAULT;
}

static enum notation read_key(const struct notation_reader *reader, struct view line,
                              struct notation_line *ret, struct fault *fault) {
    size_t equals = view_find(line, 0, '=');
    if (equals == line.size) {
        fault_at(fault, reader->origin, reader->line, column_of(line, view_trim(line)),
                 "expected [rule-name], key = value or a # comment");
        return NOTATION_FAULT;
    }
    ret->name = view_trim(view_part(line, 0, equals));
    ret->value = view_trim(view_part(line, equals + 1, line.size));
    ret->name_column = column_of(line, ret->name);
    ret->value_column = column_of(line, ret->value);
    return NOTATION_KEY;
}

enum notation notation_next(struct notation_reader *reader, struct notation_line *ret,
                            struct fault *fault) {
    struct view line;
    while (next_line(reader, &line)) {
        struct view said = view_trim(line);
        if (said.size == 0 || line.at[0] == '#' || line.at[0] == ';') continue;
        ret->line = reader->line;
        return said.at[0] == '[' ? read_rule(reader, line, ret, fault)
                                 : read_key(reader, line, ret, fault);
    }
    return NOTATION_END;
}
