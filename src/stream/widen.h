#ifndef WIDEN_H
#define WIDEN_H

/* Let a pipe hold up to 1 MiB, where it is one and the system allows that: between two programs 64
 * KiB, what it has at first, cost a change of process each. */
void widen_pipe(int descriptor);

#endif
