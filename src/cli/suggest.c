#include "suggest.h"

#include <string.h>

enum { WORD_MOST = 32 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Damerau-Levenshtein distance in its usual form (optimal string alignment), row by row. */
size_t word_distance(const char *a, const char *b) {
    size_t size_a = strlen(a), size_b = strlen(b);
    size_t rows[WORD_MOST + 1][WORD_MOST + 1];
    if (size_a > WORD_MOST || size_b > WORD_MOST) return WORD_MOST;
    for (size_t i = 0; i <= size_a; i++) rows[i][0] = i;
    for (size_t j = 0; j <= size_b; j++) rows[0][j] = j;
    for (size_t i = 1; i <= size_a; i++) {
        for (size_t j = 1; j <= size_b; j++) {
            size_t changed = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            rows[i][j] = least(changed, least(rows[i - 1][j], rows[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows[size_a][size_b];
}

int word_is_near(const char *misspelt, const char *word) {
    size_t size = strlen(word);
    return word_distance(misspelt, word) <= (size < 5 ? 1 : 2);
}
