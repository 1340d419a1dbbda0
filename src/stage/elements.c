#include "elements.h"

static const struct view ours = {"errgloss@", sizeof "errgloss@" - 1};

/* A character of the name of an element or a parameter. */
static bool is_of_name(char c) {
    return c > 0x20 && c < 0x7f && c != '=' && c != '"' && c != ']';
}

static size_t skip_name(struct view text, size_t at) {
    while (at < text.size && is_of_name(text.at[at])) at++;
    return at;
}

/* Where a value that begins with a quote at `at` ends; 0 where it does not. */
static size_t skip_value(struct view text, size_t at) {
    if (at >= text.size || text.at[at] != '"') return 0;
    for (at++; at < text.size && text.at[at] != '"'; at++) {
        if (text.at[at] == ']') return 0;
        if (text.at[at] == '\\') at++;
    }
    return at < text.size ? at + 1 : 0;
}

/* Where the element that begins at `at` ends; 0 where none does. */
static size_t skip_element(struct view text, size_t at) {
    if (at >= text.size || text.at[at] != '[') return 0;
    size_t name = skip_name(text, at + 1);
    if (name == at + 1) return 0;
    for (at = name; at < text.size && text.at[at] == ' ';) {
        size_t equals = skip_name(text, at + 1);
        if (equals == at + 1 || equals >= text.size || text.at[equals] != '=') return 0;
        at = skip_value(text, equals + 1);
        if (at == 0) return 0;
    }
    return at < text.size && text.at[at] == ']' ? at + 1 : 0;
}

size_t elements_size(struct view text) {
    size_t size = 0;
    for (size_t end; (end = skip_element(text, size)); size = end) {
    }
    return size;
}

bool elements_keep(struct view elements, struct buffer *out) {
    if (view_equal(elements, VIEW("-"))) return true;
    if (elements_size(elements) != elements.size) return false;
    for (size_t at = 0, end; at < elements.size; at = end) {
        end = skip_element(elements, at);
        if (!view_starts(view_part(elements, at + 1, end), ours))
            buffer_append(out, view_part(elements, at, end));
    }
    return true;
}

/* 32473 is the number that stands for nobody's (RFC 5612). */
void element_begin(struct buffer *out) {
    buffer_append(out, VIEW("[errgloss@32473"));
}

void element_add(struct buffer *out, struct view name, struct view value) {
    buffer_append_byte(out, ' ');
    buffer_append(out, name);
    buffer_append(out, VIEW("=\""));
    for (size_t i = 0; i < value.size; i++) {
        if (is_one_of(value.at[i], VIEW("\"\\]"))) buffer_append_byte(out, '\\');
        buffer_append_byte(out, value.at[i]);
    }
    buffer_append_byte(out, '"');
}

void element_end(struct buffer *out) {
    buffer_append_byte(out, ']');
}
