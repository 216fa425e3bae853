# Debian packages of packages.txt.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

missing_packages() {
    local package
    while read -r package; do
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done < <(sed 's/#.*//' dev.d/packages.txt | awk 'NF { print $1 }')
}

need_packages() {
    local missing
    command -v dpkg-query >/dev/null || die "This is not Debian: install what dev.d/packages.txt names in your system's way."
    mapfile -t missing < <(missing_packages)
    [ ${#missing[@]} -eq 0 ] && return
    say "Installing Debian packages: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        die "Not root and no sudo. As root: apt-get install --no-install-recommends ${missing[*]}"
    fi
    as_root apt-get update --quiet >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}" >&2
    start_no_pcsc_service
}

# The packages' own PC/SC service is of no use here, and a test must not meet it: readers of this
# computer are left alone. Only one that this installation has just started is stopped.
start_no_pcsc_service() {
    case " ${missing[*]} " in *" pcscd "*) ;; *) return ;; esac
    command -v systemctl >/dev/null && [ -d /run/systemd/system ] || return 0
    as_root systemctl stop pcscd.socket pcscd.service || true
}
