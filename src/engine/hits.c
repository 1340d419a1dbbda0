#include "hits.h"

#include <stdlib.h>

#include "buffer.h"

void hits_free(struct hits *hits) {
    free(hits->at);
    *hits = (struct hits){0};
}

static eg_hit public_hit(const struct hit *hit, size_t base) {
    const struct catalog *catalog = answer_catalog(&hit->answer);
    struct row row = catalog ? answer_row(&hit->answer) : (struct row){0};
    return (eg_hit){.start = base + hit->start,
                    .end = base + hit->end,
                    .text = public_text(hit->text),
                    .value = hit->answer.value,
                    .family = catalog ? public_text(catalog->family) : (eg_text){0},
                    .code = public_text(row.code),
                    .symbol = public_text(row.symbol),
                    .summary = public_text(row.summary),
                    .others = hit->other_count,
                    .rule = public_text(hit->rule->name),
                    .glossed = hit->state == HIT_GLOSSED,
                    .gloss_at = base + hit->gloss_at};
}

bool hit_is_of(const struct hit *hit, const struct piece *piece) {
    return hit_counts(hit) && hit->end > piece->from && hit->end <= piece->to;
}

bool hits_add(struct hits *hits, const struct resolver *resolver, const struct piece *piece,
              size_t base) {
    void *items = hits->at;
    bool roomy =
        grow_array(&items, &hits->capacity, hits->count + resolver->count, sizeof *hits->at);
    hits->at = items;
    for (size_t i = 0; roomy && i < resolver->count; i++)
        if (hit_is_of(&resolver->hits[i], piece))
            hits->at[hits->count++] = public_hit(&resolver->hits[i], base);
    return roomy;
}
