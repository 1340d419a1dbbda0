#include <dirent.h>
#include <stdio.h>

#include "testing.h"

#include "errgloss.h"

/* Labelled log lines (*.lines here, their form is told in CONTRIBUTING.md) are scanned as streams,
 * and what is found is held against the labels. */

enum { LABELS_MOST = 16, LINE_MOST = 4096, FILES_MOST = 64, RULES_MOST = 1024 };

/* The figures below which recognition is no longer good enough. */
static const double least_precision = 0.99, least_recall = 0.98;

/* A place of a line where a code stands. */
struct label {
    size_t start, end;
    const char *families; /* divided by `/`, ended by a blank */
    bool firm;            /* it must be found; else it may be */
    bool found;
};

/* A line without its marks, and what they said. */
struct labelled {
    char text[LINE_MOST];
    size_t size, count;
    struct label labels[LABELS_MOST];
};

struct tally {
    size_t lines, right, wrong, missed;
};

struct trial {
    eg_glossary *glossary;
    eg_scanner *scanner;
    struct tally tally;
    bool hit[RULES_MOST]; /* by the places of the rules */
    eg_filter *why;       /* where it is wanted, it tells into `told` what was decided */
    char *told;
    size_t told_size;
    FILE *told_file;
};

/* `<<family token>>` is a firm label, `<?family token>>` one that may be found or not. */
static const char *take_label(const char *at, struct labelled *line) {
    const char *token = strchr(at, ' ') + 1, *end = strstr(token, ">>");
    struct label *label = &line->labels[line->count++];
    *label = (struct label){.start = line->size, .families = at + 2, .firm = at[1] == '<'};
    memcpy(line->text + line->size, token, (size_t)(end - token));
    line->size += (size_t)(end - token);
    label->end = line->size;
    assert_true(line->count < LABELS_MOST);
    return end + 2;
}

static bool begins_label(const char *at) {
    return at[0] == '<' && (at[1] == '<' || at[1] == '?') && strstr(at, ">>");
}

static void read_labels(const char *text, struct labelled *line) {
    line->size = line->count = 0;
    while (*text && *text != '\n') {
        assert_true(line->size + 1 < LINE_MOST);
        if (begins_label(text))
            text = take_label(text, line);
        else
            line->text[line->size++] = *text++;
    }
}

static bool names_family(const char *families, eg_text family) {
    for (;; families++) {
        size_t size = strcspn(families, "/ ");
        if (family.size == size && memcmp(families, family.at, size) == 0) return true;
        families += size;
        if (*families == ' ') return family.size == 0;
    }
}

static struct label *label_at(struct labelled *line, const eg_hit *hit) {
    for (size_t i = 0; i < line->count; i++)
        if (hit->start < line->labels[i].end && line->labels[i].start < hit->end)
            return &line->labels[i];
    return NULL;
}

static void note_rule(struct trial *trial, eg_text rule) {
    eg_item item;
    for (size_t i = 0; eg_glossary_rule(trial->glossary, i, &item); i++)
        if (item.name.size == rule.size && memcmp(item.name.at, rule.at, rule.size) == 0)
            trial->hit[i] = true;
}

static void tell(const char *what, const struct labelled *line, size_t start, size_t end,
                 eg_text family, eg_text rule) {
    printf("%s [%.*s] %.*s %.*s: %.*s\n", what, (int)(end - start), line->text + start,
           (int)family.size, family.at, (int)rule.size, rule.at, (int)line->size, line->text);
}

static void weigh_hit(struct trial *trial, struct labelled *line, const eg_hit *hit) {
    struct label *label = label_at(line, hit);
    bool agrees = label && names_family(label->families, hit->family);
    note_rule(trial, hit->rule);
    if (!agrees) {
        trial->tally.wrong++;
        tell("wrong", line, hit->start, hit->end, hit->family, hit->rule);
    } else if (label->firm && !label->found) {
        trial->tally.right++;
    }
    if (agrees) label->found = true;
}

static void take_told(struct trial *trial) {
    eg_text output;
    eg_progress progress;
    do {
        progress = eg_filter_next(trial->why, &output);
        assert_int_not_equal(progress, EG_MEMORY);
        if (output.size) fwrite(output.at, 1, output.size, trial->told_file);
    } while (progress == EG_OUTPUT);
}

static void ask_why(struct trial *trial, const struct labelled *line) {
    size_t room;
    if (!trial->why) return;
    char *space = eg_filter_space(trial->why, &room);
    memcpy(space, line->text, line->size);
    space[line->size] = '\n';
    eg_filter_commit(trial->why, line->size + 1);
    take_told(trial);
}

static void begin_stream(struct trial *trial) {
    eg_scanner_begin(trial->scanner);
    if (!trial->why) return;
    eg_filter_end(trial->why);
    take_told(trial);
    eg_filter_begin(trial->why, NULL);
}

static void weigh_line(struct trial *trial, const char *text) {
    static const eg_text nothing = {"", 0};
    struct labelled line;
    const eg_hit *hits;
    read_labels(text, &line);
    ask_why(trial, &line);
    size_t count = eg_scanner_line(trial->scanner, line.text, line.size, &hits);
    for (size_t i = 0; i < count; i++) weigh_hit(trial, &line, &hits[i]);
    for (size_t i = 0; i < line.count; i++) {
        const struct label *label = &line.labels[i];
        if (!label->firm || label->found) continue;
        trial->tally.missed++;
        eg_text families = {label->families, strcspn(label->families, " ")};
        tell("missed", &line, label->start, label->end, families, nothing);
    }
    trial->tally.lines++;
}

