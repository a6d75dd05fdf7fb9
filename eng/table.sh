# Sourced by scripts that measure.

# put_table PAGE MARK FILE: the lines of a file after `<!-- measured: MARK -->` in a page, in place of the table that stands there.
put_table() {
    awk -v mark="<!-- measured: $2 -->" -v lines="$3" '
        $0 == mark { print; print ""; while ((getline line < lines) > 0) print line; skip = 1; next }
        skip && /^(\||Measured |$)/ { next }
        skip { print ""; skip = 0 }
        { print }' "$1" >"$3.page"
    cat "$3.page" >"$1"
    rm "$3.page"
}
