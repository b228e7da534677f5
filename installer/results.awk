# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reads the JUnit file of a ctest run and prints "passed failed skipped", then "skipped: …" and "failed: …", a line each, with
# the first lines of what was said about a failure: they stand at the end of a long log, where they are looked for. A Qt Test
# program counts by its functions (its "Totals:" line), any other test as one. A program that failed without a failed
# function (it crashed, hung or was not built) is one failure.

function plain(text) {
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&quot;/, "\"", text)
    gsub(/&amp;/, "\\&", text)
    return text
}
function say(text) { said[++says] = name ": " plain(text) }
/^\t<testcase / {
    name = status = $0
    sub(/.* name="/, "", name)
    sub(/".*/, "", name)
    sub(/.* status="/, "", status)
    sub(/".*/, "", status)
    name = plain(name)
    p = f = s = totals = more = 0
    before = says
}
/^\t\t<skipped message="Unable to find executable/ { status = "fail" }
{ sub(/^\t\t<system-out>/, "") }
/^SKIP   : / { skip[++skips] = name ": " plain(substr($0, 10)) }
/^(FAIL!|XPASS)  : / { say(substr($0, 10)); more = 2; next }
more > 0 && /^   / { say($0); --more; next }
{ more = 0 }
/^Totals: [0-9]+ passed, / {
    p += $2
    f += $4
    s += $6
    totals = 1
}
/^\t<\/testcase>/ {
    if (status == "fail") {
        if (!f)
            f = 1
        if (says == before)
            say("failed without a failed function (see above)")
    } else if (status == "run" && !totals)
        p = 1
    else if ((status == "notrun" || status == "disabled") && !s) {
        s = 1
        skip[++skips] = name
    }
    passed += p
    failed += f
    skipped += s
}
END {
    print passed + 0, failed + 0, skipped + 0
    for (i = 1; i <= skips; ++i)
        print "skipped: " skip[i]
    for (i = 1; i <= says; ++i)
        print "failed: " said[i]
}
