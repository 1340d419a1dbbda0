#ifndef JOURNAL_H
#define JOURNAL_H

#include "record.h"

struct journals;

#define JOURNAL_NAME ".errgloss-journal"

/* how temporary files end, behind the tag of their journal */
#define TEMPORARY_END ".errgloss"

enum { TAG_SIZE = 6 };

/* The journal of one directory: a line that names the tag, then a line for each file, synced before
 * the file is renamed. A last line that a crash has torn counts for nothing. */
struct journal {
    struct journal *next;
    int descriptor; /* locked (flock(2)) while the run goes on */
    const char *directory;
    dev_t device; /* of the directory, as its inode */
    ino_t inode;
    char tag[TAG_SIZE + 1]; /* in the names of its temporary files */
};

/* choose a tag that no other run has, letters and digits; false and errno when that fails */
bool choose_tag(char *ret_tag);

/* the record of that key whose file has that inode, in any of the journals; NULL: none */
struct record *journals_find(const struct journals *journals, struct view key, uint64_t inode);

/* note a file about to be renamed; false and errno when that fails */
bool journals_add(struct journals *journals, const struct journal *journal,
                  const struct record *record);

#endif
