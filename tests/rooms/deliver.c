#include "testing.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "delivering.h"

enum { NOBODY = 65534 };

static void a_file_is_rewritten_in_place(void **state) {
    (void)state;
    mkdir("d", 0777);
    put("d/f", "text");
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "d/f", NULL), "");
    assert_holds("d/f", "mark text");
    assert_int_equal(traces("."), 1);
    assert_true(journals_end(journals));
    journals_free(journals);
    assert_int_equal(traces("."), 0);
}

static void the_original_is_kept_with_a_suffix(void **state) {
    (void)state;
    struct stat before, kept;
    put("f", "text");
    put("f.old", "older");
    assert_int_equal(stat("f", &before), 0);
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "f", ".old"), "");
    assert_holds("f", "mark text");
    assert_holds("f.old", "text");
    assert_int_equal(stat("f.old", &kept), 0);
    assert_int_equal(before.st_ino, kept.st_ino);
    put("g", "text");
    assert_string_equal(rewrite(journals, "g", "/x"), "cannot be kept: the suffix holds a `/`");
    mkdir("g.old", 0777);
    assert_string_equal(rewrite(journals, "g", ".old"), strerror(EISDIR));
    assert_holds("g", "text");
    assert_int_equal(traces("."), 1);
    journals_free(journals);
}

static void a_suffix_that_links_the_original_already_is_no_other_link(void **state) {
    (void)state;
    put("f", "text");
    assert_int_equal(link("f", "f.old"), 0);
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "f", ".old"), "");
    assert_holds("f.old", "text");
    assert_holds("f", "mark text");
    journals_free(journals);
}

static void what_must_not_be_rewritten_is_refused(void **state) {
    (void)state;
    put("f", "text");
    put("twice", "text");
    assert_int_equal(link("twice", "again"), 0);
    assert_int_equal(symlink("f", "link"), 0);
    assert_int_equal(mkfifo("pipe", 0666), 0);
    mkdir("d", 0777);
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "link", NULL),
                        "is a symbolic link: name the file that it leads to");
    assert_string_equal(rewrite(journals, "pipe", NULL), "is not a regular file");
    assert_string_equal(rewrite(journals, "d", NULL), "is not a regular file");
    assert_string_equal(rewrite(journals, "d/", NULL), "is not a regular file");
    assert_string_equal(rewrite(journals, "d/..", NULL), "is not a regular file");
    assert_string_equal(rewrite(journals, "/dev/null", NULL), "is not a regular file");
    assert_string_equal(rewrite(journals, "twice", NULL),
                        "has more than one hard link, which rewriting would part");
    assert_string_equal(rewrite(journals, "none", NULL), strerror(ENOENT));
    assert_string_equal(rewrite(journals, "none/f", NULL), strerror(ENOENT));
    assert_string_equal(rewrite(journals, "f", NULL), "");
    assert_string_equal(rewrite(journals, "./f", NULL),
                        "has been given its content by this run already");
    assert_string_equal(rewrite(journals, ".errgloss-journal", NULL), "is a journal");
    assert_holds("f", "mark text");
    assert_holds("twice", "text");
    journals_free(journals);
}

static void a_file_that_is_being_written_is_refused(void **state) {
    (void)state;
    if (!has_leases()) skip();
    put("f", "text");
    int writer = open("f", O_WRONLY | O_APPEND);
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "f", NULL), "is being written by another process");
    close(writer);
    assert_string_equal(rewrite(journals, "f", NULL), "");
    journals_free(journals);
}

/* A writer that does not wait breaks the lease all the same. */
static void come_to_write(const char *path) {
    assert_int_equal(open(path, O_WRONLY | O_NONBLOCK), -1);
    assert_int_equal(errno, EWOULDBLOCK);
}

static void a_writer_that_comes_ends_the_delivery(void **state) {
    (void)state;
    if (!has_leases()) skip();
    const char *left = "was opened for writing by another process: left as it was";
    struct delivery delivery;
    put("f", "text");
    struct journals *journals = journals_new(false);
    assert_int_equal(delivery_in_place(&delivery, journals, "f", NULL), DELIVERY_READY);
    assert_false(delivery_disturbed(&delivery));
    assert_true(delivery_write(&delivery, "x", 1));
    come_to_write("f");
    assert_true(delivery_disturbed(&delivery));
    assert_false(delivery_write(&delivery, "x", 1));
    assert_string_equal(delivery.message, left);
    assert_false(delivery_disturbed(&delivery));
    assert_int_equal(delivery_in_place(&delivery, journals, "f", NULL), DELIVERY_READY);
    assert_true(delivery_write(&delivery, "x", 1));
    come_to_write("f");
    assert_false(delivery_commit(&delivery));
    assert_string_equal(delivery.message, left);
    put("f", "text of the writer");
    assert_int_equal(traces("."), 1);
    assert_string_equal(rewrite(journals, "f", NULL), "");
    assert_holds("f", "mark text of the writer");
    journals_free(journals);
}

