#include "relay.h"

void relay_free(struct relay *relay) {
    message_reader_free(&relay->reader);
}

void relay_line(struct relay *relay, eg_scanner *scanner, struct view line, struct buffer *out) {
    /* programs end lines in CR LF too: no rule is to see it */
    struct view ending = view_ends(line, VIEW("\r")) ? VIEW("\r\n") : VIEW("\n");
    struct view whole = view_part(line, 0, line.size + 1 - ending.size);
    struct message message;
    const eg_hit *hits;
    eg_text text;
    bool judged = scanner && message_read(&relay->reader, MESSAGE_RAW, whole, &message) &&
                  message_scan(&message, scanner, &hits) != SIZE_MAX &&
                  eg_scanner_annotate(scanner, message.from, &relay->style, &text);
    if (judged) {
        buffer_append(out, message.before);
        message_append(&message, view_of(text.at, text.size), out);
    } else {
        buffer_append(out, whole);
    }
    buffer_append(out, ending);
}
