#include "why.h"

#include <inttypes.h>

#include "gloss.h"

static void write_view(struct buffer *out, const char *label, struct view text) {
    buffer_format(out, "  %-8s", label);
    buffer_append(out, text);
    buffer_append_byte(out, '\n');
}

static void write_rule(struct buffer *out, const struct rule *rule) {
    buffer_format(out, "  %-8s%.*s (%.*s:%zu)\n", "rule", (int)rule->name.size, rule->name.at,
                  (int)rule->origin.size, rule->origin.at, rule->line);
}

static void write_panel(struct buffer *out, const struct panel *panel) {
    for (size_t i = 0; i < panel->count; i++) {
        if (i) buffer_append(out, VIEW(", "));
        buffer_append(out, panel->catalogs[i]->family);
    }
}

static bool has_families(const struct panels *panels) {
    return panels->at[0].count > 0;
}

static void write_asked(struct buffer *out, const struct panels *panels, struct verdict verdict) {
    size_t asked = 0;
    buffer_format(out, "  %-8s", "asked");
    for (size_t i = 0; i < panels->count; i++) {
        if (!panel_is_asked(panels, i, verdict)) continue;
        if (asked++) buffer_append(out, VIEW(" | "));
        write_panel(out, &panels->at[i]);
    }
    if (!has_families(panels)) buffer_append(out, VIEW("nobody"));
    buffer_append_byte(out, '\n');
}

static const char *const witnesses[] = {
    [WITNESS_USER] = "by --dialect",
    [WITNESS_LINE] = "this line tells",
    [WITNESS_STREAM] = "most lines before it tell",
};

static void write_verdict(struct buffer *out, const struct ruleset *rules, struct verdict verdict) {
    if (verdict.witness == WITNESS_NONE) return;
    const struct rule *dialect = ruleset_dialect(rules, verdict.dialect);
    buffer_format(out, "  %-8s%.*s: %s (%.*s:%zu)\n", "dialect", (int)dialect->name.size,
                  dialect->name.at, witnesses[verdict.witness], (int)dialect->origin.size,
                  dialect->origin.at, dialect->line);
}

static void write_catalog_answer(struct buffer *out, const struct answer *answer) {
    const struct catalog *catalog = answer_catalog(answer);
    struct row row = answer_row(answer);
    buffer_format(out, "%.*s %.*s", (int)catalog->family.size, catalog->family.at,
                  (int)row.code.size, row.code.at);
    if (answer->finding == FOUND_CARRIED) buffer_append(out, VIEW(" carried within"));
    if (row.symbol.size) buffer_format(out, ", %.*s", (int)row.symbol.size, row.symbol.at);
    if (row.summary.size) buffer_format(out, ": %.*s", (int)row.summary.size, row.summary.at);
    buffer_format(out, " (%.*s)\n", (int)catalog->origin.size, catalog->origin.at);
}

static void write_answer(struct buffer *out, const struct answer *answer) {
    buffer_format(out, "  %-8s", "answer");
    if (answer_catalog(answer)) {
        write_catalog_answer(out, answer);
    } else if (answer->finding == FOUND_BITS) {
        char room[STATUS_TEXT_MOST];
        buffer_append(out, status_text(&answer->status, room));
        buffer_append_byte(out, '\n');
    } else {
        buffer_append(out, VIEW("none\n"));
    }
}

static void write_answers(struct buffer *out, const struct hit *hit) {
    write_answer(out, &hit->answer);
    for (size_t i = 0; i < hit->other_count; i++) write_answer(out, &hit->others[i]);
}

static const char *const outcomes[] = {
    [HIT_GLOSSED] = "glossed",
    [HIT_SHARED] = "a hit; the next number is the same value and carries the gloss",
    [HIT_REPEATED] = "a hit; the code was met earlier on this line, so it stays bare",
    [HIT_PLAIN] = "a hit; its symbol stands there and no summary is known",
    [HIT_SUCCESS] = "silent: it reports success",
    [HIT_IGNORED] = "silent: --ignore",
    [HIT_UNKNOWN] = "silent: no catalog asked knows it",
    [HIT_BEATEN] = "silent: it overlaps a code that is longer or of an earlier rule",
};

static void write_winner(struct buffer *out, const struct hit *hits, size_t count,
                         const struct hit *loser) {
    for (size_t i = 0; i < count; i++) {
        const struct hit *hit = &hits[i];
        if (hit->state == HIT_BEATEN || hit->start >= loser->end || loser->start >= hit->end)
            continue;
        write_view(out, "winner", hit->rule->name);
        return;
    }
}

static void write_place(struct buffer *out, const struct piece *piece, const struct hit *hit) {
    buffer_format(out, "line %" PRIu64 ", bytes %" PRIu64 "-%" PRIu64 ": ", piece->line,
                  piece->at + hit->start, piece->at + hit->end);
    buffer_append(out, hit->text);
    buffer_append_byte(out, '\n');
}

void why_write(struct buffer *out, const struct piece *piece, const struct hit *hits, size_t count,
               const struct knowledge *knowledge) {
    for (size_t i = 0; i < count; i++) {
        const struct hit *hit = &hits[i];
        const struct panels *panels = &knowledge->panels[hit->rank];
        if (hit->end <= piece->from || hit->end > piece->to) continue;
        write_place(out, piece, hit);
        write_rule(out, hit->rule);
        if (hit->state != HIT_BEATEN) {
            write_asked(out, panels, hit->verdict);
            write_verdict(out, knowledge->rules, hit->verdict);
            write_answers(out, hit);
        }
        bool foreign = hit->state == HIT_UNKNOWN && !has_families(panels);
        write_view(out, "outcome",
                   foreign ? VIEW("silent: the rule says that it is no code of any family")
                           : view_string(outcomes[hit->state]));
        if (hit->state == HIT_BEATEN) write_winner(out, hits, count, hit);
    }
    if (count == 0 && piece->at == 0 && piece->ends)
        buffer_format(out, "line %" PRIu64 ": no rule finds a code\n", piece->line);
}