static void without_a_lease_changes_are_seen_at_the_end(void **state) {
    (void)state;
    struct delivery delivery;
    put("f", "text");
    struct journals *journals = journals_new(false);
    for (int way = 0; way < 3; way++) {
        assert_int_equal(delivery_in_place(&delivery, journals, "f", NULL), DELIVERY_READY);
        assert_true(delivery_write(&delivery, "x", 1));
        fcntl(delivery.source, F_SETLEASE, F_UNLCK);
        delivery.guard.leased = false;
        if (way == 0) put("f", "more text");
        if (way == 1) put("g", "more text");
        if (way == 1) assert_int_equal(rename("g", "f"), 0);
        if (way == 2) assert_int_equal(chmod("f", 0600), 0);
        assert_false(delivery_commit(&delivery));
        assert_string_equal(delivery.message, "has changed while it was read: left as it is");
        assert_holds("f", "more text");
    }
    assert_int_equal(traces("."), 1);
    journals_free(journals);
}

static void a_delivery_that_fails_leaves_nothing(void **state) {
    (void)state;
    struct delivery delivery;
    struct rlimit usual, small;
    char zeros[8192] = "";
    put("f", "text");
    struct journals *journals = journals_new(false);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(delivery_in_place(&delivery, journals, "f", NULL), DELIVERY_READY);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    small = usual;
    small.rlim_cur = 4096;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_false(delivery_write(&delivery, zeros, sizeof zeros));
    assert_int_equal(errno, EFBIG);
    assert_null(delivery.message);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_false(delivery_write(&delivery, zeros, 1));
    assert_false(delivery_commit(&delivery));
    delivery_abort(&delivery);
    assert_int_equal(delivery_in_place(&delivery, journals, "f", NULL), DELIVERY_READY);
    delivery_abort(&delivery);
    assert_holds("f", "text");
    assert_int_equal(traces("."), 1);
    journals_free(journals);
}

static void a_full_journal_leaves_the_target(void **state) {
    (void)state;
    struct delivery delivery;
    struct rlimit usual, small;
    put("f", "text");
    put("g", "text");
    struct journals *journals = journals_new(false);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(delivery_in_place(&delivery, journals, "f", ".old"), DELIVERY_READY);
    assert_true(copy_marked(&delivery));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    small = usual;
    small.rlim_cur = 40; /* the journal has 26 bytes: half a line fits in */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_false(delivery_commit(&delivery));
    assert_int_equal(errno, EFBIG);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_holds("f", "text");
    assert_string_equal(rewrite(journals, "g", NULL), "");
    journals_free(journals);
    journals = journals_new(true);
    assert_string_equal(rewrite(journals, "g", NULL), "done");
    assert_string_equal(rewrite(journals, "f", ".old"), "");
    journals_free(journals);
}

static void a_journal_that_cannot_be_begun_is_removed(void **state) {
    (void)state;
    struct rlimit usual, small;
    put("f", "text");
    struct journals *journals = journals_new(false);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    small = usual;
    small.rlim_cur = 10;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_string_equal(rewrite(journals, "f", NULL), strerror(EFBIG));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_int_equal(traces("."), 0);
    assert_string_equal(rewrite(journals, "f", NULL), "");
    journals_free(journals);
}

static void a_file_keeps_what_it_has(void **state) {
    (void)state;
    static const struct timespec times[2] = {{1000000000, 5}, {1000000001, 123456789}};
    struct stat before, after;
    char value[8];
    put("f", "text");
    assert_int_equal(chmod("f", 0640), 0);
    if (geteuid() == 0) assert_int_equal(chown("f", NOBODY, NOBODY), 0);
    bool attributes = setxattr("f", "user.note", "kept", 4, 0) == 0;
    assert_int_equal(utimensat(AT_FDCWD, "f", times, 0), 0);
    assert_int_equal(stat("f", &before), 0);
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "f", NULL), "");
    assert_string_equal(mirror(journals, "copy", "f"), "");
    for (int i = 0; i < 2; i++) {
        const char *path = i ? "out/copy" : "f";
        assert_int_equal(stat(path, &after), 0);
        assert_int_equal(after.st_mode, before.st_mode);
        assert_int_equal(after.st_uid, before.st_uid);
        assert_int_equal(after.st_gid, before.st_gid);
        assert_int_equal(after.st_mtim.tv_sec, 1000000001);
        assert_int_equal(after.st_mtim.tv_nsec, 123456789);
        if (attributes) assert_int_equal(getxattr(path, "user.note", value, sizeof value), 4);
        if (attributes) assert_memory_equal(value, "kept", 4);
    }
    assert_int_not_equal(after.st_ino, before.st_ino);
    journals_free(journals);
}

