#include "alphabet.h"

/* Divide each class into the bytes that are in the set and those that are not. */
static void divide(struct alphabet *alphabet, const struct byteset *set) {
    int parts[256][2];
    size_t count = 0;
    memset(parts, -1, sizeof parts);
    for (unsigned byte = 0; byte < 256; byte++) {
        int *part = &parts[alphabet->classes[byte]][byteset_has(set, (unsigned char)byte)];
        if (*part < 0) *part = (int)count++;
        alphabet->classes[byte] = (unsigned char)*part;
    }
    alphabet->count = count;
}

void alphabet_init(struct alphabet *alphabet, const struct ways *ways) {
    memset(alphabet, 0, sizeof *alphabet);
    alphabet->count = 1;
    for (size_t i = 0; i < ways->set_count; i++) divide(alphabet, &ways->sets[i]);
    for (unsigned byte = 0; byte < 256; byte++)
        alphabet->samples[alphabet->classes[byte]] = (unsigned char)byte;
}
