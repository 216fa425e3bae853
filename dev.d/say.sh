# Words for the person at the keyboard. Everything goes to standard error: standard output is for results.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

die() {
    printf '%s\n' "$*" >&2
    exit 1
}
