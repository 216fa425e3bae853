# ./dev windows: the programs of a counter's PC for 64-bit Windows and their setup, in out/windows.
#
# No download but Debian's packages and crates. What the setup does stands in installers/windows/madoguchi.nsi.

WINDOWS_OUT=out/windows
WINDOWS_SETUP_MOST=$((12 * 1000 * 1000))
# What each Windows 10 or later has. Whatever else a program asks for must lie beside it.
WINDOWS_LIBRARIES='advapi32|bcrypt|bcryptprimitives|combase|comctl32|comdlg32|crypt32|dwmapi|gdi32|imm32|iphlpapi|kernel32|msvcrt|ncrypt|netapi32|ntdll|ole32|oleaut32|pdh|powrprof|propsys|psapi|secur32|setupapi|shcore|shell32|shlwapi|user32|userenv|uxtheme|version|winscard|winspool|ws2_32|api-ms-win-[a-z0-9-]*'

dev_windows() {
    case "${1:-}" in
        "") need_everything; make_windows_setup "$(version_of_workspace)" ;;
        --try) try_windows_setup ;;
        *) die "./dev windows takes --try or nothing." ;;
    esac
}

make_windows_setup() { # version
    need_packages dev.d/windows-packages.txt
    need_screens
    build_windows_programs
    lay_out_windows_setup
    mkdir -p "$WINDOWS_OUT"
    pack_windows_setup "$1" "$WINDOWS_LAID_OUT" "$WINDOWS_OUT/madoguchi-$1-setup.exe"
    check_windows_setup "$WINDOWS_OUT/madoguchi-$1-setup.exe"
}

# With the same savings as on Linux, but for the tables for unwinding, which Windows itself wants.
build_windows_programs() {
    say "Building the programs for Windows (the first time takes some minutes)"
    (
        use_windows_toolchain
        REMOVE_UNUSED_COMMANDS="$PWD/src-tauri" cargo build --locked -p madoguchi -p madoguchi-command \
            -p madoguchi-receive --profile counter --features "$WINDOW_FEATURES" --target "$WINDOWS_TARGET" >&2
    )
}

# Everything the setup's script takes, in one folder.
lay_out_windows_setup() {
    local built="$WINDOWS_FOLDER/$WINDOWS_TARGET/counter" fonts="$INSTALLERS_WORK/fonts"
    WINDOWS_LAID_OUT="$WINDOWS_FOLDER/setup"
    rm -rf "$WINDOWS_LAID_OUT"
    mkdir -p "$WINDOWS_LAID_OUT/fonts"
    cp "$built"/{madoguchi,madoguchi-terminal,madoguchi-receive}.exe "$WINDOWS_LAID_OUT"
    cp "$(webview_loader)" "$WINDOWS_LAID_OUT/WebView2Loader.dll"
    cp src-tauri/icons/icon.ico "$WINDOWS_LAID_OUT"
    [ -s "$fonts/OFL.txt" ] || installers/fonts/cut.py /usr/share/fonts/truetype/bizud-gothic "$fonts"
    cp "$fonts"/*.ttf "$fonts/OFL.txt" "$WINDOWS_LAID_OUT/fonts"
    cp "$fonts/missing.txt" "$WINDOWS_LAID_OUT/fonts/characters-the-font-has-not.txt"
    # Notepad of older systems knows no other line ends.
    installers/third-party.py madoguchi "$WINDOWS_TARGET" | sed 's/$/\r/' >"$WINDOWS_LAID_OUT/third-party.txt"
}

# Microsoft's loader of the web view, as the crate that asks for it brings it along.
webview_loader() {
    local manifest
    manifest="$(cargo metadata --locked --format-version 1 --filter-platform "$WINDOWS_TARGET" |
        grep -oE '"[^"]*/webview2-com-sys-[^"/]*/Cargo.toml"' | head -n 1 | tr -d '"')"
    echo "$(dirname "$manifest")/x64/WebView2Loader.dll"
}

# makensis goes to the script's folder: the paths it is told are whole.
pack_windows_setup() { # version, folder of its files, setup to write
    makensis -V2 -INPUTCHARSET UTF8 "-DVERSION=$1" "-DFROM=$(realpath "$2")" "-DOUT=$(realpath "$3")" \
        installers/windows/madoguchi.nsi >&2
}

check_windows_setup() { # setup
    local program size
    for program in madoguchi madoguchi-terminal madoguchi-receive; do
        only_known_libraries "$WINDOWS_LAID_OUT/$program.exe"
        says_what_it_is "$WINDOWS_LAID_OUT/$program.exe"
    done
    ls -l "$WINDOWS_LAID_OUT"/*.exe "$WINDOWS_LAID_OUT"/*.dll "$WINDOWS_LAID_OUT"/fonts/*.ttf "$1" >&2
    size="$(stat -c %s "$1")"
    [ "$size" -le "$WINDOWS_SETUP_MOST" ] || die "The setup has $size bytes, more than $WINDOWS_SETUP_MOST."
}

only_known_libraries() { # program
    local other
    other="$(x86_64-w64-mingw32-objdump -p "$1" | sed -n 's/^\tDLL Name: //p' |
        grep -viE "^($WINDOWS_LIBRARIES)\.(dll|drv)$" | grep -vx WebView2Loader.dll || true)"
    [ -z "$other" ] || die "$1 asks for what no Windows has: $other"
}

# Version and manifest; in UTF-16 and in bytes, as Windows reads them.
says_what_it_is() { # program
    LC_ALL=C grep -aqP 'V\x00S\x00_\x00V\x00E\x00R\x00S\x00I\x00O\x00N' "$1" || die "$1 does not say its version."
    LC_ALL=C grep -aq 'longPathAware.*>true<' "$1" || die "$1 does not say that it knows long paths."
}
