#ifndef STATUS_H
#define STATUS_H

#include "view.h"

/* What the bits of a 32-bit Windows code say.
 * HRESULT:  S|R|C|N|r| facility 11 | code 16   (bit 31 failure, 29 customer, 28 holds an NTSTATUS)
 * NTSTATUS: Sev 2|C|N| facility 12 | code 16   (severity 00 success, 01 information, 10 warning,
 *                                               11 error)
 * Source: the layout comments of winerror.h and ntstatus.h in the Windows SDK. */
enum status_kind {
    STATUS_NONE,            /* no shape that an unknown code should be told by */
    STATUS_HRESULT,         /* 0x8xxxxxxx, a facility that has a name */
    STATUS_NTSTATUS,        /* 0xCxxxxxxx, a facility that has a name, or none */
    STATUS_NTSTATUS_HRESULT /* 0xDxxxxxxx: an NTSTATUS error carried in an HRESULT */
};

struct status {
    enum status_kind kind;
    const char *severity; /* "failure", "error" */
    const char *facility; /* its name; NULL for an NTSTATUS of facility 0 */
    unsigned code;
};

/* what the bits of an unknown code say; kind STATUS_NONE when it has not the right shape */
struct status status_split(uint32_t value);

/* The number space that a code carried within another belongs to. */
enum carried { CARRIED_NOTHING, CARRIED_WIN32, CARRIED_NTSTATUS, CARRIED_HTTP };

/* Take the inner code out: 0x8007xxxx, 0xC007xxxx and 0x0007xxxx carry a Win32 code, 0xDxxxxxxx and
 * 0x9xxxxxxx an NTSTATUS, 0x8019xxxx an HTTP status (100 to 599). */
enum carried status_unwrap(uint32_t value, uint32_t *ret_inner);

#endif
