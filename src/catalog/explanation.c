#include "explanation.h"

#include "row.h"

struct view section_name(enum section section) {
    static const struct view names[] = {
        [SECTION_MEANING] = {"meaning", 7}, [SECTION_WHERE] = {"where", 5},
        [SECTION_CAUSES] = {"causes", 6},   [SECTION_STEPS] = {"steps", 5},
        [SECTION_RELATED] = {"related", 7},
    };
    return names[section];
}

static enum explained wrong(const struct explanation_reader *reader, struct fault *fault,
                            const char *message) {
    fault_at(fault, reader->origin, reader->line, 1, "%s", message);
    return EXPLAINED_FAULT;
}

/* Look at the next line that says something, without taking it. */
static bool peek_line(struct explanation_reader *reader, struct view *ret, size_t *ret_behind) {
    for (;;) {
        size_t behind = reader->from;
        if (!row_next_line(reader->text, &behind, ret)) return false;
        *ret_behind = behind;
        if (!row_is_passed_over(*ret)) return true;
        reader->from = behind;
        reader->line++;
    }
}

static void take_line(struct explanation_reader *reader, size_t behind) {
    reader->from = behind;
    reader->line++;
}

static bool is_indented(struct view line) {
    return line.at[0] == ' ' || line.at[0] == '\t';
}

/* The text of a section: what is left of its first line, and the indented lines. */
static struct view take_section(struct explanation_reader *reader, struct view first) {
    const char *end = first.at + first.size;
    struct view line;
    size_t behind;
    while (peek_line(reader, &line, &behind) && is_indented(line)) {
        take_line(reader, behind);
        end = line.at + line.size;
    }
    return view_of(first.at, (size_t)(end - first.at));
}

/* The rest of a line that opens the section; empty at NULL where it does not. */
static struct view opened(struct view line, enum section section) {
    struct view name = section_name(section);
    if (!view_starts(line, name) || line.size == name.size || line.at[name.size] != ':')
        return (struct view){0};
    return view_part(line, name.size + 1, line.size);
}

static enum explained read_sections(struct explanation_reader *reader, struct explanation *entry,
                                    struct fault *fault) {
    for (enum section section = 0; section < SECTIONS; section++) {
        struct view line, rest = {0};
        size_t behind;
        if (peek_line(reader, &line, &behind)) rest = opened(line, section);
        if (!rest.at) {
            reader->line++;
            fault_at(fault, reader->origin, reader->line, 1, "expected the section `%.*s:`",
                     (int)section_name(section).size, section_name(section).at);
            return EXPLAINED_FAULT;
        }
        take_line(reader, behind);
        entry->sections[section] = take_section(reader, rest);
        if (view_trim(entry->sections[section]).size == 0)
            return wrong(reader, fault, "the section is empty");
    }
    return EXPLAINED_ENTRY;
}

enum explained explanation_next(struct explanation_reader *reader, struct explanation *ret,
                                struct fault *fault) {
    struct view line;
    size_t behind;
    if (!peek_line(reader, &line, &behind)) return EXPLAINED_END;
    take_line(reader, behind);
    struct view head = view_trim(line);
    if (line.at[0] != '[' || head.at[head.size - 1] != ']' || head.size < 3)
        return wrong(reader, fault, "an entry's head is [code] on a line of its own");
    *ret = (struct explanation){.code = view_part(head, 1, head.size - 1), .line = reader->line};
    return read_sections(reader, ret, fault);
}
