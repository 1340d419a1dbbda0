#ifndef CLI_STAGE_H
#define CLI_STAGE_H

/* Of the command `stage` what has to be done outside its run: a daemon may take standard error for
 * standard output, and waits for an answer to each message whatever its options are. */

/* Make standard error the file that --log-file names, or nothing; a terminal stays what it is. */
void stage_take_stderr(int argc, char **argv);

/* The options could not be read: let messages pass as they are, up to the end. Returns the exit
 * status. */
int stage_carry_on(int argc, char **argv);

#endif
