# Appends the hash of a file to its literal, as a Content-Security-Policy names what it allows ("sha256-" and
# base64): cmake -DINPUT=file -DOUTPUT=file.c -DSYMBOL=name -P this. Three hexadecimal digits are two of base64.
set(digits "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
file(SHA256 "${INPUT}" hash)
set(text "")
foreach(at RANGE 0 60 3)
  string(SUBSTRING "${hash}" ${at} 3 three)
  math(EXPR high "0x${three} >> 6")
  math(EXPR low "0x${three} & 63")
  string(SUBSTRING "${digits}" ${high} 1 first)
  string(SUBSTRING "${digits}" ${low} 1 second)
  string(APPEND text "${first}${second}")
endforeach()
string(SUBSTRING "${hash}" 63 1 last)
math(EXPR last "0x${last} << 2")
string(SUBSTRING "${digits}" ${last} 1 last)
file(APPEND "${OUTPUT}"
  "extern const char ${SYMBOL}_hash[];\nconst char ${SYMBOL}_hash[] = \"sha256-${text}${last}=\";\n")
