# The screens: npm packages and the built pages in ui/dist, which the window embeds.

need_screens() {
    need_npm_packages
    say "Building the screens"
    npm --prefix ui run --silent build >&2
}

# npm ci costs seconds and empties node_modules; it runs when the lock has changed.
need_npm_packages() {
    local lock stamp=ui/node_modules/.installed-from
    lock="$(sha256sum ui/package-lock.json)"
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ] && return
    say "Installing npm packages"
    npm --prefix ui ci --no-audit --no-fund --loglevel=error >&2
    printf '%s' "$lock" >"$stamp"
}
