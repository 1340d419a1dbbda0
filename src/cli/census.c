#include "census.h"

#include <time.h>

bool census_init(struct census *census) {
    *census = (struct census){.report = report_new((int64_t)time(NULL))};
    pthread_mutex_init(&census->lock, NULL);
    return census->report != NULL;
}

void census_free(struct census *census) {
    report_free(census->report);
    pthread_mutex_destroy(&census->lock);
}

bool census_begin(struct census *census, const char *name) {
    return report_file(census->report, name);
}

static void add_line(void *context, uint64_t line, eg_text text, const eg_hit *hits, size_t count) {
    struct census *census = context;
    pthread_mutex_lock(&census->lock);
    if (!report_line(census->report, line, text, hits, count)) census->failed = true;
    pthread_mutex_unlock(&census->lock);
}

void census_watch(struct census *census, eg_filter *filter) {
    eg_filter_watch(filter, add_line, census);
}
