# Rust's standard library for 64-bit Windows, and what is compiled for it.
#
# Where rustup has the target, it is used. Else Debian's compiler (rustc-web) and the standard library's
# sources (rust-web-src) make one, once per compiler; it must be the same compiler that uses it.

WINDOWS_TARGET=x86_64-pc-windows-gnu
WINDOWS_FOLDER=target/windows

# Sets the environment for `cargo … --target "$WINDOWS_TARGET"`.
use_windows_toolchain() {
    export CARGO_TARGET_DIR="$WINDOWS_FOLDER"
    if command -v rustup >/dev/null && rustup target list --installed | grep -qx "$WINDOWS_TARGET"; then return; fi
    [ -x /usr/bin/rustc ] || { echo "Neither rustup's target $WINDOWS_TARGET nor Debian's rustc-web is installed." >&2; return 1; }
    export RUSTC=/usr/bin/rustc
    make_windows_sysroot "$PWD/$WINDOWS_FOLDER/sysroot"
    export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="--sysroot=$PWD/$WINDOWS_FOLDER/sysroot"
}

make_windows_sysroot() { # folder
    local version work libraries="$1/lib/rustlib/$WINDOWS_TARGET/lib"
    version="$("$RUSTC" -V), recipe 2"
    [ "$(cat "$1/made-with" 2>/dev/null)" != "$version" ] || return 0
    work="$(mktemp -d)"
    mkdir -p "$work/src"
    echo 'fn main() {}' >"$work/src/main.rs"
    # Bitcode, so that the library can be optimised together with a program; panic_abort must itself abort, which
    # the library's own profile would say and is not asked.
    cat >"$work/Cargo.toml" <<'MANIFEST'
cargo-features = ["profile-rustflags"]
[package]
name = "sysroot"
version = "0.0.0"
edition = "2024"
[profile.release.package.panic_abort]
rustflags = ["-Cpanic=abort", "-Cembed-bitcode=yes"]
[workspace]
MANIFEST
    # The switch that lets a stable compiler build its own standard library; for nothing else.
    (cd "$work" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
        CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS=-Cembed-bitcode=yes cargo build --release \
        -Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test --target "$WINDOWS_TARGET")
    rm -rf "$1"
    mkdir -p "$libraries"
    cp "$work/target/$WINDOWS_TARGET"/release/deps/lib*.rlib "$libraries/"
    ln -s "$("$RUSTC" --print sysroot)/lib/rustlib/x86_64-unknown-linux-gnu" "$1/lib/rustlib/"
    echo "$version" >"$1/made-with"
    rm -rf "$work"
}