/* An ACL as the kernel passes it on, linux/posix_acl_xattr.h: user 65534 may read. */
static const unsigned char acl[] = {
    2,   0,   0,   0,   1,  0, 6, 0, 255, 255, 255, 255, 2,  0, 4, 0, 254, 255, 0,   0,  4, 0, 0, 0,
    255, 255, 255, 255, 16, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255};

static void an_acl_is_kept_and_none_is_inherited(void **state) {
    (void)state;
    unsigned char kept[100];
    const char *name = "system.posix_acl_access";
    put("with", "text");
    put("without", "text");
    if (setxattr("with", name, acl, sizeof acl, 0) != 0) skip();
    assert_int_equal(setxattr(".", "system.posix_acl_default", acl, sizeof acl, 0), 0);
    struct journals *journals = journals_new(false);
    assert_string_equal(rewrite(journals, "with", NULL), "");
    assert_string_equal(rewrite(journals, "without", NULL), "");
    assert_int_equal(getxattr("with", name, kept, sizeof kept), sizeof acl);
    assert_memory_equal(kept, acl, sizeof acl);
    assert_int_equal(getxattr("without", name, kept, sizeof kept), -1);
    journals_free(journals);
}

static void who_may_not_give_a_file_away_still_delivers(void **state) {
    (void)state;
    struct stat after;
    if (geteuid() != 0) skip();
    put("f", "text");
    assert_int_equal(chmod("f", 06755), 0);
    assert_int_equal(chmod(".", 0777), 0);
    assert_int_equal(mkdir("closed", 0755), 0);
    put("closed/f", "text");
    assert_int_equal(setegid(NOBODY), 0);
    assert_int_equal(seteuid(NOBODY), 0);
    struct journals *journals = journals_new(false);
    const char *open_one = rewrite(journals, "f", NULL);
    const char *closed_one = rewrite(journals, "closed/f", NULL);
    journals_free(journals);
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(setegid(0), 0);
    assert_string_equal(open_one, "");
    assert_string_equal(closed_one, strerror(EACCES));
    assert_int_equal(stat("f", &after), 0);
    assert_int_equal(after.st_uid, NOBODY);
    assert_int_equal(after.st_mode & 07777, 0755);
}

static void a_tree_is_mirrored(void **state) {
    (void)state;
    struct stat made;
    put("f", "text");
    struct journals *journals = journals_new(false);
    assert_string_equal(mirror(journals, "a/b/f", "f"), "");
    assert_string_equal(mirror(journals, "a/g", "f"), "");
    assert_holds("out/a/b/f", "mark text");
    assert_holds("out/a/g", "mark text");
    assert_holds("f", "text");
    assert_int_equal(stat("out/a/b", &made), 0);
    assert_int_equal(made.st_mode & 0777, 0755);
    assert_string_equal(mirror(journals, "a/g", "f"),
                        "has been given its content by this run already");
    assert_true(journals_end(journals));
    journals_free(journals);
    assert_int_equal(traces("."), 0);
    journals = journals_new(false);
    assert_string_equal(mirror(journals, "a/g", "f"), "");
    journals_free(journals);
}

static void the_output_directory_is_never_left(void **state) {
    (void)state;
    put("f", "text");
    mkdir("out", 0777);
    mkdir("elsewhere", 0777);
    assert_int_equal(symlink("../elsewhere", "out/away"), 0);
    assert_int_equal(symlink("../f", "out/link"), 0);
    assert_int_equal(link("f", "out/same"), 0);
    put("out/file", "text");
    struct journals *journals = journals_new(false);
    static const char *const bad[] = {"../f", "a/../../f", "/f", "", "a//f", "a/", "./f", "."};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_string_equal(mirror(journals, bad[i], "f"),
                            "is no path of a file below the output directory");
    const char *blocked = "something that is no directory, or a link, stands in the way to it";
    assert_string_equal(mirror(journals, "away/f", "f"), blocked);
    assert_string_equal(mirror(journals, "file/f", "f"), blocked);
    assert_string_equal(mirror(journals, "link", "f"),
                        "is there already, and is not a regular file");
    assert_string_equal(mirror(journals, "same", "f"),
                        "is the input itself: use --in-place to rewrite it");
    assert_string_equal(mirror(journals, ".errgloss-journal", "f"), "is the name of the journal");
    assert_string_equal(mirror(journals, "file", "none"), strerror(ENOENT));
    assert_holds("f", "text");
    assert_false(is_there("elsewhere/f"));
    assert_int_equal(traces("."), 1);
    journals_free(journals);
}

