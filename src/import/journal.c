#include "reader.h"

#include "row.h"

/* `-- ID [LOCALE]` opens an entry of a journal catalog; `Subject:` and other fields follow, then a
 * blank line and prose. Source of the format: https://systemd.io/CATALOG/ */
static const struct view opening = {"-- ", 3};

enum { ID_SIZE = 32 };

static bool is_id(struct view text) {
    for (size_t i = 0; i < text.size; i++)
        if (!is_hex(text.at[i])) return false;
    return text.size == ID_SIZE;
}

static struct view subject_of(struct view line) {
    static const struct view field = {"Subject:", 8};
    return view_starts(line, field) ? view_part(line, field.size, line.size) : VIEW("");
}

bool read_journal(const struct reader *reader) {
    struct view line, id = VIEW("");
    size_t opened = 0;
    for (size_t at = 0, number = 1; row_next_line(reader->text, &at, &line); number++) {
        if (view_starts(line, opening)) {
            if (id.size) return reader_fault(reader, opened, "the entry has no Subject");
            struct view rest = view_part(line, opening.size, line.size);
            id = view_word(&rest);
            opened = number;
            if (!is_id(id))
                return reader_fault(reader, number, "a message id has 32 hexadecimal digits");
        }
        struct view subject = subject_of(line);
        if (!id.size || !subject.size) continue;
        if (!reader_add(reader, (struct entry){id, VIEW(""), subject}, opened)) return false;
        id = VIEW("");
    }
    return !id.size || reader_fault(reader, opened, "the entry has no Subject");
}
