#include "answer.h"

/* Kernel and drivers print an errno with a minus before it. */
static bool is_errno(const struct catalog *catalog) {
    return view_starts(catalog->family, VIEW("errno"));
}

static bool is_openssl(const struct catalog *catalog) {
    return view_equal(catalog->family, VIEW("openssl_reason"));
}

/* OpenSSL before 3.0 packed library, function and reason into 8, 12 and 12 bits; since then the
 * library stands above 23 bits of reason (include/openssl/err.h of both). */
static uint64_t openssl_repacked(uint64_t bits) {
    return (bits >> 24 & 0xff) << 23 | (bits & 0xfff);
}

struct found find_number(const struct catalog *catalog, struct number number) {
    uint64_t keys[NUMBER_KEYS + 2];
    size_t count = number_keys(number, keys);
    if (number.negative && is_errno(catalog)) keys[count++] = ~number.bits + 1;
    if (is_openssl(catalog)) keys[count++] = openssl_repacked(number.bits);
    for (size_t i = 0; i < count; i++) {
        struct rows rows = catalog_find_number(catalog, keys[i]);
        if (rows.count) return (struct found){catalog, rows};
    }
    return (struct found){0};
}

static struct found find_text(const struct catalog *catalog, struct view text) {
    struct rows rows = catalog_find_text(catalog, text);
    return rows.count ? (struct found){catalog, rows} : (struct found){0};
}

static struct found find_exact(const struct panel *panel, struct view text,
                               const struct number *number) {
    for (size_t i = 0; i < panel->count; i++) {
        const struct catalog *catalog = panel->catalogs[i];
        struct found found = {0};
        if (catalog_is_textual(catalog))
            found = find_text(catalog, text);
        else if (number)
            found = find_number(catalog, *number);
        if (found.catalog) return found;
    }
    return (struct found){0};
}

size_t carried_catalogs(const struct shelf *shelf, uint32_t value, uint32_t *ret_inner,
                        const struct catalog *ret[CARRIERS]) {
    static const char *const families[][CARRIERS] = {
        [CARRIED_WIN32] = {"win32", "winsock", "wininet", "winhttp", "nerr"},
        [CARRIED_NTSTATUS] = {"ntstatus"},
        [CARRIED_HTTP] = {"http_status"},
    };
    enum carried carried = status_unwrap(value, ret_inner);
    size_t count = 0;
    if (carried == CARRIED_NOTHING) return 0;
    for (size_t i = 0; i < CARRIERS && families[carried][i]; i++) {
        const struct catalog *catalog = shelf_find(shelf, view_string(families[carried][i]));
        if (catalog) ret[count++] = catalog;
    }
    return count;
}

static struct found find_carried(const struct shelf *shelf, uint32_t value) {
    uint32_t inner;
    const struct catalog *catalogs[CARRIERS];
    size_t count = carried_catalogs(shelf, value, &inner, catalogs);
    for (size_t i = 0; i < count; i++) {
        struct rows rows = catalog_find_number(catalogs[i], inner);
        if (rows.count) return (struct found){catalogs[i], rows};
    }
    return (struct found){0};
}

static bool may_tell(const struct panel *panel, enum status_kind kind) {
    switch (kind) {
    case STATUS_HRESULT:
    case STATUS_NTSTATUS_HRESULT:
        return panel->hresult;
    case STATUS_NTSTATUS:
        return panel->ntstatus;
    default:
        return false;
    }
}

static void answer_from_bits(struct answer *answer, const struct panel *panel,
                             const struct shelf *shelf, uint32_t value) {
    if (panel->hresult || panel->ntstatus || panel->win32)
        answer->carried = find_carried(shelf, value);
    answer->value = value;
    if (answer->finding == FOUND_EXACT) return;
    if (answer->carried.catalog) {
        answer->finding = FOUND_CARRIED;
        answer->row = answer->carried.rows.first;
        return;
    }
    answer->status = status_split(value);
    if (may_tell(panel, answer->status.kind)) answer->finding = FOUND_BITS;
}

struct answer answer_code(const struct panel *panel, const struct shelf *shelf, struct view text,
                          const struct number *number) {
    struct answer answer = {.exact = find_exact(panel, text, number)};
    uint32_t low;
    if (number) answer.value = number->bits;
    if (answer.exact.catalog) {
        answer.finding = FOUND_EXACT;
        answer.row = answer.exact.rows.first;
    }
    if (number && number_low32(*number, &low)) answer_from_bits(&answer, panel, shelf, low);
    if (answer.exact.catalog) answer.value = catalog_value(answer.exact.catalog, answer.row);
    return answer;
}

struct view plain_symbol(struct view symbol) {
    bool samba = view_starts(symbol, VIEW("NT_STATUS_"));
    return view_part(symbol, samba ? 3 : 0, symbol.size);
}

struct answer answer_symbol(const struct panel *panel, struct view symbol) {
    struct answer answer = {0};
    symbol = plain_symbol(symbol);
    for (size_t i = 0; i < panel->count; i++) {
        const struct catalog *catalog = panel->catalogs[i];
        if (!catalog_find_symbol(catalog, symbol, &answer.row)) continue;
        answer.finding = FOUND_EXACT;
        answer.exact = (struct found){catalog, {answer.row, 1}};
        answer.value = catalog_value(catalog, answer.row);
        break;
    }
    return answer;
}

/* Families that also count what went well: up to where. */
static const struct {
    struct view family;
    uint64_t limit;
} counting[] = {
    {{"http_status", 11}, 400},          {{"http_nginx", 10}, 400},
    {{"smtp_reply", 10}, 400},           {{"sip_status", 10}, 400},
    {{"hresult", 7}, 0x80000000},        {{"windows_update", 14}, 0x80000000},
    {{"cbs_servicing", 13}, 0x80000000},
};

bool answer_is_success(const struct answer *answer, struct view text) {
    const struct catalog *catalog = answer_catalog(answer);
    if (!catalog) return answer->value == 0;
    if (view_equal(catalog->family, VIEW("smtp_enhanced"))) return view_starts(text, VIEW("2."));
    if (view_equal(catalog->family, VIEW("sqlstate_postgresql")))
        return view_starts(text, VIEW("00"));
    if (catalog_is_textual(catalog)) return false;
    for (size_t i = 0; i < sizeof counting / sizeof *counting; i++)
        if (view_equal(catalog->family, counting[i].family))
            return answer->value < counting[i].limit;
    return answer->value == 0;
}

const struct catalog *answer_catalog(const struct answer *answer) {
    if (answer->finding == FOUND_EXACT) return answer->exact.catalog;
    return answer->finding == FOUND_CARRIED ? answer->carried.catalog : NULL;
}

struct row answer_row(const struct answer *answer) {
    return catalog_row(answer_catalog(answer), answer->row);
}

static bool choose_among(struct answer *answer, const struct found *found, enum finding finding,
                         struct view symbol) {
    for (size_t i = 0; i < found->rows.count; i++) {
        if (!view_equal(catalog_symbol(found->catalog, found->rows.first + i), symbol)) continue;
        answer->finding = finding;
        answer->row = found->rows.first + i;
        return true;
    }
    return false;
}

bool answer_choose(struct answer *answer, struct view symbol) {
    symbol = plain_symbol(symbol);
    return choose_among(answer, &answer->exact, FOUND_EXACT, symbol) ||
           choose_among(answer, &answer->carried, FOUND_CARRIED, symbol);
}
