# Rust and Node, which only the person can install in the way they like.

RUST_NEEDED=1.95.0
NODE_NEEDED=20.19.0

# at_least NEEDED FOUND
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort --version-sort | head -n 1)" = "$1" ]; }

need_tool() { # program needed-version how-to-get-it
    local found
    command -v "$1" >/dev/null || die "$1 $2 or later is needed and is not installed. $3"
    found="$("$1" --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)"
    at_least "$2" "$found" || die "$1 $2 or later is needed, and this is $1 $found. $3"
}

need_rust() {
    [ -d "$HOME/.cargo/bin" ] && PATH="$HOME/.cargo/bin:$PATH"
    need_tool rustc "$RUST_NEEDED" "See https://rustup.rs: rustup toolchain install stable --component rustfmt,clippy"
    need_tool cargo "$RUST_NEEDED" "See https://rustup.rs."
}

need_node() {
    need_tool node "$NODE_NEEDED" "See https://nodejs.org, or: apt-get install nodejs npm of a Debian that has it."
    command -v npm >/dev/null || die "npm is needed and is not installed; it comes with Node from https://nodejs.org."
}
