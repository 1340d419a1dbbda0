#ifndef BELOW_H
#define BELOW_H

#include "view.h"

/* Open the directory of a file below an opened one, making directories as needed and following no
 * links; its name goes to `ret_name`, of NAME_MAX + 1 bytes. -1 and a message, or errno where that
 * is NULL. */
int open_below(int directory, const char *below, char *ret_name, const char **ret_message);

/* Open the directory of any path, likewise; its own path goes to `ret_directory`, of PATH_MAX. */
int open_parent(const char *path, char *ret_directory, char *ret_name, const char **ret_message);

#endif
