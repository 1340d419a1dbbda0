#include "codec.h"

const struct codec *codec_of(enum unpack_format format) {
    static const struct codec *const codecs[] = {
        [UNPACK_GZIP] = &gzip_codec, [UNPACK_BZIP2] = &bzip2_codec, [UNPACK_XZ] = &xz_codec,
        [UNPACK_ZSTD] = &zstd_codec, [UNPACK_LZ4] = &lz4_codec,
    };
    return (size_t)format < sizeof codecs / sizeof *codecs ? codecs[format] : NULL;
}