static void weigh_file(struct trial *trial, const char *path) {
    char text[LINE_MOST];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    begin_stream(trial);
    for (bool first = true; fgets(text, sizeof text, file); first = false) {
        if (strcmp(text, "%%\n") == 0)
            begin_stream(trial);
        else if (!(first && text[0] == '#') && strncmp(text, "%# ", 3) != 0)
            weigh_line(trial, text);
    }
    fclose(file);
}

static int is_lines(const struct dirent *entry) {
    size_t size = strlen(entry->d_name);
    return size > 6 && strcmp(entry->d_name + size - 6, ".lines") == 0;
}

static void tell_tally(const char *name, struct tally from, struct tally to) {
    size_t right = to.right - from.right, wrong = to.wrong - from.wrong;
    size_t missed = to.missed - from.missed;
    printf("%-22s %5zu lines %4zu right %3zu wrong %3zu missed  precision %.4f recall %.4f\n", name,
           to.lines - from.lines, right, wrong, missed,
           right + wrong ? (double)right / (double)(right + wrong) : 1,
           right + missed ? (double)right / (double)(right + missed) : 1);
}

static void weigh_folder(struct trial *trial) {
    char folder[1024], path[2048];
    struct dirent **names;
    snprintf(folder, sizeof folder, "%s/tests/recognition", getenv("ERRGLOSS_SOURCE"));
    int count = scandir(folder, &names, is_lines, alphasort);
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        struct tally before = trial->tally;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        weigh_file(trial, path);
        tell_tally(names[i]->d_name, before, trial->tally);
        free(names[i]);
    }
    free(names);
    tell_tally("all", (struct tally){0}, trial->tally);
}

static void begin_trial(struct trial *trial) {
    eg_fault fault;
    *trial = (struct trial){.glossary = eg_glossary_new()};
    assert_true(eg_glossary_add_builtin(trial->glossary, &fault));
    assert_true(eg_glossary_seal(trial->glossary, &fault));
    trial->scanner = eg_scanner_new(trial->glossary);
    assert_non_null(trial->scanner);
}

static void begin_trial_of_rules(struct trial *trial) {
    eg_fault fault;
    *trial = (struct trial){.glossary = eg_glossary_new()};
    assert_true(eg_glossary_add_builtin(trial->glossary, &fault));
    eg_glossary_find_symbols(trial->glossary);
    assert_true(eg_glossary_seal(trial->glossary, &fault));
    trial->scanner = eg_scanner_new(trial->glossary);
    trial->why = eg_filter_new(trial->glossary, EG_WHY);
    assert_true(trial->scanner && trial->why);
    trial->told_file = open_memstream(&trial->told, &trial->told_size);
    eg_filter_begin(trial->why, NULL);
}

static void end_trial(struct trial *trial) {
    if (trial->told_file) fclose(trial->told_file);
    free(trial->told);
    eg_filter_free(trial->why);
    eg_scanner_free(trial->scanner);
    eg_glossary_free(trial->glossary);
}

static void codes_are_found_and_only_codes(void **state) {
    (void)state;
    struct trial trial;
    begin_trial(&trial);
    weigh_folder(&trial);
    double right = (double)trial.tally.right;
    assert_true(trial.tally.lines >= 600);
    assert_true(right / (right + (double)trial.tally.wrong) >= least_precision);
    assert_true(right / (right + (double)trial.tally.missed) >= least_recall);
    end_trial(&trial);
}

static bool is_told(const struct trial *trial, const char *form, eg_text name) {
    char words[256];
    snprintf(words, sizeof words, form, (int)name.size, name.at);
    return strstr(trial->told, words) != NULL;
}

/* A rule hits a line; one without a family keeps others from it; a dialect is recognised. */
static bool is_of_use(const struct trial *trial, size_t index, const eg_item *rule) {
    if (trial->hit[index]) return true;
    if (rule->dialect) return is_told(trial, "  dialect %.*s: this line tells", rule->name);
    if (rule->families.size == 1 && rule->families.at[0] == '-')
        return is_told(trial, "  rule    %.*s (", rule->name);
    return false;
}

/* A rule that no line of log is there for has no place among the built-in ones. */
static void each_rule_has_a_line_that_it_hits(void **state) {
    (void)state;
    struct trial trial;
    eg_item item;
    size_t idle = 0;
    begin_trial_of_rules(&trial);
    weigh_folder(&trial);
    begin_stream(&trial);
    fflush(trial.told_file);
    for (size_t i = 0; eg_glossary_rule(trial.glossary, i, &item); i++) {
        assert_true(i < RULES_MOST);
        if (is_of_use(&trial, i, &item)) continue;
        printf("idle rule: %.*s (%.*s)\n", (int)item.name.size, item.name.at, (int)item.origin.size,
               item.origin.at);
        idle++;
    }
    end_trial(&trial);
    assert_int_equal(idle, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_found_and_only_codes),
        cmocka_unit_test(each_rule_has_a_line_that_it_hits),
    };
    return RUN(tests);
}
