# ./dev bench

dev_bench() {
    need_everything
    mkdir -p out
    cargo run --locked --release --package madoguchi-bench -- --folder out "$@"
}
