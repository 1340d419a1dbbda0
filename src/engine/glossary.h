#ifndef GLOSSARY_H
#define GLOSSARY_H

#include "arena.h"
#include "errgloss.h"
#include "gates.h"
#include "resolve.h"

struct eg_glossary {
    struct shelf shelf;
    struct ruleset rules;
    struct arena arena; /* file texts, names, panels */
    unsigned layer;
    struct view families; /* that alone may answer; empty: as the rules say */
    struct view dialect;  /* of all lines; empty: as the evidence says */
    size_t forced;        /* its rank, once sealed; else NO_DIALECT */
    bool symbols;         /* symbols that stand alone are explained too */
    struct ignored *ignored;
    size_t ignored_count, ignored_capacity;
    enum starts_build build;       /* of the gates */
    bool ungated;                  /* every rule is to be asked of every line */
    struct gates *gates;           /* once sealed; NULL where there are none */
    struct knowledge knowledge;    /* once sealed */
    const struct catalog **ranked; /* once sealed: the catalogs, those that rules ask first */
    size_t asked;                  /* how many these are */
};

/* pass a fault on to the library's user, and return false */
bool glossary_report(const struct fault *fault, eg_fault *ret);

/* tell a row of a catalog as a reading; how it was found is left as it is */
void reading_fill(eg_reading *reading, const struct catalog *catalog, size_t index);

static inline eg_text public_text(struct view text) {
    return (eg_text){text.at, text.size};
}

#endif
