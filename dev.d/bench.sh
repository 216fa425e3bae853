# ./dev bench

dev_bench() {
    need_everything
    need_screens
    cargo build --locked --workspace --bins --release --features "$WINDOW_FEATURES" >&2
    cargo bench --locked --workspace --features "$WINDOW_FEATURES" "$@"
}
