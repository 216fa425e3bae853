# ./dev simulate [--seeds N] [--from S] [--on postgres] [--trace]

dev_simulate() {
    need_everything
    cargo run --locked --quiet -p madoguchi-tests --bin simulate -- "$@"
}
