#include "gates.h"

#include <pthread.h>
#include <stdlib.h>

struct gates {
    pthread_mutex_t making;
    bool made;
    enum starts_build build;
    struct gate codes, dialects;
};

struct gates *gates_new(enum starts_build build) {
    struct gates *gates = calloc(1, sizeof *gates);
    if (!gates) return NULL;
    gates->build = build;
    pthread_mutex_init(&gates->making, NULL);
    return gates;
}

void gates_free(struct gates *gates) {
    if (!gates) return;
    gate_free(&gates->codes);
    gate_free(&gates->dialects);
    pthread_mutex_destroy(&gates->making);
    free(gates);
}

static bool make(struct gates *gates, const struct ruleset *rules) {
    gates->made = scan_gate(&gates->codes, rules, gates->build) &&
                  evidence_gate(&gates->dialects, rules, gates->build);
    if (gates->made) return true;
    gate_free(&gates->codes);
    gate_free(&gates->dialects);
    return false;
}

bool gates_make(struct gates *gates, const struct ruleset *rules) {
    pthread_mutex_lock(&gates->making);
    bool made = gates->made || make(gates, rules);
    pthread_mutex_unlock(&gates->making);
    return made;
}

const struct gate *gates_of_codes(const struct gates *gates) {
    return &gates->codes;
}

const struct gate *gates_of_dialects(const struct gates *gates) {
    return &gates->dialects;
}
