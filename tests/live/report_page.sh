#!/usr/bin/env bash
# Reads the page of a report in a headless Chromium, as a person would: sorts, searches, opens rows by the
# keyboard, and asks that nothing hostile acts, nothing is loaded and every text has contrast. Screenshots stay in
# the folder. usage: report_page.sh WRITER FOLDER; 77: something that it needs is missing
set -eu
writer=$1 folder=$2
for tool in chromium chromedriver curl jq; do
    command -v $tool >/dev/null || { echo "skipped: $tool is not installed" && exit 77; }
done
rm -rf "$folder" && mkdir -p "$folder"
"$writer" "$folder"
jq -e '.codes | length == 8' "$folder/report.json" >/dev/null

coproc driver { exec chromedriver --port=0 2>&1; }
# shellcheck disable=SC2154 # bash sets it
driver_id=$driver_PID session=
# shellcheck disable=SC2317 # the trap calls it
finish() {
    [ -z "$session" ] || curl -s --noproxy '*' -X DELETE "$session" >/dev/null || true
    kill "$driver_id" 2>/dev/null || true
}
trap finish EXIT
port=
exec {said}<&"${driver[0]}"
while [ -z "$port" ] && read -r line <&"$said"; do
    port=$(sed -n 's/.*started successfully on port \([0-9]*\).*/\1/p' <<<"$line")
done
# what else it says is read, lest it waits for a reader
cat <&"$said" >"$folder/chromedriver.log" &

send() { # path below the session, JSON; the value that comes back
    local answer
    answer=$(curl -s --noproxy '*' -H 'Content-Type: application/json' -d "$2" "$session/$1")
    if jq -e '.value | objects | has("error")' <<<"$answer" >/dev/null; then
        jq -r '"chromedriver: " + .value.message' <<<"$answer" >&2
        return 1
    fi
    jq -c .value <<<"$answer"
}

run() { # JavaScript
    send execute/sync "$(jq -n --arg script "$1" '{script: $script, args: []}')"
}

tell() { # command of the DevTools, JSON
    send goog/cdp/execute "{\"cmd\":\"$1\",\"params\":$2}"
}

press() { # the value of a key, as WebDriver numbers them, or a text
    send actions "$(jq -n --arg text "$1" '{actions: [{type: "key", id: "keys", actions:
        [$text | explode[] | [.] | implode | {type: "keyDown", value: .}, {type: "keyUp", value: .}]}]}')" >/dev/null
}
tab=$'\ue004' enter=$'\ue007' space=' ' backspace=$'\ue003'

click() { # selector
    local element
    element=$(send element "$(jq -n --arg css "$1" '{using: "css selector", value: $css}')" | jq -r '.[]')
    send "element/$element/click" '{}' >/dev/null
}

failures=0
expect() { # what, expected JSON, JavaScript
    local got
    got=$(run "$3")
    [ "$got" = "$2" ] && return
    echo "$1: expected $2, got $got"
    failures=$((failures + 1))
}

resize() { # width
    tell Emulation.setDeviceMetricsOverride "{\"width\":$1,\"height\":1400,\"deviceScaleFactor\":1,\"mobile\":false}" >/dev/null
}

shoot() { # width, name
    local height
    resize "$1"
    height=$(run 'return document.documentElement.scrollHeight')
    tell Page.captureScreenshot "{\"captureBeyondViewport\":true,\"clip\":{\"x\":0,\"y\":0,\"width\":$1,\"height\":$height,\"scale\":1}}" |
        jq -r .data | base64 -d >"$folder/$2.png"
}

look() { # width, light or dark
    tell Emulation.setEmulatedMedia "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"$2\"}]}" >/dev/null
    shoot "$1" "$1-$2"
    expect "$1 $2: nothing is wider than the screen" true 'return document.documentElement.scrollWidth <= innerWidth'
    expect "$1 $2: texts without contrast" '[]' "$contrast"
}

# the texts whose colour differs by less than 4.5 to 1 (WCAG 2.2, 1.4.3) from what is behind them
contrast='
const channel = (c) => (c / 255 <= .04045 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4);
const light = (rgb) => .2126 * channel(rgb[0]) + .7152 * channel(rgb[1]) + .0722 * channel(rgb[2]);
const read = (colour) => colour.match(/[\d.]+/g).map(Number);
const behind = (at) => {
  for (; at; at = at.parentElement) {
    const colour = read(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const weak = new Set();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const at = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || !at.checkVisibility()) continue;
  const a = light(read(getComputedStyle(at).color)), b = light(behind(at));
  if ((Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5) weak.add(at.className || at.localName);
}
return [...weak]'

options=$(jq -n '{capabilities: {alwaysMatch: {browserName: "chrome",
    "goog:loggingPrefs": {browser: "ALL", performance: "ALL"},
    "goog:chromeOptions": {args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                                  "--hide-scrollbars", "--window-size=1280,1400"]}}}}')
