#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "inserts.h"
#include "reader.h"

/* An instrumentation manifest names its texts: `<message value= symbol= message="$(string.id)"/>`
 * and `<event .../>` stand before `<string id= value=/>`, which tells what the name stands for.
 * Source: the schema of event manifests, learn.microsoft.com/windows/win32/wes. */
struct promise {
    struct entry entry;
    size_t line;
};

struct text {
    struct view id, value;
};

struct manifest {
    const struct reader *reader;
    XML_Parser parser;
    struct arena arena;
    struct promise *promises;
    size_t promise_count, promise_capacity;
    struct text *texts;
    size_t text_count, text_capacity;
    bool failed; /* out of memory */
};

static struct view attribute(struct manifest *manifest, const char **attributes, const char *name) {
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return arena_copy(&manifest->arena, view_string(attributes[1]));
    return VIEW("");
}

static void add_promise(struct manifest *manifest, struct promise promise) {
    void *promises = manifest->promises;
    bool roomy = grow_array(&promises, &manifest->promise_capacity, manifest->promise_count + 1,
                            sizeof *manifest->promises);
    manifest->promises = promises;
    manifest->failed |= !roomy;
    if (roomy) manifest->promises[manifest->promise_count++] = promise;
}

static void add_text(struct manifest *manifest, struct text text) {
    void *texts = manifest->texts;
    bool roomy = grow_array(&texts, &manifest->text_capacity, manifest->text_count + 1,
                            sizeof *manifest->texts);
    manifest->texts = texts;
    manifest->failed |= !roomy;
    if (roomy) manifest->texts[manifest->text_count++] = text;
}

static const char *without_prefix(const char *name) {
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void XMLCALL open_element(void *data, const char *name, const char **attributes) {
    struct manifest *manifest = data;
    name = without_prefix(name);
    bool message = strcmp(name, "message") == 0 || strcmp(name, "event") == 0;
    if (message && attribute(manifest, attributes, "value").size)
        add_promise(manifest, (struct promise){{attribute(manifest, attributes, "value"),
                                                attribute(manifest, attributes, "symbol"),
                                                attribute(manifest, attributes, "message")},
                                               XML_GetCurrentLineNumber(manifest->parser)});
    if (strcmp(name, "string") == 0)
        add_text(manifest, (struct text){attribute(manifest, attributes, "id"),
                                         attribute(manifest, attributes, "value")});
}

/* The text that `$(string.id)` stands for, in the language that comes first. */
static struct view look_up(const struct manifest *manifest, struct view said) {
    static const struct view before = {"$(string.", 9};
    if (!view_starts(said, before) || !view_ends(said, VIEW(")"))) return said;
    struct view id = view_part(said, before.size, said.size - 1);
    for (size_t i = 0; i < manifest->text_count; i++)
        if (view_equal(manifest->texts[i].id, id)) return manifest->texts[i].value;
    return VIEW("");
}

static bool keep_promise(const struct manifest *manifest, struct promise promise) {
    struct buffer text = {0};
    append_without_inserts(&text, look_up(manifest, promise.entry.text));
    promise.entry.text = buffer_view(&text);
    bool fine = text.failed ? fault_memory(manifest->reader->fault)
                            : reader_add(manifest->reader, promise.entry, promise.line);
    buffer_free(&text);
    return fine;
}

static bool keep_promises(const struct manifest *manifest) {
    for (size_t i = 0; i < manifest->promise_count; i++)
        if (!keep_promise(manifest, manifest->promises[i])) return false;
    return true;
}

static bool parse(struct manifest *manifest) {
    struct view text = manifest->reader->text;
    XML_SetUserData(manifest->parser, manifest);
    XML_SetStartElementHandler(manifest->parser, open_element);
    if (XML_Parse(manifest->parser, text.at, (int)text.size, 1) == XML_STATUS_OK)
        return !manifest->failed || fault_memory(manifest->reader->fault);
    return reader_fault(manifest->reader, XML_GetCurrentLineNumber(manifest->parser), "%s",
                        XML_ErrorString(XML_GetErrorCode(manifest->parser)));
}

bool read_manifest(const struct reader *reader) {
    /* it has been made UTF-8, whatever its first line says */
    struct manifest manifest = {.reader = reader, .parser = XML_ParserCreate("UTF-8")};
    if (!manifest.parser) return fault_memory(reader->fault);
    bool fine = parse(&manifest) && keep_promises(&manifest);
    XML_ParserFree(manifest.parser);
    arena_free(&manifest.arena);
    free(manifest.promises);
    free(manifest.texts);
    return fine;
}
