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
