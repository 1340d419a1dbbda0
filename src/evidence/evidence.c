#include "evidence.h"

#include <stdlib.h>

bool evidence_gate(struct gate *gate, const struct ruleset *rules, enum starts_build build) {
    const struct rule *dialect;
    struct view *regexes = calloc(DIALECTS_MOST, sizeof *regexes);
    size_t count = 0;
    for (; regexes && (dialect = ruleset_dialect(rules, count)); count++)
        regexes[count] = dialect->pattern.regex;
    bool fine = regexes && gate_init(gate, regexes, count, count, build);
    free(regexes);
    return fine;
}

bool evidence_init(struct evidence *evidence, const struct ruleset *rules,
                   const struct gate *gate) {
    *evidence = (struct evidence){
        .rules = rules, .matcher = matcher_new(ruleset_patterns(rules)), .forced = NO_DIALECT};
    evidence_begin(evidence);
    return evidence->matcher && (!gate || sweep_init(&evidence->sweep, gate));
}

void evidence_free(struct evidence *evidence) {
    matcher_free(evidence->matcher);
    sweep_free(&evidence->sweep);
    places_free(&evidence->places);
    testimony_free(&evidence->own);
    programs_free(&evidence->programs);
    buffer_free(&evidence->start);
    *evidence = (struct evidence){0};
}

void evidence_begin(struct evidence *evidence) {
    programs_clear(&evidence->programs);
    testimony_clear(&evidence->own);
    evidence->heard = &evidence->own;
    evidence->line = VIEW("");
    evidence->asked = SIZE_MAX;
    evidence->swept = false;
}

bool evidence_turn_to(struct evidence *evidence, struct view program) {
    testimony_clear(&evidence->own);
    evidence->heard = program.size ? programs_find(&evidence->programs, program) : &evidence->own;
    if (!evidence->heard) evidence->heard = &evidence->own;
    return !program.size || evidence->heard != &evidence->own;
}

bool evidence_look(struct evidence *evidence, const struct piece *piece, struct view text) {
    if (piece->at > 0) return true;
    evidence->asked = SIZE_MAX;
    evidence->swept = false;
    evidence->line = text;
    if (piece->ends) return true;
    buffer_clear(&evidence->start);
    buffer_append(&evidence->start,
                  view_part(text, 0, text.size < EVIDENCE_LINE ? text.size : EVIDENCE_LINE));
    evidence->line = buffer_view(&evidence->start);
    return !evidence->start.failed;
}

static bool speaks(const struct evidence *evidence, size_t dialect, struct view text, size_t from,
                   unsigned flags) {
    struct pattern_match match;
    const struct rule *rule = ruleset_dialect(evidence->rules, dialect);
    return pattern_find(&rule->pattern, evidence->matcher, text, from, flags | MATCH_NOT_END,
                        &match) == PATTERN_FOUND;
}

/* The places of as much of the line as is ever looked at serve for any part of it. */
static void sweep_line(struct evidence *evidence) {
    struct view line = evidence->line;
    if (line.size > EVIDENCE_LINE) line.size = EVIDENCE_LINE;
    evidence->swept = sweep_text(&evidence->sweep, line, false, &evidence->places);
    evidence->failed |= !evidence->swept;
}

/* The first of the dialects that the text speaks, asked only where the gate says that they may
 * match. */
static size_t find_at_places(struct evidence *evidence, struct view text) {
    const struct places *places = &evidence->places;
    size_t first = NO_DIALECT;
    if (!evidence->swept) sweep_line(evidence);
    for (size_t i = 0; i < places->count; i++) {
        struct place place = places->at[i];
        if (place.regex < first && place.at <= text.size &&
            speaks(evidence, place.regex, text, place.at, MATCH_HERE))
            first = place.regex;
    }
    return first;
}

/* The first of the dialects that the text speaks. */
static size_t find_dialect(struct evidence *evidence, struct view text) {
    const struct gate *gate = evidence->sweep.gate;
    size_t first = gate ? find_at_places(evidence, text) : NO_DIALECT;
    for (size_t i = 0; i < first && ruleset_dialect(evidence->rules, i); i++)
        if ((!gate || !gate_follows(gate, i)) && speaks(evidence, i, text, 0, 0)) return i;
    return first;
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
    size_t leader = evidence->heard->leader;
    bool known = leader != NO_DIALECT;
    return (struct verdict){leader, known ? WITNESS_STREAM : WITNESS_NONE};
}

/* Of dialects with as many lines the first leads. */
static void vote(struct testimony *heard, size_t dialect) {
    if (dialect == NO_DIALECT) return;
    uint32_t count = ++heard->votes[dialect];
    uint32_t most = heard->leader == NO_DIALECT ? 0 : heard->votes[heard->leader];
    if (count > most || (count == most && dialect < heard->leader)) heard->leader = dialect;
}

static bool read_header(struct evidence *evidence, bool head) {
    struct testimony *heard = evidence->heard;
    if (!is_header(evidence->line) || !(head || heard->headed)) return true;
    heard->headed = true;
    return columns_read(&heard->columns, evidence->line);
}

void evidence_pass(struct evidence *evidence, size_t size) {
    evidence->heard->line_at += size;
}

bool evidence_is_past_head(const struct evidence *evidence) {
    return evidence->heard->line_at >= EVIDENCE_HEAD;
}

void evidence_follow(struct evidence *evidence, const struct evidence *head) {
    evidence_begin(evidence);
    struct testimony *own = &evidence->own;
    memcpy(own->votes, head->own.votes, sizeof own->votes);
    own->leader = head->own.leader;
    own->line_at = EVIDENCE_HEAD;
    own->headed = head->own.headed;
    evidence->failed |= !columns_copy(&own->columns, &head->own.columns);
}

bool evidence_may_pass(const struct evidence *evidence) {
    return evidence_is_past_head(evidence) && evidence->heard->columns.count == 0;
}

bool evidence_close(struct evidence *evidence, const struct piece *piece) {
    bool head = evidence->heard->line_at < EVIDENCE_HEAD;
    if (head) vote(evidence->heard, dialect_of_line(evidence, EVIDENCE_LINE));
    bool fine = read_header(evidence, head) && !evidence->failed;
    evidence->heard->line_at += piece->at + piece->text.size + piece->ending.size;
    evidence->line = VIEW("");
    return fine;
}
