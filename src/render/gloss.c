#include "gloss.h"

#include <stdio.h>

#include "docs.h"

struct view status_text(const struct status *status, char room[STATUS_TEXT_MOST]) {
    bool hresult = status->kind == STATUS_HRESULT;
    bool carried = status->kind == STATUS_NTSTATUS_HRESULT;
    int size = snprintf(room, STATUS_TEXT_MOST, "%s %s%s%s%s, code 0x%04X",
                        hresult ? "HRESULT" : "NTSTATUS", status->severity,
                        carried ? " in an HRESULT" : "", status->facility ? ", facility " : "",
                        status->facility ? status->facility : "", status->code);
    return view_of(room, (size_t)size);
}

/* A gloss on its way: how many bytes may still be added to it. */
struct draft {
    struct buffer *out;
    size_t left;
};

/* Take what must be there; a symbol and a summary always fit. */
static void spend(struct draft *draft, size_t size) {
    draft->left -= size < draft->left ? size : draft->left;
}

/* Keep room for something; false when there is none. */
static bool keep_room(struct draft *draft, size_t size) {
    if (size > draft->left) return false;
    draft->left -= size;
    return true;
}

/* The start of the text that has `most` characters. */
static size_t cut_at(struct view text, size_t most) {
    size_t at = 0;
    for (; at < text.size; at++)
        if (((unsigned char)text.at[at] & 0xc0) != 0x80 && most-- == 0) break;
    return at;
}

/* A summary of which not more is shown than is wanted. */
struct shown {
    struct view text;
    bool cut;
};

static const struct view ellipsis = {"\u2026", sizeof "\u2026" - 1};

static struct shown show(struct view summary, const struct gloss_style *style) {
    size_t end = style->summary_most ? cut_at(summary, style->summary_most) : summary.size;
    return (struct shown){view_part(summary, 0, end), end < summary.size};
}

static void append_shown(struct buffer *out, struct shown shown) {
    buffer_append(out, shown.text);
    if (shown.cut) buffer_append(out, ellipsis);
}

static void append_linked(struct buffer *out, struct shown shown, struct view address) {
    if (address.size) buffer_format(out, "\033]8;;%.*s\033\\", (int)address.size, address.at);
    append_shown(out, shown);
    if (address.size) buffer_append(out, VIEW("\033]8;;\033\\"));
}

/* The family as people call it: "errno" for errno_linux. */
static struct view short_name(struct view family) {
    return view_part(family, 0, view_find(family, 0, '_'));
}

/* Append the text behind a mark, or nothing where there is no text. */
static void append_behind(struct buffer *out, struct view mark, struct shown shown) {
    if (shown.text.size == 0) return;
    buffer_append(out, mark);
    append_shown(out, shown);
}

/* ` | errno EIO: summary`, where it still fits. */
static void write_other(struct draft *draft, const struct answer *other,
                        const struct gloss_style *style) {
    struct view name = short_name(answer_catalog(other)->family);
    struct row row = answer_row(other);
    struct shown summary = show(row.summary, style);
    size_t size = name.size + row.symbol.size + summary.text.size + ellipsis.size;
    if (!keep_room(draft, size + sizeof " |  : ")) return;
    append_behind(draft->out, VIEW(" | "), (struct shown){.text = name});
    append_behind(draft->out, VIEW(" "), (struct shown){.text = row.symbol});
    append_behind(draft->out, VIEW(": "), summary);
}

/* What a gloss says of a row: its mark, and what stands behind it. */
struct wording {
    bool named; /* the mark is the symbol */
    struct view symbol;
    struct shown text;
};

static struct wording wording_of(const struct hit *hit, const struct gloss_style *style) {
    struct row row = answer_row(&hit->answer);
    bool alone = (style->brief && row.symbol.size) || row.summary.size == 0;
    struct shown text = alone ? (struct shown){.text = row.symbol} : show(row.summary, style);
    bool named = !alone && !hit->symbol_stands && row.symbol.size;
    return (struct wording){named, row.symbol, text};
}

/* The address of the docs where one is wanted, and fits. */
static struct view address_of(struct draft *draft, const struct hit *hit,
                              const struct gloss_style *style, char room[DOCS_MOST]) {
    const struct answer *answer = &hit->answer;
    struct view address = VIEW("");
    if (style->linked) address = docs_of(answer_catalog(answer), answer_row(answer), room);
    return keep_room(draft, address.size + sizeof "]8;;.\\]8;;.\\") ? address : VIEW("");
}

/* ` (13883)`, where that is wanted, and fits. */
static struct view code_of(struct draft *draft, const struct hit *hit,
                           const struct gloss_style *style) {
    bool fine = style->with_code;
    for (size_t i = 0; i < hit->text.size && fine; i++)
        fine = !is_control(hit->text.at[i]) && !is_one_of(hit->text.at[i], VIEW("{}"));
    return fine && keep_room(draft, hit->text.size + sizeof " ()") ? hit->text : VIEW("");
}

static void append_code(struct buffer *out, struct view code) {
    if (code.size) buffer_format(out, " (%.*s)", (int)code.size, code.at);
}

static void write_answer(struct draft *draft, const struct hit *hit,
                         const struct gloss_style *style) {
    char room[DOCS_MOST];
    struct wording wording = wording_of(hit, style);
    struct view symbol = wording.named ? wording.symbol : VIEW("");
    spend(draft, symbol.size + wording.text.text.size + ellipsis.size + sizeof ": ");
    struct view code = code_of(draft, hit, style);
    struct view address = address_of(draft, hit, style, room);
    if (wording.named) {
        append_linked(draft->out, (struct shown){.text = symbol}, address);
        buffer_append(draft->out, VIEW(": "));
        append_shown(draft->out, wording.text);
    } else {
        buffer_append(draft->out, VIEW("= "));
        append_linked(draft->out, wording.text, address);
    }
    for (size_t i = 0; i < hit->other_count && !style->brief; i++)
        write_other(draft, &hit->others[i], style);
    append_code(draft->out, code);
}

static void write_bits(struct draft *draft, const struct hit *hit,
                       const struct gloss_style *style) {
    char room[STATUS_TEXT_MOST];
    buffer_append(draft->out, VIEW("? "));
    buffer_append(draft->out, status_text(&hit->answer.status, room));
    append_code(draft->out, code_of(draft, hit, style));
}

void gloss_write(struct buffer *out, const struct hit *hit, const struct gloss_style *style) {
    struct draft draft = {out, GLOSS_MOST - sizeof " {}" - sizeof GLOSS_COLOUR GLOSS_PLAIN};
    buffer_append(out, VIEW(" {"));
    if (style->coloured) buffer_append(out, VIEW(GLOSS_COLOUR));
    if (answer_catalog(&hit->answer))
        write_answer(&draft, hit, style);
    else
        write_bits(&draft, hit, style);
    if (style->coloured) buffer_append(out, VIEW(GLOSS_PLAIN));
    buffer_append_byte(out, '}');
}

bool gloss_has_symbol(const struct hit *hit) {
    bool known = answer_catalog(&hit->answer);
    return known && !hit->symbol_stands && answer_row(&hit->answer).symbol.size;
}
