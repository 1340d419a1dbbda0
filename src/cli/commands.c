#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "suggest.h"

static const struct command commands[] = {
    {"", "[FILE]...", "write the log as it comes, an explanation beside each error code",
     run_filter,
     ABOUT_KNOWLEDGE | ABOUT_MATCHING | ABOUT_OUTPUT | ABOUT_STYLE | ABOUT_INPUT | ABOUT_FILES,
     false},
    {"lookup", "CODE|SYMBOL...", "every reading of a code in every family", run_lookup,
     ABOUT_KNOWLEDGE, true},
    {"explain", "CODE|SYMBOL...", "what a code means, its causes and what to do", run_explain,
     ABOUT_KNOWLEDGE, true},
    {"search", "WORD...", "the codes whose symbols and summaries hold all the words, best first",
     run_search, ABOUT_KNOWLEDGE, false},
    {"strip", "[FILE]...", "give an annotated log back as it was", run_strip,
     ABOUT_INPUT | ABOUT_FILES, false},
    {"why", "[FILE]...", "what was decided about each candidate, and by which rule", run_why,
     ABOUT_KNOWLEDGE | ABOUT_MATCHING | ABOUT_INPUT, false},
    {"report", "[FILE]...", "what the codes were, how often, where and when", run_report,
     ABOUT_KNOWLEDGE | ABOUT_MATCHING | ABOUT_INPUT | ABOUT_REPORT, false},
    {"stage", "PROTOCOL", "answer a syslog daemon: mmexternal, omprog (rsyslog) or syslog (lines)",
     run_stage, ABOUT_KNOWLEDGE | ABOUT_MATCHING | ABOUT_STAGE, false},
    {"list", "[NAME]...", "the catalogs and rules with their origin; or a built-in file itself",
     run_list, ABOUT_KNOWLEDGE, false},
    {"check", "FILE...", "check catalogs and rules, samples included", run_check, ABOUT_KNOWLEDGE,
     false},
    {"import", "FILE...", "make a catalog of a C header, .mc, .man, CSV, JSON or journal catalog",
     run_import, ABOUT_IMPORT, false},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

const struct command *command_find(const char *name) {
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

const struct command *command_near(const char *name) {
    for (size_t i = 1; i < COMMANDS; i++)
        if (word_is_near(name, commands[i].name)) return &commands[i];
    return NULL;
}

static void help_usage(const struct command *command) {
    if (command->name[0]) {
        printf("Usage: errgloss %s [OPTION]... %s\n%s.\n", command->name, command->operands,
               command->summary);
        return;
    }
    puts("Usage: errgloss [OPTION]... [FILE]...\n"
         "   or: errgloss COMMAND [OPTION]... [OPERAND]...\n"
         "\n"
         "Writes the log text of each FILE (standard input without one, or for -) as it comes, "
         "every\n"
         "byte of it, with an explanation beside each error code.\n"
         "\n"
         "Commands (a file of such a name needs ./ before it):");
    for (size_t i = 1; i < COMMANDS; i++)
        printf("  %-8s%-16s %s\n", commands[i].name, commands[i].operands, commands[i].summary);
}

void command_help(const struct command *command) {
    help_usage(command);
    options_help(command);
    puts("\nExit status: 0 fine (with or without hits), 1 something could not be read or written, "
         "or\n"
         "nothing is known, 2 a bad option, rule or catalog.");
}
