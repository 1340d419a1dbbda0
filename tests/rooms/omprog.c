#include "confirming.h"

static void each_message_is_in_the_file_when_it_is_confirmed(void **state) {
    (void)state;
    struct bench bench;
    struct stat about;
    begin(&bench, false);
    assert_holds("f", "(none)");
    assert_reply(&bench, "<34>1 - h code 7 m - code 7", "OK");
    assert_holds("f", "<34>1 - h code 7 m - code 7" SEVEN "\n");
    assert_reply(&bench, "", "OK");
    assert_reply(&bench, "code 7\r", "OK");
    assert_holds("f", "<34>1 - h code 7 m - code 7" SEVEN "\n\ncode 7" SEVEN "\r\n");
    assert_int_equal(stat("f", &about), 0);
    assert_int_equal(about.st_mode & 07777, 0640);
    end(&bench);
}

/* Without transactions these are messages. */
static void marks_are_messages_to_who_has_no_transactions(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, false);
    assert_reply(&bench, "BEGIN TRANSACTION", "OK");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    assert_holds("f", "BEGIN TRANSACTION\nCOMMIT TRANSACTION\n");
    end(&bench);
}

/* A message that is deferred is not sent again when a later one fails. */
static void each_message_of_a_transaction_is_in_the_file_when_it_is_deferred(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, true);
    assert_reply(&bench, "BEGIN TRANSACTION", "OK");
    assert_holds("f", "(none)");
    assert_reply(&bench, "code 7", "DEFER_COMMIT");
    assert_holds("f", "code 7" SEVEN "\n");
    assert_reply(&bench, "begin transaction", "DEFER_COMMIT");
    assert_reply(&bench, "BEGIN TRANSACTION ", "DEFER_COMMIT");
    assert_true(bench.program.unsynced);
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    assert_false(bench.program.unsynced);
    assert_holds("f", "code 7" SEVEN "\nbegin transaction\nBEGIN TRANSACTION \n");
    assert_reply(&bench, "BEGIN TRANSACTION", "OK");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    assert_holds("f", "code 7" SEVEN "\nbegin transaction\nBEGIN TRANSACTION \n");
    end(&bench);
}

/* What was deferred before is synced with what comes then, and stays where nothing comes. */
static void a_transaction_that_begins_anew_goes_on(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, true);
    assert_reply(&bench, "BEGIN TRANSACTION", "OK");
    assert_reply(&bench, "a", "DEFER_COMMIT");
    assert_reply(&bench, "BEGIN TRANSACTION", "OK");
    assert_true(bench.program.unsynced);
    assert_reply(&bench, "b", "DEFER_COMMIT");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    assert_reply(&bench, "BEGIN TRANSACTION", "OK");
    assert_reply(&bench, "c", "DEFER_COMMIT");
    end(&bench);
    assert_holds("f", "a\nb\nc\n");
}

static void a_torn_last_line_is_ended(void **state) {
    (void)state;
    struct bench bench;
    put("f", "whole\ntor");
    begin(&bench, false);
    assert_holds("f", "whole\ntor");
    assert_reply(&bench, "a", "OK");
    assert_reply(&bench, "b", "OK");
    assert_holds("f", "whole\ntor\na\nb\n");
    end(&bench);
    begin(&bench, true);
    assert_reply(&bench, "BEGIN TRANSACTION", "OK");
    assert_reply(&bench, "c", "DEFER_COMMIT");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    assert_holds("f", "whole\ntor\na\nb\nc\n");
    end(&bench);
}

static void an_empty_file_has_no_torn_line(void **state) {
    (void)state;
    struct bench bench;
    put("f", "");
    begin(&bench, false);
    assert_reply(&bench, "a", "OK");
    assert_holds("f", "a\n");
    end(&bench);
}

static void a_file_that_was_renamed_is_left_when_told(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, false);
    assert_reply(&bench, "a", "OK");
    assert_int_equal(rename("f", "g"), 0);
    assert_reply(&bench, "b", "OK");
    assert_holds("f", "(none)");
    omprog_reopen(&bench.program);
    omprog_reopen(&bench.program);
    assert_holds("f", "(none)");
    assert_reply(&bench, "c", "OK");
    assert_holds("g", "a\nb\n");
    assert_holds("f", "c\n");
    end(&bench);
}

static void a_file_is_left_in_the_middle_of_a_transaction(void **state) {
    (void)state;
    struct bench bench;
    begin(&bench, true);
    assert_reply(&bench, "BEGIN TRANSACTION", "OK");
    assert_reply(&bench, "a", "DEFER_COMMIT");
    assert_int_equal(rename("f", "g"), 0);
    omprog_reopen(&bench.program);
    assert_false(bench.program.unsynced);
    assert_reply(&bench, "b", "DEFER_COMMIT");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    assert_holds("g", "a\n");
    assert_holds("f", "b\n");
    end(&bench);
}

static void what_is_no_file_is_written_to_as_well(void **state) {
    (void)state;
    struct bench bench;
    char text[8] = "";
    assert_int_equal(mkfifo("f", 0600), 0);
    int reader = open("f", O_RDONLY | O_NONBLOCK);
    begin(&bench, true);
    assert_reply(&bench, "a", "DEFER_COMMIT");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    assert_int_equal(read(reader, text, sizeof text), 2);
    assert_string_equal(text, "a\n");
    end(&bench);
    close(reader);
    assert_int_equal(unlink("f"), 0);
    assert_int_equal(symlink("/dev/null", "f"), 0);
    begin(&bench, true);
    assert_reply(&bench, "a", "DEFER_COMMIT");
    assert_reply(&bench, "COMMIT TRANSACTION", "OK");
    end(&bench);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(each_message_is_in_the_file_when_it_is_confirmed),
        IN_DIRECTORY(marks_are_messages_to_who_has_no_transactions),
        IN_DIRECTORY(each_message_of_a_transaction_is_in_the_file_when_it_is_deferred),
        IN_DIRECTORY(a_transaction_that_begins_anew_goes_on),
        IN_DIRECTORY(a_torn_last_line_is_ended),
        IN_DIRECTORY(an_empty_file_has_no_torn_line),
        IN_DIRECTORY(a_file_that_was_renamed_is_left_when_told),
        IN_DIRECTORY(a_file_is_left_in_the_middle_of_a_transaction),
        IN_DIRECTORY(what_is_no_file_is_written_to_as_well),
    };
    return RUN(tests);
}
