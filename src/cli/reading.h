#ifndef READING_H
#define READING_H

#include "errgloss.h"

/* the arguments of printf for a `%.*s` */
#define TEXT(text) (int)(text).size, (text).at

/* print a reading as a line: family, code in both bases, symbol, summary, how it was found */
void reading_print(const eg_reading *reading);

#endif
