# ./dev run

dev_run() {
    need_everything
    build_programs
    exec "$(build_folder)/demonstration" "$@"
}
