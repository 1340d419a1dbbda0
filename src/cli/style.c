#include "style.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value && value[0];
}

bool style_is_coloured(unsigned when, int descriptor) {
    const char *terminal = getenv("TERM"), *forced = getenv("CLICOLOR_FORCE");
    if (when != WHEN_AUTO) return when == WHEN_ALWAYS;
    if (is_set("NO_COLOR")) return false;
    if (forced && forced[0]) return strcmp(forced, "0") != 0;
    return isatty(descriptor) && !(terminal && strcmp(terminal, "dumb") == 0);
}

eg_style style_wanted(const struct options *options) {
    static const eg_place places[] = {EG_INLINE, EG_AT_END, EG_BELOW};
    /* what goes to files does not depend on where the command was typed */
    bool to_files = options->in_place || options->output_dir;
    unsigned colour = to_files && options->colour == WHEN_AUTO ? WHEN_NEVER : options->colour;
    return (eg_style){.place = places[options->place],
                      .summary_most = (size_t)options->summary_most,
                      .once = options->once,
                      .coloured = style_is_coloured(colour, STDOUT_FILENO),
                      .linked = options->hyperlinks,
                      .named = options->with_filename,
                      .selects = options->only_matching || options->before || options->after,
                      .before = (size_t)options->before,
                      .after = (size_t)options->after};
}

bool style_looks_back(const eg_style *style) {
    return style->once || style->before || style->after;
}

bool style_is_of_text(const struct options *options) {
    eg_style style = style_wanted(options);
    return style.place || style.summary_most || style.once || style.linked || style.named ||
           style.selects;
}
