#include "account.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* A short input may well come to a thousand times its size: a log of one repeated line. */
enum { JUDGED_FROM = 64 << 20 };

enum unpack_state account_broken(struct account *account, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(account->message, sizeof account->message, format, arguments);
    va_end(arguments);
    return UNPACK_BROKEN;
}

enum unpack_state account_ratio(struct account *account, uint64_t out) {
    uint64_t most = account->limits.max_ratio;
    if (!most || out <= JUDGED_FROM || out / most <= account->in) return UNPACK_BYTES;
    return account_broken(account, "more than %" PRIu64 " times its own size came out, given up",
                          most);
}
