#include "evidence.h"

bool evidence_init(struct evidence *evidence, const struct ruleset *rules) {
    *evidence = (struct evidence){
        .rules = rules, .matcher = matcher_new(ruleset_groups(rules)), .forced = NO_DIALECT};
    evidence_begin(evidence);
    return evidence->matcher != NULL;
}

void evidence_free(struct evidence *evidence) {
    matcher_free(evidence->matcher);
    columns_free(&evidence->columns);
    buffer_free(&evidence->start);
    *evidence = (struct evidence){0};
}

void evidence_begin(struct evidence *evidence) {
    memset(evidence->votes, 0, sizeof evidence->votes);
    evidence->line_at = 0;
    evidence->leader = NO_DIALECT;
    evidence->columns.count = 0;
    evidence->headed = false;
    evidence->line = VIEW("");
    evidence->asked = SIZE_MAX;
}

bool evidence_look(struct evidence *evidence, const struct piece *piece, struct view text) {
    if (piece->at > 0) return true;
    evidence->asked = SIZE_MAX;
    evidence->line = text;
    if (piece->ends) return true;
    buffer_clear(&evidence->start);
    buffer_append(&evidence->start,
                  view_part(text, 0, text.size < EVIDENCE_LINE ? text.size : EVIDENCE_LINE));
    evidence->line = buffer_view(&evidence->start);
    return !evidence->start.failed;
}

static bool speaks(const struct evidence *evidence, const struct rule *dialect, struct view text) {
    struct pattern_match match;
    return pattern_find(dialect->pattern, evidence->matcher, text, 0, MATCH_NOT_END, &match) ==
           PATTERN_FOUND;
}

/* The first of the dialects that the text speaks. */
static size_t find_dialect(const struct evidence *evidence, struct view text) {
    const struct rule *dialect;
    for (size_t i = 0; (dialect = ruleset_dialect(evidence->rules, i)); i++)
        if (speaks(evidence, dialect, text)) return i;
    return NO_DIALECT;
}

/* The dialect of the line's first `size` bytes; codes of a line that stand far in it ask the same.
 */
static size_t dialect_of_line(struct evidence *evidence, size_t size) {
    struct view line = evidence->line;
    if (size > EVIDENCE_LINE) size = EVIDENCE_LINE;
    if (size > line.size) size = line.size;
    if (evidence->asked != size) {
        evidence->asked = size;
        evidence->spoken = find_dialect(evidence, view_part(line, 0, size));
    }
    return evidence->spoken;
}

struct verdict evidence_judge(struct evidence *evidence, const struct piece *piece, size_t start) {
    if (evidence->forced != NO_DIALECT) return (struct verdict){evidence->forced, WITNESS_USER};
    size_t spoken = dialect_of_line(evidence, piece->at ? EVIDENCE_LINE : start);
    if (spoken != NO_DIALECT) return (struct verdict){spoken, WITNESS_LINE};
    bool known = evidence->leader != NO_DIALECT;
    return (struct verdict){evidence->leader, known ? WITNESS_STREAM : WITNESS_NONE};
}

/* Of dialects with as many lines the first leads. */
static void vote(struct evidence *evidence, size_t dialect) {
    if (dialect == NO_DIALECT) return;
    uint32_t count = ++evidence->votes[dialect];
    size_t leader = evidence->leader;
    uint32_t most = leader == NO_DIALECT ? 0 : evidence->votes[leader];
    if (count > most || (count == most && dialect < leader)) evidence->leader = dialect;
}

static bool read_header(struct evidence *evidence, bool head) {
    if (!is_header(evidence->line) || !(head || evidence->headed)) return true;
    evidence->headed = true;
    return columns_read(&evidence->columns, evidence->line);
}

bool evidence_close(struct evidence *evidence, const struct piece *piece) {
    bool head = evidence->line_at < EVIDENCE_HEAD;
    if (head) vote(evidence, dialect_of_line(evidence, EVIDENCE_LINE));
    bool fine = read_header(evidence, head);
    evidence->line_at += piece->at + piece->text.size + piece->ending.size;
    evidence->line = VIEW("");
    return fine;
}
