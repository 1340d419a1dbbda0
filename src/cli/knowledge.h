#ifndef CLI_KNOWLEDGE_H
#define CLI_KNOWLEDGE_H

#include "options.h"

/* Make the glossary that the command line, the environment and the system ask for: built-in, then
 * /etc/errgloss, $XDG_CONFIG_HOME/errgloss, $ERRGLOSS_PATH, then options. NULL after a message. */
eg_glossary *knowledge_load(const struct options *options);

/* Ask it about each operand, with an empty line between the answers; `missing` is what is said when
 * there is none. `ask` is false when an operand has no answer. Returns the exit status. */
int knowledge_ask(const struct options *options, const char *missing,
                  bool (*ask)(const eg_glossary *glossary, const char *operand));

#endif
