#ifndef DELIVERY_H
#define DELIVERY_H

#include "deliver.h"

/* What beginning and ending a delivery share. */

/* note why it is refused, and return false */
bool delivery_refuse(struct delivery *delivery, const char *message);

/* The name of a temporary file beside one of this name, into NAME_MAX + 1 bytes; false and errno
 * when there is none. */
bool delivery_name_beside(const struct delivery *delivery, const char *name, char *ret);

/* Say whether the original has the name of the backup already: that is linked before the target is
 * renamed, and a run may have been killed between. */
bool delivery_is_kept(const struct delivery *delivery);

#endif
