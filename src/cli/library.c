#include "library.h"

#include <stdio.h>
#include <string.h>

#include "plan.h"

/* One try to make a glossary of a plan. */
struct attempt {
    struct library *library;
    const struct plan *plan;
    const struct buffer *allowed; /* may be passed over; NULL: anything may */
    struct buffer passed;
};

/* What tells a step from others. */
static void append_step(struct buffer *out, const struct step *step) {
    buffer_append_byte(out, (char)('a' + step->kind));
    buffer_append(out, view_string(step->text));
    buffer_append_byte(out, '\0');
}

static bool holds_step(const struct buffer *steps, const struct step *step) {
    struct view text = view_string(step->text);
    for (size_t at = 0; at < steps->size;) {
        struct view one =
            view_part(buffer_view(steps), at, view_find(buffer_view(steps), at, '\0'));
        if (one.at[0] == (char)('a' + step->kind) && view_equal(view_part(one, 1, one.size), text))
            return true;
        at += one.size + 1;
    }
    return false;
}

/* Perform the steps that are not passed over. Returns the first that fails, else how many there
 * are. */
static size_t perform(const struct attempt *attempt, eg_glossary *glossary, eg_fault *fault) {
    const struct plan *plan = attempt->plan;
    for (size_t i = 0; i < plan->count; i++)
        if (!holds_step(&attempt->passed, &plan->steps[i]) &&
            !step_perform(&plan->steps[i], glossary, fault))
            return i;
    return plan->count;
}

/* What only sealing finds is in the file that the fault names; where it names none, what was asked
 * for last is given up. NULL when nothing is left. */
static const struct step *find_culprit(const struct attempt *attempt, const eg_fault *fault) {
    const struct step *last = NULL;
    for (size_t i = 0; i < attempt->plan->count; i++) {
        const struct step *step = &attempt->plan->steps[i];
        size_t size = strlen(step->text);
        if (step->kind == STEP_OVERLAY || holds_step(&attempt->passed, step)) continue;
        bool named =
            size && strncmp(fault->text, step->text, size) == 0 && fault->text[size] == ':';
        if (step->kind == STEP_FILE && named) return step;
        last = step;
    }
    return last;
}

/* Try once. False where it fails, and then `*ret_culprit` is why. */
static bool try_once(const struct attempt *attempt, eg_glossary *glossary,
                     const struct step **ret_culprit) {
    eg_fault fault;
    const struct library *library = attempt->library;
    size_t failed = perform(attempt, glossary, &fault);
    bool through = failed == attempt->plan->count;
    if (through && eg_glossary_seal(glossary, &fault)) return true;
    *ret_culprit = through ? find_culprit(attempt, &fault) : &attempt->plan->steps[failed];
    library->tell(library->context, fault.text);
    return false;
}

/* Try until nothing fails any more, or something that may not be passed over. */
static eg_glossary *make_glossary(struct attempt *attempt) {
    for (;;) {
        const struct step *culprit = NULL;
        eg_glossary *glossary = eg_glossary_new();
        if (!glossary) return NULL;
        if (try_once(attempt, glossary, &culprit)) return glossary;
        eg_glossary_free(glossary);
        bool may = culprit && (!attempt->allowed || holds_step(attempt->allowed, culprit));
        if (!may) return NULL;
        append_step(&attempt->passed, culprit);
        if (attempt->passed.failed) return NULL;
    }
}

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return time.tv_sec;
}

/* Make a glossary of what is there now; NULL where that fails. */
static eg_glossary *load(struct library *library, const struct buffer *allowed) {
    struct plan plan;
    struct attempt attempt = {.library = library, .plan = &plan, .allowed = allowed};
    eg_glossary *glossary = plan_make(&plan, library->options) ? make_glossary(&attempt) : NULL;
    library->stamp = plan.stamp;
    library->looked = now();
    plan_free(&plan);
    if (!glossary) {
        buffer_free(&attempt.passed);
        return NULL;
    }
    buffer_free(&library->passed);
    library->passed = attempt.passed;
    return glossary;
}

void library_open(struct library *library, const struct options *options, library_tell *tell,
                  void *context) {
    *library = (struct library){.options = options, .tell = tell, .context = context};
    library->glossary = load(library, NULL);
    if (!library->glossary) tell(context, "out of memory: nothing is known");
}

void library_close(struct library *library) {
    eg_glossary_free(library->glossary);
    buffer_free(&library->passed);
}

bool library_is_stale(struct library *library) {
    struct plan plan;
    if (library->looked == now()) return false;
    library->looked = now();
    bool stale = plan_make(&plan, library->options) && plan.stamp != library->stamp;
    plan_free(&plan);
    return stale;
}

eg_glossary *library_renew(struct library *library) {
    eg_glossary *before = library->glossary;
    eg_glossary *glossary = load(library, &library->passed);
    library->tell(library->context, glossary ? "catalogs and rules were read anew"
                                             : "catalogs and rules stay as they were");
    if (!glossary) return NULL;
    library->glossary = glossary;
    return before;
}
