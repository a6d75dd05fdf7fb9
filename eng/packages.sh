# Sourced by ./test, with $work set.

# wants PACKAGE…: installs packages of Debian or Ubuntu that are missing, where that can be done: by root, from apt, within two minutes. What cannot be
# had is done without: tests that need it skip, and say what is missing.
wants() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && command -v timeout >/dev/null || return 0
    lacking=
    for package; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || lacking="$lacking $package"
    done
    [ -n "$lacking" ] || return 0
    printf 'Installing%s …\n' "$lacking" >&2
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    timeout 120 sh -c 'apt-get install -y -q --no-install-recommends "$@" || { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; }' \
        sh $lacking >"$work/packages.log" 2>&1 </dev/null || printf 'Not installed:%s; the tests that need it skip.\n' "$lacking" >&2
}
