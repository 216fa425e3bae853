# ./dev run

dev_run() {
    need_everything
    build_programs
    # The card tray needs no accessibility bus, which would outlive it where the session has none.
    NO_AT_BRIDGE=1 exec "$(build_folder)/demonstration" "$@"
}
