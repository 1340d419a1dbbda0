#ifndef SPELLING_H
#define SPELLING_H

#include "errgloss.h"
#include "view.h"

enum { SPELLING_SIZE = 32 };

/* Say whether a hit's code is a text and no number: it has the value 0 but does not spell it. */
bool hit_is_textual(const eg_hit *hit);

/* Spell a code as it is shown, into `room`: as 0x%08X where it has 32 bits and its text is
 * hexadecimal or it is above 0x7fffffff, else in decimal; what is negative stays so. */
struct view spell_code(uint64_t value, struct view text, char room[SPELLING_SIZE]);

#endif
