#include "status.h"

#include "facility.h"

static const uint32_t carries_ntstatus = 0x10000000; /* FACILITY_NT_BIT */

static struct status split_hresult(uint32_t value) {
    const char *facility = hresult_facility(value >> 16 & 0xfff);
    if (!facility) return (struct status){0};
    return (struct status){STATUS_HRESULT, "failure", facility, value & 0xffff};
}

static struct status split_ntstatus(uint32_t value, enum status_kind kind) {
    unsigned number = value >> 16 & 0xfff;
    const char *facility = ntstatus_facility(number);
    if (number && !facility) return (struct status){0};
    return (struct status){kind, "error", facility, value & 0xffff};
}

struct status status_split(uint32_t value) {
    switch (value >> 28) {
    case 0x8:
        return split_hresult(value);
    case 0xc:
        return split_ntstatus(value, STATUS_NTSTATUS);
    case 0xd:
        return split_ntstatus(value, STATUS_NTSTATUS_HRESULT);
    default:
        return (struct status){0};
    }
}

enum carried status_unwrap(uint32_t value, uint32_t *ret_inner) {
    uint32_t upper = value >> 16, low = value & 0xffff;
    *ret_inner = low;
    if (upper == 0x8007 || upper == 0xc007 || upper == 0x0007) return CARRIED_WIN32;
    if (upper == 0x8019) return low >= 100 && low <= 599 ? CARRIED_HTTP : CARRIED_NOTHING;
    uint32_t nibble = value >> 28;
    if (nibble != 0xd && nibble != 0x9) return CARRIED_NOTHING;
    *ret_inner = value & ~carries_ntstatus;
    return CARRIED_NTSTATUS;
}
