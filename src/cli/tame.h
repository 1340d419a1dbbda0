#ifndef TAME_H
#define TAME_H

/* Names of files are whatever somebody called them: make `?` of the bytes of a message that could
 * steer a terminal or begin a line. Those are control bytes, and of UTF-8 U+0080 to U+009F. */
void tame(char *text);

#endif
