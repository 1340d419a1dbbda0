#include "widen.h"

#include <fcntl.h>

enum { WIDE = 1 << 20 };

void widen_pipe(int descriptor) {
    int size = fcntl(descriptor, F_GETPIPE_SZ);
    /* without the right to so much (/proc/sys/fs/pipe-max-size) half of it may do */
    for (int want = WIDE; size > 0 && want > size; want /= 2)
        if (fcntl(descriptor, F_SETPIPE_SZ, want) >= 0) break;
}
