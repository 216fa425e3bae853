# ./dev failover [what is to happen …] [--times N]

dev_failover() {
    need_rust
    need_packages dev.d/packages.txt
    need_packages dev.d/failover-packages.txt
    say "Building the cloud and the program that breaks its database"
    cargo build --locked -p madoguchi-cloud -p madoguchi-failover >&2
    "$(build_folder)/madoguchi-failover" --folder out/failover "$@"
}
