#include "tame.h"

#include <stdbool.h>

void tame(char *text) {
    for (unsigned char before = 0; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        bool steers = byte < 0x20 || byte == 0x7f || (before == 0xc2 && byte < 0xa0);
        if (steers && before == 0xc2) text[-1] = '?';
        if (steers) *text = '?';
        before = byte;
    }
}
