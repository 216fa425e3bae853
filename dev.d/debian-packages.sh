# ./dev packages: the Debian packages of terminal and cloud, in out/packages.
#
# Built without debhelper: what goes where stands below, and the programs' libraries are found by dpkg-shlibdeps.

PACKAGES_FOLDER=out/packages
# The programs as they are shipped, and what is made of them on the way.
SHIPPED_PROGRAMS="${CARGO_TARGET_DIR:-target}/shipped"
INSTALLERS_WORK="${CARGO_TARGET_DIR:-target}/installers"

dev_packages() {
    need_everything
    need_packages dev.d/installer-packages.txt
    need_screens
    build_shipped_programs
    make_debian_packages "$(version_of_workspace)" "$SHIPPED_PROGRAMS" "$PACKAGES_FOLDER"
    check_packages "$PACKAGES_FOLDER"/*.deb
    ls -l "$PACKAGES_FOLDER"/*.deb >&2
}

version_of_workspace() { sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1; }

# What a counter's PC gets is built for size, the cloud for speed.
build_shipped_programs() {
    local target="${CARGO_TARGET_DIR:-target}"
    say "Building the programs as they are shipped (the first time takes some minutes)"
    build_window_as_shipped
    cargo build --locked -p madoguchi-cloud --profile release >&2
    mkdir -p "$SHIPPED_PROGRAMS"
    install "$target/counter/madoguchi" "$target/release/madoguchi-cloud" "$SHIPPED_PROGRAMS"
}

make_debian_packages() { # version, folder of programs, folder to write
    local fonts="$INSTALLERS_WORK/fonts"
    export SOURCE_DATE_EPOCH
    SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)"
    mkdir -p "$3"
    [ -s "$fonts/OFL.txt" ] || installers/fonts/cut.py /usr/share/fonts/truetype/bizud-gothic "$fonts"
    make_debian_package madoguchi "$1" "$2" "$3" lay_out_terminal
    make_debian_package madoguchi-cloud "$1" "$2" "$3" lay_out_cloud
}

make_debian_package() { # package, version, programs, folder to write, function that lays out
    local tree="$INSTALLERS_WORK/$1" from="installers/debian/$1"
    rm -rf "$tree"
    mkdir -p "$tree/DEBIAN" "$tree/usr/bin"
    "$5" "$tree" "$3"
    lay_out_documents "$1" "$2" "$tree"
    put_scripts_of_package "$from" "$tree/DEBIAN"
    # Every file of a package in /etc is one that its administrator may change.
    (cd "$tree" && find etc -type f -printf '/%p\n' | LC_ALL=C sort) >"$tree/DEBIAN/conffiles"
    (cd "$tree" && find . -path ./DEBIAN -prune -o -path ./etc -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
    fill_in "$from/control" "$tree/DEBIAN/control" \
        version "$2" size "$(du -sk --apparent-size "$tree" | cut -f 1)" libraries "$(libraries_of "$tree")"
    # Umasks differ; what a package holds does not.
    find "$tree" -type d -exec chmod 0755 {} +
    dpkg-deb --root-owner-group -Zxz --build "$tree" "$4/$1_$2_amd64.deb" >/dev/null
}

lay_out_terminal() { # tree, programs
    local from=installers/debian/madoguchi size
    install --strip -m 0755 "$2/madoguchi" "$1/usr/bin"
    # The same program by its other names (src-tauri/src/main.rs).
    ln -s madoguchi "$1/usr/bin/madoguchi-terminal"
    ln -s madoguchi "$1/usr/bin/madoguchi-receive"
    put 0644 "$from/madoguchi.desktop" "$1/usr/share/applications/madoguchi.desktop"
    put 0644 "$from/50-madoguchi.rules" "$1/usr/share/polkit-1/rules.d/50-madoguchi.rules"
    put 0644 "$from/madoguchi-autostart.desktop" "$1/etc/xdg/autostart/madoguchi.desktop"
    for unit in socket service; do put 0644 "$from/madoguchi-bridge.$unit" "$1/usr/lib/systemd/user/madoguchi-bridge.$unit"; done
    put 0644 "$from/settings.toml" "$1/etc/madoguchi/settings.toml"
    for size in 32x32:32x32 128x128:128x128 256x256:128x128@2x 512x512:icon; do
        put 0644 "src-tauri/icons/${size#*:}.png" "$1/usr/share/icons/hicolor/${size%:*}/apps/madoguchi.png"
    done
    put 0644 src-tauri/icons/mark.svg "$1/usr/share/icons/hicolor/scalable/apps/madoguchi.svg"
    mkdir -p "$1/usr/share/fonts/truetype/madoguchi"
    install -m 0644 "$INSTALLERS_WORK"/fonts/*.ttf "$1/usr/share/fonts/truetype/madoguchi"
    put 0644 "$INSTALLERS_WORK/fonts/missing.txt" "$1/usr/share/doc/madoguchi/characters-the-font-has-not.txt"
    for page in installing terminal cards bridge receiver merge-file; do put 0644 "docs/$page.md" "$1/usr/share/doc/madoguchi/$page.md"; done
}

lay_out_cloud() { # tree, programs
    local from=installers/debian/madoguchi-cloud
    install --strip -m 0755 "$2/madoguchi-cloud" "$1/usr/bin"
    put 0644 "$from/madoguchi-cloud.service" "$1/lib/systemd/system/madoguchi-cloud.service"
    put 0644 "$from/cloud.toml" "$1/etc/madoguchi/cloud.toml"
    for page in installing cloud failover; do put 0644 "docs/$page.md" "$1/usr/share/doc/madoguchi-cloud/$page.md"; done
}

lay_out_documents() { # package, version, tree
    local folder="$3/usr/share/doc/$1"
    mkdir -p "$folder"
    { cat "installers/debian/$1/copyright"; licence_paragraphs "$1"; } >"$folder/copyright"
    fill_in installers/debian/changelog "$folder/changelog" \
        package "$1" version "$2" date "$(LC_ALL=C date --utc --rfc-email --date "@$SOURCE_DATE_EPOCH")"
    installers/third-party.py "$1" x86_64-unknown-linux-gnu >"$folder/third-party.txt"
    gzip --best --no-name "$folder/changelog" "$folder/third-party.txt"
    chmod 0644 "$folder"/*
}

# The licences' texts have one place each in this tree; a copyright file indents them.
licence_paragraphs() { # package
    indented() { sed 's/^$/./; s/^/ /'; }
    printf 'License: Apache-2.0\n On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.\n'
    printf '\nLicense: Expat\n'
    sed '1,4d' LICENSE-MIT | indented
    [ "$1" = madoguchi ] || return 0
    printf '\nLicense: OFL-1.1\n'
    sed '1,5d' installers/fonts/OFL.txt | indented
}

put_scripts_of_package() { # from, to
    local script
    for script in postinst prerm postrm; do
        [ ! -f "$1/$script" ] || put 0755 "$1/$script" "$2/$script"
    done
}

put() { # mode, file, place
    install -D -m "$1" "$2" "$3"
}

fill_in() { # template, place, word value …
    local text word
    text="$(cat "$1")"
    word="$2"
    shift 2
    while [ $# -gt 0 ]; do
        text="${text//@$1@/$2}"
        shift 2
    done
    printf '%s\n' "$text" >"$word"
}

# dpkg-shlibdeps wants to stand in a source package.
libraries_of() { # tree
    local folder
    folder="$(mktemp -d)"
    mkdir "$folder/debian"
    printf 'Source: madoguchi\n\nPackage: madoguchi\nArchitecture: amd64\n' >"$folder/debian/control"
    find "$(realpath "$1")/usr/bin" -type f -print0 | (cd "$folder" && xargs -0 dpkg-shlibdeps -O) | sed 's/^shlibs:Depends=//'
    rm -rf "$folder"
}

# What a counter's PC gets over a town's lines.
BIGGEST_TERMINAL_BYTES=10000000

check_packages() { # packages
    local package size
    say "Checking the packages"
    for package in "$@"; do
        size="$(stat -c %s "$package")"
        case "${package##*/}" in
            madoguchi_*) [ "$size" -le "$BIGGEST_TERMINAL_BYTES" ] || die "$package has $size bytes, more than $BIGGEST_TERMINAL_BYTES" ;;
        esac
    done
    lintian --fail-on error --suppress-tags-from-file installers/debian/lintian-not-followed "$@" >&2
}
