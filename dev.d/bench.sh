# ./dev bench

dev_bench() {
    need_everything
    need_screens
    say "Building the programs as they are shipped (the first time takes some minutes)"
    cargo build --locked --workspace --bins --release --features "$WINDOW_FEATURES" >&2
    "${CARGO_TARGET_DIR:-target}/release/madoguchi-bench" --folder out "$@"
}
