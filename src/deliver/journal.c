#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "deliver.h"
#include "lock.h"
#include "sink.h"

#define HEAD "errgloss-journal 1 "

struct journals {
    bool resume;
    struct journal *first;
    struct journal **end; /* where the next one goes */
    struct records records;
    struct buffer text; /* scratch: what is read or written */
};

struct journals *journals_new(bool resume) {
    struct journals *journals = calloc(1, sizeof *journals);
    if (!journals) return NULL;
    journals->resume = resume;
    journals->end = &journals->first;
    return journals;
}

void journals_free(struct journals *journals) {
    if (!journals) return;
    for (struct journal *journal = journals->first; journal; journal = journal->next)
        if (journal->descriptor >= 0) close(journal->descriptor);
    records_free(&journals->records);
    buffer_free(&journals->text);
    free(journals);
}

bool choose_tag(char *ret_tag) {
    static const char set[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char random[TAG_SIZE];
    if (getrandom(random, sizeof random, 0) != sizeof random) return false;
    for (int i = 0; i < TAG_SIZE; i++) ret_tag[i] = set[random[i] % 32];
    ret_tag[TAG_SIZE] = '\0';
    return true;
}

/* Remove the temporary files that an interrupted run has left. */
static bool remove_stale(const struct journal *journal, bool deep) {
    char end[sizeof TEMPORARY_END + TAG_SIZE + 1];
    char *const roots[] = {(char *)journal->directory, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
    if (!tree) return false;
    snprintf(end, sizeof end, ".%s" TEMPORARY_END, journal->tag);
    for (FTSENT *entry; (entry = fts_read(tree));) {
        if (entry->fts_info == FTS_D && entry->fts_level > FTS_ROOTLEVEL && !deep)
            fts_set(tree, entry, FTS_SKIP);
        if (entry->fts_info == FTS_F && entry->fts_name[0] == '.' &&
            view_ends(view_string(entry->fts_name), view_string(end)))
            unlink(entry->fts_accpath);
    }
    fts_close(tree);
    return true;
}

/* Read all of a journal, to its last whole line; what is behind it is cut off. */
static bool read_whole_lines(int descriptor, struct buffer *text) {
    ssize_t got = 1;
    buffer_clear(text);
    while (got > 0 && buffer_reserve(text, 1 << 16)) {
        got = pread(descriptor, text->at + text->size, 1 << 16, (off_t)text->size);
        if (got > 0) text->size += (size_t)got;
    }
    if (text->failed) errno = ENOMEM;
    if (got < 0 || text->failed) return false;
    while (text->size && text->at[text->size - 1] != '\n') text->size--;
    return ftruncate(descriptor, (off_t)text->size) == 0;
}

static bool write_head(struct journals *journals, struct journal *journal) {
    buffer_clear(&journals->text);
    buffer_format(&journals->text, HEAD "%s\n", journal->tag);
    return sink_write(journal->descriptor, journals->text.at, journals->text.size) &&
           fsync(journal->descriptor) == 0;
}

/* Take the records that stand behind the head of the journal. */
static bool take_records(struct journals *journals, struct view text) {
    struct record record;
    for (size_t from = 0, to; from < text.size; from = to + 1) {
        to = view_find(text, from, '\n');
        if (record_read(view_part(text, from, to), &journals->records.arena, &record) &&
            !records_put(&journals->records, &record)) {
            errno = ENOMEM;
            return false;
        }
    }
    return true;
}

/* Go on with what an interrupted run has left; an empty journal is begun. */
static bool take_over(struct journals *journals, struct journal *journal, bool deep,
                      const char **ret_message) {
    struct buffer *text = &journals->text;
    const size_t head = sizeof HEAD - 1 + TAG_SIZE + 1;
    if (!read_whole_lines(journal->descriptor, text)) return false;
    if (text->size == 0) return choose_tag(journal->tag) && write_head(journals, journal);
    if (text->size < head || text->at[head - 1] != '\n' ||
        !view_starts(buffer_view(text), VIEW(HEAD))) {
        *ret_message = JOURNAL_NAME " is there, and this version cannot read it";
        return false;
    }
    memcpy(journal->tag, text->at + head - 1 - TAG_SIZE, TAG_SIZE);
    return take_records(journals, view_part(buffer_view(text), head, text->size)) &&
           remove_stale(journal, deep);
}

static struct journal *find(const struct journals *journals, const struct stat *about) {
    struct journal *journal = journals->first;
    while (journal && (journal->device != about->st_dev || journal->inode != about->st_ino))
        journal = journal->next;
    return journal;
}

/* Say whether a run is to be resumed that has left nothing where it must have begun: it may have
 * come to its end, and doing all again in place would spoil the files. */
static bool has_nothing(const struct journals *journals, int directory, bool deep) {
    struct stat about;
    return journals->resume && !deep && !journals->first &&
           fstatat(directory, JOURNAL_NAME, &about, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

/* Open, lock and read the journal. */
static bool begin(struct journals *journals, struct journal *journal, bool deep,
                  const char **ret_message) {
    int directory = open(journal->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return false;
    if (has_nothing(journals, directory, deep))
        *ret_message = JOURNAL_NAME " is not there: the run to resume has ended, or had not begun";
    else
        journal->descriptor = lock_journal(directory, journals->resume, ret_message);
    bool is_new = journal->descriptor >= 0 && lseek(journal->descriptor, 0, SEEK_END) == 0;
    bool fine = journal->descriptor >= 0 && take_over(journals, journal, deep, ret_message);
    int why = errno;
    if (fine) fsync(directory);
    if (!fine && is_new) unlinkat(directory, JOURNAL_NAME, 0);
    if (!fine && journal->descriptor >= 0) close(journal->descriptor);
    close(directory);
    errno = why;
    return fine;
}

struct journal *journals_at(struct journals *journals, const char *directory, bool deep,
                            const char **ret_message) {
    struct stat about;
    *ret_message = NULL;
    if (stat(directory, &about) != 0) return NULL;
    struct journal *journal = find(journals, &about);
    if (journal) return journal;
    journal = arena_take(&journals->records.arena, sizeof *journal);
    struct view path = arena_copy(&journals->records.arena, view_string(directory));
    if (!journal || !path.at) {
        errno = ENOMEM;
        return NULL;
    }
    *journal = (struct journal){NULL, -1, path.at, about.st_dev, about.st_ino, ""};
    if (!begin(journals, journal, deep, ret_message)) return NULL;
    *journals->end = journal;
    journals->end = &journal->next;
    return journal;
}

struct record *journals_find(const struct journals *journals, struct view key, uint64_t inode) {
    return records_find(&journals->records, key, inode);
}

bool journals_add(struct journals *journals, const struct journal *journal,
                  const struct record *record) {
    struct buffer *text = &journals->text;
    off_t before = lseek(journal->descriptor, 0, SEEK_END);
    buffer_clear(text);
    record_write(record, text);
    errno = ENOMEM;
    if (!text->failed && before >= 0 && sink_write(journal->descriptor, text->at, text->size) &&
        fsync(journal->descriptor) == 0 && records_put(&journals->records, record))
        return true;
    int why = errno;
    /* half a line would spoil the next one */
    if (before >= 0 && ftruncate(journal->descriptor, before) != 0) why = errno;
    errno = why;
    return false;
}

/* Append the records of all other journals to the first: it is the last one to be removed, and
 * what it does not say would be done again if the run were killed before that. */
static bool gather(struct journals *journals) {
    struct buffer *text = &journals->text;
    const size_t head = sizeof HEAD - 1 + TAG_SIZE + 1;
    if (!journals->first->next) return true;
    for (struct journal *other = journals->first->next; other; other = other->next)
        if (!read_whole_lines(other->descriptor, text) ||
            !sink_write(journals->first->descriptor, text->at + head, text->size - head))
            return false;
    return fsync(journals->first->descriptor) == 0;
}

/* Remove a journal, unless its path has come to lead to another one. */
static bool remove_journal(struct journal *journal) {
    struct stat mine, there;
    char path[PATH_MAX + sizeof JOURNAL_NAME];
    snprintf(path, sizeof path, "%s/" JOURNAL_NAME, journal->directory);
    bool same = fstat(journal->descriptor, &mine) == 0 && lstat(path, &there) == 0 &&
                mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
    return same && unlink(path) == 0;
}

bool journals_end(struct journals *journals) {
    bool fine = true;
    if (!journals->first) return true;
    if (!gather(journals)) return false;
    for (struct journal *other = journals->first->next; other; other = other->next)
        fine = remove_journal(other) && fine;
    return fine && remove_journal(journals->first);
}
