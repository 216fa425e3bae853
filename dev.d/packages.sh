# Debian packages, as lists like packages.txt name them.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

missing_packages() { # list
    local package
    while read -r package; do
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done < <(sed 's/#.*//' "$1" | awk 'NF { print $1 }')
}

need_packages() { # list
    local missing list="${1:-dev.d/packages.txt}"
    command -v dpkg-query >/dev/null || die "This is not Debian: install what $list names in your system's way."
    mapfile -t missing < <(missing_packages "$list")
    [ ${#missing[@]} -eq 0 ] && return
    say "Installing Debian packages: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        die "Not root and no sudo. As root: apt-get install --no-install-recommends ${missing[*]}"
    fi
    as_root apt-get update --quiet >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}" >&2
    start_no_services
}

# Units that the packages bring, and that a test must not meet: readers, databases and printers of this
# computer are left alone.
SERVICES_OF_PACKAGES="
pcscd pcscd.socket pcscd.service
postgresql-15 postgresql.service
cups cups.socket cups.path cups.service
patroni patroni.service
etcd-server etcd.service
haproxy haproxy.service
"

# Only what this installation has just started is stopped.
start_no_services() {
    local package units
    command -v systemctl >/dev/null && [ -d /run/systemd/system ] || return 0
    while read -r package units; do
        case " ${missing[*]} " in
            # shellcheck disable=SC2086 # several units
            *" $package "*) as_root systemctl stop $units || true ;;
        esac
    done <<<"$SERVICES_OF_PACKAGES"
}
