#ifndef CENSUS_H
#define CENSUS_H

#include <pthread.h>

#include "report.h"

/* A report that filters of several threads add to. */
struct census {
    struct report *report;
    pthread_mutex_t lock;
    bool failed; /* memory ran out */
};

/* make an empty one; false when there is no memory */
bool census_init(struct census *census);

void census_free(struct census *census);

/* a file begins; false when there is no memory */
bool census_begin(struct census *census, const char *name);

/* let it know what a filter finds */
void census_watch(struct census *census, eg_filter *filter);

#endif
