#include "look.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "style.h"

/* The columns of a terminal; 0 where there is none. */
static size_t width_of(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col ? size.ws_col : 80;
}

/* POSIX: LC_ALL, LC_CTYPE, LANG, the first that is set. */
static bool shows_utf8(void) {
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        const char *charset = value ? strchr(value, '.') : NULL;
        if (value && value[0])
            return charset && (strncasecmp(charset, ".utf-8", 6) == 0 ||
                               strncasecmp(charset, ".utf8", 5) == 0);
    }
    return false;
}

struct report_look look_of(int descriptor, unsigned colour) {
    size_t width = width_of(descriptor);
    return (struct report_look){.width = width,
                                .sparklines = width > 0 && shows_utf8(),
                                .colours = style_is_coloured(colour, descriptor)};
}
