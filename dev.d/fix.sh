# ./dev fix: what formats and what generates. Tests hold all of it; this writes it.

dev_fix() {
    need_everything
    need_npm_packages
    cargo fmt --all
    npm --prefix ui run --silent format >&2
    # Every test that holds a generated file writes it anew under REGENERATE.
    REGENERATE=1 cargo test --locked --quiet -p madoguchi-wire -p madoguchi-domain -p madoguchi-cloud >&2
    git --no-pager diff --stat
}
