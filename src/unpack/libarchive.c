#include "libarchive.h"

#include <dlfcn.h>
#include <string.h>

/* the library of libarchive 3, whose ABI has not changed since */
static const char library_name[] = "libarchive.so.13";

static bool find(void *handle, const char *name, void *field, size_t size) {
    void *found = dlsym(handle, name);
    memcpy(field, &found, size);
    return found != NULL;
}

bool libarchive_load(struct libarchive *library) {
    void *handle = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    bool fine = handle != NULL;
#define CALL(name) fine = fine && find(handle, #name, &library->name, sizeof library->name);
    LIBARCHIVE_CALLS(CALL)
#undef CALL
    return fine;
}
