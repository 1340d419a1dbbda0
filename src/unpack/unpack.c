#include "unpack.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "layer.h"
#include "members.h"

enum { DEFAULT_MEMORY = 256 << 20 };

/* A stream is peeled: what is compressed is decoded, and what came out can be a tar. */
struct peel {
    struct layer packed, content;
    struct layer *top; /* the one that is read */
};

struct unpack {
    struct source source;
    struct account account;
    bool begun;
    struct peel input;
    struct members *members; /* of the input, where it is an archive */
    struct peel member;
    struct peel *stream; /* the one being read; NULL when there is none */
    bool given_up;       /* too much came out */
    uint64_t out;        /* bytes returned */
};

static enum unpack_state read_source(void *from, char *bytes, size_t size, size_t *ret_size) {
    struct unpack *unpack = from;
    switch (source_read(&unpack->source, bytes, size, ret_size)) {
    case SOURCE_BYTES:
        unpack->account.in += *ret_size;
        return UNPACK_BYTES;
    case SOURCE_END:
        return UNPACK_END;
    case SOURCE_STOPPED:
        return UNPACK_STOPPED;
    default:
        return UNPACK_FAILED;
    }
}

static bool ask_source(void *from) {
    const struct unpack *unpack = from;
    return source_would_wait(&unpack->source);
}

static void peel_open(struct peel *peel, struct supply supply, unsigned accepted,
                      struct account *account) {
    layer_open(&peel->packed, supply, accepted, account);
    peel->top = &peel->packed;
    if (!peel->packed.codec) return;
    layer_open(&peel->content, layer_supply(&peel->packed), format_bit(UNPACK_TAR), account);
    peel->top = &peel->content;
}

static void peel_close(struct peel *peel) {
    layer_close(&peel->content);
    layer_close(&peel->packed);
}

static bool is_archive(const struct peel *peel) {
    return peel->top->format >= UNPACK_TAR;
}

struct unpack *unpack_new(const struct source *source, const struct unpack_limits *limits) {
    struct unpack *unpack = calloc(1, sizeof *unpack);
    if (!unpack) return NULL;
    unpack->source = *source;
    unpack->account.limits = *limits;
    if (!limits->max_memory) unpack->account.limits.max_memory = DEFAULT_MEMORY;
    return unpack;
}

void unpack_free(struct unpack *unpack) {
    if (!unpack) return;
    peel_close(&unpack->member);
    members_free(unpack->members);
    peel_close(&unpack->input);
    free(unpack);
}

static enum unpack_state begin_members(struct unpack *unpack) {
    struct layer *top = unpack->input.top;
    /* a file's archive is read at any place, and what was read of it again */
    bool at_any_place = unpack->source.regular && top == &unpack->input.packed;
    if (top->format == UNPACK_7Z && !at_any_place)
        return account_broken(&unpack->account,
                              "a 7z archive is read from its end: give it as a file, not a pipe");
    unpack->members = members_new(top->format, at_any_place ? &unpack->source : NULL,
                                  layer_supply(top), &unpack->account);
    if (unpack->members) return UNPACK_BYTES;
    errno = ENOMEM;
    return UNPACK_FAILED;
}

static enum unpack_state begin(struct unpack *unpack) {
    struct supply supply = {read_source, ask_source, unpack};
    unpack->begun = true;
    peel_open(&unpack->input, supply, unpack->account.limits.plain ? 0 : EVERY_FORMAT,
              &unpack->account);
    if (is_archive(&unpack->input)) return begin_members(unpack);
    unpack->stream = &unpack->input;
    return UNPACK_BYTES;
}

static enum unpack_state next_member(struct unpack *unpack, const char **ret_member) {
    peel_close(&unpack->member);
    unpack->stream = NULL;
    enum unpack_state state = members_next(unpack->members, ret_member);
    if (state != UNPACK_BYTES) return state;
    peel_open(&unpack->member, members_supply(unpack->members), EVERY_FORMAT, &unpack->account);
    if (is_archive(&unpack->member))
        return account_broken(&unpack->account, "an archive within an archive is passed over");
    unpack->stream = &unpack->member;
    return UNPACK_BYTES;
}

enum unpack_state unpack_next(struct unpack *unpack, const char **ret_member) {
    enum unpack_state state = UNPACK_BYTES;
    *ret_member = NULL;
    if (!unpack->begun)
        state = begin(unpack);
    else if (!unpack->members || unpack->given_up)
        state = UNPACK_END;
    return state == UNPACK_BYTES && unpack->members ? next_member(unpack, ret_member) : state;
}

static bool is_limited(const struct unpack *unpack) {
    return unpack->input.packed.format != UNPACK_PLAIN;
}

/* Where all is out that may be, one more byte is too much. */
static enum unpack_state read_beyond(struct unpack *unpack) {
    char byte;
    size_t size;
    enum unpack_state state = layer_read(unpack->stream->top, &byte, 1, &size);
    if (state != UNPACK_BYTES) return state;
    unpack->given_up = true;
    return account_broken(&unpack->account, "more than %" PRIu64 " bytes came out, given up",
                          unpack->account.limits.max_size);
}

static enum unpack_state read_within(struct unpack *unpack, char *bytes, size_t size,
                                     size_t *ret_size) {
    uint64_t left = unpack->account.limits.max_size - unpack->out;
    if (account_ratio(&unpack->account, unpack->out) != UNPACK_BYTES) {
        unpack->given_up = true;
        return UNPACK_BROKEN;
    }
    if (unpack->account.limits.max_size && size > left) size = (size_t)left;
    if (!size) return read_beyond(unpack);
    return layer_read(unpack->stream->top, bytes, size, ret_size);
}

enum unpack_state unpack_read(struct unpack *unpack, char *bytes, size_t size, size_t *ret_size) {
    *ret_size = 0;
    if (!unpack->stream) return UNPACK_END;
    enum unpack_state state = is_limited(unpack)
                                  ? read_within(unpack, bytes, size, ret_size)
                                  : layer_read(unpack->stream->top, bytes, size, ret_size);
    unpack->out += *ret_size;
    if (state == UNPACK_BROKEN) unpack->stream = NULL;
    return state;
}

bool unpack_would_wait(struct unpack *unpack) {
    return unpack->stream && layer_would_wait(unpack->stream->top);
}

struct unpack_about unpack_about(const struct unpack *unpack) {
    const struct peel *last = unpack->members ? &unpack->member : &unpack->input;
    struct member_about member = {0};
    if (unpack->members) member = members_about(unpack->members);
    return (struct unpack_about){
        .format = unpack->input.packed.format,
        .archive = unpack->begun && is_archive(&unpack->input),
        .compression = last->packed.codec ? last->packed.format : UNPACK_PLAIN,
        .mode = member.mode,
        .changed = member.changed,
    };
}

const char *unpack_message(const struct unpack *unpack) {
    return unpack->account.message;
}

bool unpack_name_is_safe(const char *name) {
    for (const char *part = name;; part++) {
        size_t size = strcspn(part, "/");
        if (size == 0 || (size == 2 && memcmp(part, "..", 2) == 0)) return false;
        part += size;
        if (!*part) return true;
    }
}
