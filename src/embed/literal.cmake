# Writes one file as a C string literal: cmake -DINPUT=file -DOUTPUT=file.c -DSYMBOL=name -P this.
# A literal compiles fifty times faster than an array of bytes and needs no relocation at start.
file(READ "${INPUT}" text)
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "?" "\\?" text "${text}")
string(REPLACE "\t" "\\t" text "${text}")
string(REPLACE "\r" "\\r" text "${text}")
string(REPLACE "\n" "\\n\"\n\"" text "${text}")
file(WRITE "${OUTPUT}"
  "#include <stddef.h>\nextern const char ${SYMBOL}[];\n"
  "extern const size_t ${SYMBOL}_size;\n"
  "const char ${SYMBOL}[] = \"${text}\";\n"
  "const size_t ${SYMBOL}_size = sizeof ${SYMBOL} - 1;\n")
