#ifndef CLI_KNOWLEDGE_H
#define CLI_KNOWLEDGE_H

#include "options.h"

/* Make the glossary that the command line, the environment and the system ask for: built-in, then
 * /etc/errgloss, $XDG_CONFIG_HOME/errgloss, $ERRGLOSS_PATH, then options. NULL after a message. */
eg_glossary *knowledge_load(const struct options *options);

#endif
