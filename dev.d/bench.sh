# ./dev bench

dev_bench() {
    need_everything
    need_screens
    say "Building the programs as they are shipped (the first time takes some minutes)"
    local target="${CARGO_TARGET_DIR:-target}"
    cargo build --locked --workspace --bins --release --features "$WINDOW_FEATURES" >&2
    build_window_as_shipped
    install "$target/counter/madoguchi" "$target/release/madoguchi"
    "$target/release/madoguchi-bench" --folder out "$@"
}
