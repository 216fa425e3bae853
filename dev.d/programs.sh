# The programs of the workspace.

# Embeds ui/dist in the window. Without it the window would ask a development server for its pages.
WINDOW_FEATURES=madoguchi/custom-protocol

build_folder() { echo "${CARGO_TARGET_DIR:-target}/debug"; }

need_everything() {
    need_rust
    need_node
    need_packages
}

build_programs() {
    need_screens
    say "Building the programs (the first time takes some minutes)"
    cargo build --locked --workspace --bins --features "$WINDOW_FEATURES" >&2
}

# The window as a counter's PC gets it: a profile of its own, without those of the web view's commands that
# no page may call, without tables for unwinding, since it does not unwind, and with its relocations packed,
# which Debian 12's loader is the first to read (docs/performance.md, Opening the window).
build_window_as_shipped() {
    CFLAGS="${CFLAGS:-} -fno-asynchronous-unwind-tables -fno-unwind-tables" REMOVE_UNUSED_COMMANDS="$PWD/src-tauri" \
        cargo rustc --locked -p madoguchi --bin madoguchi --profile counter --features "$WINDOW_FEATURES" \
        --config 'build.rustflags = ["-C", "force-unwind-tables=no", "-C", "link-arg=-Wl,-z,pack-relative-relocs"]' \
        -- -C "link-arg=-Wl,-T,$PWD/installers/without-unwinding.ld" >&2
}