session=http://127.0.0.1:$port
id=$(send session "$options" | jq -r .sessionId)
session=$session/session/$id
send url "{\"url\":\"file://$(realpath "$folder")/page.html\"}" >/dev/null

codes='return [...document.querySelectorAll("tbody:not([hidden]) .open")].map((at) => at.textContent).join(" ")'
sorted='return [...document.querySelectorAll("thead th")].map((at) => at.getAttribute("aria-sort") || "-").join(" ")'
expect "the title" '"8 error codes in 3 files"' 'return document.title'
expect "sorted by hits at first" '"- - descending - - - -"' "$sorted"
by_hits=$(run "$codes")

click 'thead th:nth-child(1) button'
expect "a click sorts by code" '"ascending - - - - - -"' "$sorted"
expect "codes sort as numbers" '"5 13 110 111"' "${codes/.join/.filter((text) => !text.startsWith(\"0x\")).join}"
click 'thead th:nth-child(3) button'
expect "and by hits again" "$by_hits" "$codes"
press "$enter"
expect "Enter turns the order around" '"- - ascending - - - -"' "$sorted"
expect "the fewest hits come first" '"5"' 'return document.querySelector("tbody .open").textContent'
press "$space"
expect "and Space turns it back" "$by_hits" "$codes"

click '#search'
press 'cbs_serv'
expect "a family is found" '"0x800F081F"' "$codes"
expect "how many are shown is told" '"1 of 8 codes"' 'return document.getElementById("shown").textContent'
for _ in 1 2 3 4 5 6 7 8; do press "$backspace"; done
expect "all come back" "$by_hits" "$codes"
press 'MESSAGES-2026 refused'
expect "a file and a symbol are found, whatever the case" '"111"' "$codes"
press "$enter"
expect "Enter in the search stays on the page" '"111"' "$codes"
click '#search'
run 'document.getElementById("search").select()' >/dev/null
press "$backspace"
expect "and all come back" "$by_hits" "$codes"

on_row='return document.activeElement.matches("tbody .open button")'
for _ in 1 2 3 4 5 6 7; do
    [ "$(run "$on_row")" = true ] || press "$tab"
done
expect "Tab comes to the first row" true "$on_row"
expect "which shows where the focus is" '"solid"' 'return getComputedStyle(document.activeElement).outlineStyle'
opened='return document.querySelector("tbody .open button").ariaExpanded + " " + document.querySelector(".more").checkVisibility()'
expect "the row is closed" '"false false"' "$opened"
press "$enter"
expect "Enter opens it" '"true true"' "$opened"
expect "there is an explanation" true 'return document.querySelector(".more .explanation").checkVisibility()'
press "$space"
expect "Space closes it" '"false false"' "$opened"
click 'tbody .meaning'
expect "a click on the row opens it" '"true true"' "$opened"
expect "the code is marked" '"0x80070005"' 'return document.querySelector(".more mark").textContent'

expect "hostile text is inert" '"undefined 0 1 0"' 'return [typeof window.broken, document.images.length,
    document.scripts.length, document.querySelectorAll("svg[onload], [onerror]").length].join(" ")'
expect "hostile text can be read" true 'return document.querySelector("table").textContent.includes("</script><script>window.broken = 1")'

look 1280 light
look 1280 dark
look 700 light
look 360 light
look 360 dark
tell Emulation.setEmulatedMedia '{"media":"print"}' >/dev/null
shoot 800 print

noise=$(send se/log '{"type":"browser"}')
[ "$noise" = '[]' ] || { echo "the console says: $noise" && failures=$((failures + 1)); }
asked=$(send se/log '{"type":"performance"}' | jq -r '[.[].message | fromjson.message |
    select(.method == "Network.requestWillBeSent") | .params.request.url] | unique | join(" ")')
[ "$asked" = "file://$(realpath "$folder")/page.html" ] || { echo "it asked for: $asked" && failures=$((failures + 1)); }

# Without its script the page has all rows, each closed as <details>.
tell Emulation.setEmulatedMedia '{"media":""}' >/dev/null
tell Emulation.setScriptExecutionDisabled '{"value":true}' >/dev/null
send url "{\"url\":\"file://$(realpath "$folder")/page.html\"}" >/dev/null
resize 1280
tell Page.captureScreenshot '{"captureBeyondViewport":true}' | jq -r .data | base64 -d >"$folder/without-script.png"
closed=$(tell Runtime.evaluate '{"expression":"document.querySelectorAll(\"tbody .more details:not([open])\").length"}' | jq -c .result.value)
[ "$closed" = 8 ] || { echo "without script: expected 8 closed details, got $closed" && failures=$((failures + 1)); }

[ $failures -eq 0 ] && echo "the page does what it should; screenshots: $folder"
exit $((failures > 0))
