#include "generate.h"

#include <string.h>

size_t generate_number(struct generator *generator, size_t limit) {
    /* splitmix64 by Sebastiano Vigna, public domain */
    uint64_t z = generator->seed += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (size_t)((z ^ (z >> 31)) % limit);
}

static const char *const parts[] = {
    "error ",
    "error code ",
    "failed with ",
    "hr=",
    "[HRESULT = ",
    "errno ",
    "[Errno ",
    "(os error ",
    "exit code ",
    "status: ",
    "main mode failed, ",
    "13883",
    " (0x363B)",
    ", 0x363B",
    "0x80070002",
    "0x80070005",
    "-2147024891",
    "2147942405",
    "80070005",
    "0x80244FFF",
    "5",
    "0",
    "13875",
    "404",
    "137",
    "11",
    "ERROR_IPSEC_IKE_NEGOTIATION_DISABLED",
    " - ERROR_FILE_NOT_FOUND",
    "ERROR_ACCESS_DENIED (",
    "E_ACCESSDENIED",
    ")",
    "]",
    "(",
    "[",
    " - ",
    ", ",
    ": ",
    "=",
    " ",
    "  ",
    "{",
    "}",
    " {",
    " {!",
    " {=",
    " {= x}",
    " {? y}",
    " {ERROR_X: y}",
    " {ERROR_X: ",
    "\n    {ERROR_X: y}\n",
    "\n    {= x",
    " {\x1b[36mERROR_X: y\x1b[39m}",
    " {\x1b[36m= x",
    " {\x1b]8;;https://x.y/\x1b\\X\x1b]8;;\x1b\\: y}",
    "\x1b[39m}",
    "\x1b]8;;",
    "{!",
    "!",
    "|",
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\x1b[31m",
    "\x1b[0m",
    "\x1b[K",
    "\x1b[",
    "\x1b",
    "\xff",
    "\xc3\xa9",
    "\xc3",
    "word",
    "A",
    "5.1.1",
    "4.7.1",
    "=beef",
    "xaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaa",
    "error",
    "0x",
    "h",
    "L",
    "x",
    "-",
    "99999",
    "1",
    "12345678901234567890",
};

static size_t put(struct generator *generator, char *bytes, size_t room) {
    size_t choice = generate_number(generator, sizeof parts / sizeof *parts + 2);
    if (choice >= sizeof parts / sizeof *parts) {
        bytes[0] = (char)generate_number(generator, 256);
        return 1;
    }
    size_t size = strlen(parts[choice]);
    if (size > room) size = room;
    memcpy(bytes, parts[choice], size);
    return size;
}

void generate_text(struct generator *generator, char *bytes, size_t size) {
    for (size_t at = 0; at < size;) at += put(generator, bytes + at, size - at);
}
