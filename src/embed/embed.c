#include "embed.h"

struct file {
    const char *origin;
    const char *text;
    const size_t *size;
};

#include "embedded.h"

size_t embedded_count(void) {
    return sizeof files / sizeof *files;
}

struct embedded embedded_file(size_t index) {
    const struct file *file = &files[index];
    return (struct embedded){file->origin, {file->text, *file->size}};
}
