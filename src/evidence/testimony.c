#include "testimony.h"

#include <stdlib.h>

/* Names of no end are told apart by so many bytes. */
enum { NAME_MOST = 256 };

struct program {
    struct buffer name;
    uint64_t hash; /* of the name */
    uint64_t turn; /* when it was asked for last */
    struct testimony testimony;
};

void testimony_clear(struct testimony *testimony) {
    memset(testimony->votes, 0, sizeof testimony->votes);
    testimony->line_at = 0;
    testimony->leader = NO_DIALECT;
    testimony->columns.count = 0;
    testimony->headed = false;
}

void testimony_free(struct testimony *testimony) {
    columns_free(&testimony->columns);
}

void programs_free(struct programs *programs) {
    for (size_t i = 0; programs->at && i < PROGRAMS_MOST; i++) {
        buffer_free(&programs->at[i].name);
        testimony_free(&programs->at[i].testimony);
    }
    free(programs->at);
    *programs = (struct programs){0};
}

void programs_clear(struct programs *programs) {
    programs->count = 0;
}

/* FNV-1a (www.isthe.com/chongo/tech/comp/fnv) */
static uint64_t hash_of(struct view name) {
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 0x100000001b3;
    return hash;
}

/* A free one, or that of the program that has been silent for longest. */
static struct program *make_room(struct programs *programs) {
    struct program *silent = programs->at;
    if (programs->count < PROGRAMS_MOST) return &programs->at[programs->count++];
    for (size_t i = 1; i < programs->count; i++)
        if (programs->at[i].turn < silent->turn) silent = &programs->at[i];
    return silent;
}

static struct program *find(struct programs *programs, struct view name, uint64_t hash) {
    for (size_t i = 0; i < programs->count; i++) {
        struct program *program = &programs->at[i];
        if (program->hash == hash && view_equal(buffer_view(&program->name), name)) return program;
    }
    return NULL;
}

/* Nothing moves when there are more: somebody looks at one of them. */
static bool allocate(struct programs *programs) {
    if (!programs->at) programs->at = calloc(PROGRAMS_MOST, sizeof *programs->at);
    return programs->at != NULL;
}

struct testimony *programs_find(struct programs *programs, struct view name) {
    if (name.size > NAME_MOST) name.size = NAME_MOST;
    uint64_t hash = hash_of(name);
    if (!allocate(programs)) return NULL;
    struct program *program = find(programs, name, hash);
    if (!program) {
        program = make_room(programs);
        program->hash = hash;
        testimony_clear(&program->testimony);
        buffer_clear(&program->name);
        buffer_append(&program->name, name);
    }
    program->turn = ++programs->turns;
    return program->name.failed ? NULL : &program->testimony;
}