static void a_file_is_given_content_and_keeps_its_permissions(void **state) {
    (void)state;
    struct stat made;
    const char *message;
    put("f", "text");
    assert_int_equal(chmod("f", 0640), 0);
    assert_true(deliver_whole("f", VIEW("other"), &message));
    assert_holds("f", "other");
    assert_int_equal(stat("f", &made), 0);
    assert_int_equal(made.st_mode & 07777, 0640);
    assert_false(deliver_whole("/dev/null", VIEW("other"), &message));
    assert_string_equal(message, "is there already, and is not a regular file");
    assert_false(deliver_whole("no/where", VIEW("other"), &message));
    assert_null(message);
    assert_int_equal(traces("."), 0);
}

static void any_file_is_delivered_without_a_journal(void **state) {
    (void)state;
    struct delivery delivery;
    struct stat made;
    put("f", "text");
    assert_int_equal(chmod("f", 0600), 0);
    assert_string_equal(go_on(&delivery, delivery_to(&delivery, "./g", "f")), "");
    assert_holds("g", "mark text");
    assert_int_equal(stat("g", &made), 0);
    assert_int_equal(made.st_mode & 07777, 0600);
    assert_int_equal(delivery_to(&delivery, "new", NULL), DELIVERY_READY);
    assert_true(delivery_write(&delivery, "x", 1) && delivery_commit(&delivery));
    assert_int_equal(stat("new", &made), 0);
    assert_int_equal(made.st_mode & 07777, 0644);
    assert_string_equal(go_on(&delivery, delivery_to(&delivery, "f", "f")),
                        "is the input itself: use --in-place to rewrite it");
    assert_string_equal(go_on(&delivery, delivery_to(&delivery, "/dev/null", "f")),
                        "is there already, and is not a regular file");
    assert_int_equal(traces("."), 0);
}

static void names_may_be_long_and_hold_any_byte(void **state) {
    (void)state;
    char name[256], below[260], mirrored[260];
    memset(name, 'n', 255);
    memcpy(name, "a\\n\n b\r\xff\\", 9);
    name[255] = '\0';
    snprintf(below, sizeof below, "x\n/%s", name);
    snprintf(mirrored, sizeof mirrored, "out/%s", name);
    put(name, "text");
    put("plain", "text");
    for (int run = 0; run < 2; run++) {
        struct journals *journals = journals_new(run == 1);
        assert_string_equal(rewrite(journals, name, NULL), run ? "done" : "");
        assert_string_equal(mirror(journals, name, "plain"), "");
        assert_string_equal(mirror(journals, below, "plain"), run ? "done" : "");
        assert_string_equal(rewrite(journals, name, ".old"), strerror(ENAMETOOLONG));
        journals_free(journals);
        if (run == 0) assert_int_equal(unlink(mirrored), 0);
    }
}

int main(void) {
    signal(SIGIO, SIG_IGN);
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(a_file_is_rewritten_in_place),
        IN_DIRECTORY(the_original_is_kept_with_a_suffix),
        IN_DIRECTORY(a_suffix_that_links_the_original_already_is_no_other_link),
        IN_DIRECTORY(what_must_not_be_rewritten_is_refused),
        IN_DIRECTORY(a_file_that_is_being_written_is_refused),
        IN_DIRECTORY(a_writer_that_comes_ends_the_delivery),
        IN_DIRECTORY(without_a_lease_changes_are_seen_at_the_end),
        IN_DIRECTORY(a_delivery_that_fails_leaves_nothing),
        IN_DIRECTORY(a_full_journal_leaves_the_target),
        IN_DIRECTORY(a_journal_that_cannot_be_begun_is_removed),
        IN_DIRECTORY(a_file_keeps_what_it_has),
        IN_DIRECTORY(an_acl_is_kept_and_none_is_inherited),
        IN_DIRECTORY(who_may_not_give_a_file_away_still_delivers),
        IN_DIRECTORY(a_tree_is_mirrored),
        IN_DIRECTORY(the_output_directory_is_never_left),
        IN_DIRECTORY(a_file_is_given_content_and_keeps_its_permissions),
        IN_DIRECTORY(any_file_is_delivered_without_a_journal),
        IN_DIRECTORY(names_may_be_long_and_hold_any_byte),
    };
    return RUN(tests);
}
