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

/* Why an attempt failed. */
struct failure {
    const struct step *step; /* that failed; NULL where sealing did */
    eg_fault fault;
};

static bool is_passed(const struct attempt *attempt, const struct step *step) {
    return holds_step(&attempt->passed, step);
}

static bool fill(const struct attempt *attempt, eg_glossary *glossary, size_t count,
                 const struct step *but, struct failure *failure) {
    for (size_t i = 0; i < count; i++) {
        const struct step *step = &attempt->plan->steps[i];
        if (step == but || is_passed(attempt, step)) continue;
        failure->step = step;
        if (!step_perform(step, glossary, &failure->fault)) return false;
    }
    failure->step = NULL;
    return eg_glossary_seal(glossary, &failure->fault);
}

/* Make a glossary of the first `count` steps without those that are passed over and without `but`.
 * NULL where that fails. */
static eg_glossary *make(const struct attempt *attempt, size_t count, const struct step *but,
                         struct failure *failure) {
    eg_glossary *glossary = eg_glossary_new();
    *failure = (struct failure){.fault = {"out of memory"}};
    if (glossary && fill(attempt, glossary, count, but, failure)) return glossary;
    eg_glossary_free(glossary);
    return NULL;
}

static bool works(const struct attempt *attempt, size_t count, const struct step *but,
                  struct failure *failure) {
    eg_glossary *glossary = make(attempt, count, but, failure);
    bool fine = glossary != NULL;
    eg_glossary_free(glossary);
    return fine;
}

static bool is_named(const struct step *step, const eg_fault *fault) {
    size_t size = strlen(step->text);
    return step->kind == STEP_FILE && strncmp(fault->text, step->text, size) == 0 &&
           fault->text[size] == ':';
}

/* Say whether the step changes, by the user's wish, what is built in, and is not passed over. */
static bool is_own(const struct attempt *attempt, const struct step *step) {
    return (step->kind == STEP_FILE || step->kind == STEP_DROP) && !is_passed(attempt, step);
}

/* Find which of the first `count` steps does not go with the others: the file that the fault names,
 * else one without which all is well. NULL where no step alone is it. */
static const struct step *find_misfit(const struct attempt *attempt, size_t count,
                                      const eg_fault *fault) {
    struct failure other;
    const struct step *steps = attempt->plan->steps;
    for (size_t i = 0; i < count; i++)
        if (is_named(&steps[i], fault) && !is_passed(attempt, &steps[i])) return &steps[i];
    for (size_t i = count; i-- > 0;)
        if (is_own(attempt, &steps[i]) && works(attempt, count, &steps[i], &other))
            return &steps[i];
    return NULL;
}

/* Sealing failed: find the step that is to blame, and its fault; no step where none alone is.
 * Catalogs and rules need each other and are sealed together; each step behind them is then tried
 * in turn. False where nothing fails any more: files changed meanwhile. */
static bool find_culprit(const struct attempt *attempt, struct failure *failure) {
    const struct plan *plan = attempt->plan;
    size_t count = 0;
    while (count < plan->count && plan->steps[count].kind < STEP_IGNORE) count++;
    if (!works(attempt, count, NULL, failure)) {
        if (!failure->step) failure->step = find_misfit(attempt, count, &failure->fault);
        return true;
    }
    while (count++ < plan->count) {
        if (works(attempt, count, NULL, failure)) continue;
        if (!failure->step) failure->step = &plan->steps[count - 1];
        return true;
    }
    return false;
}

/* Pass a step over; false when it may not be, or there is no memory. It is told where the fault
 * does not name it. */
static bool pass_over(struct attempt *attempt, const struct step *step, const eg_fault *fault) {
    const struct library *library = attempt->library;
    char text[4096 + 64];
    bool may = !attempt->allowed || holds_step(attempt->allowed, step);
    snprintf(text, sizeof text, "%s %s", step->text[0] ? step->text : "what is built in",
             may ? "is passed over" : "does not go with the rest");
    bool unsaid = step->kind == STEP_FILE || step->kind == STEP_BUILTIN;
    if (unsaid && !is_named(step, fault)) library->tell(library->context, text);
    if (may) append_step(&attempt->passed, step);
    return may && !attempt->passed.failed;
}

/* No step alone is to blame: do without all that is the user's, at last without what is built in.
 * False when that may not be, or nothing is left. */
static bool pass_over_all(struct attempt *attempt, const eg_fault *fault) {
    const struct plan *plan = attempt->plan;
    bool any = false;
    for (size_t i = 0; i < plan->count; i++) {
        if (!is_own(attempt, &plan->steps[i])) continue;
        if (!pass_over(attempt, &plan->steps[i], fault)) return false;
        any = true;
    }
    bool built_in = plan->steps[0].kind == STEP_BUILTIN && !is_passed(attempt, &plan->steps[0]);
    return any || (built_in && pass_over(attempt, &plan->steps[0], fault));
}

/* Try until nothing fails any more, or something that may not be passed over. */
static eg_glossary *make_glossary(struct attempt *attempt) {
    struct failure failure;
    eg_glossary *glossary;
    const struct library *library = attempt->library;
    while (!(glossary = make(attempt, attempt->plan->count, NULL, &failure))) {
        if (!failure.step && !find_culprit(attempt, &failure)) continue;
        library->tell(library->context, failure.fault.text);
        if (!(failure.step ? pass_over(attempt, failure.step, &failure.fault)
                           : pass_over_all(attempt, &failure.fault)))
            break;
    }
    return glossary;
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
