# ./dev test: every step, each with a time limit, then one closing line.

# step name · limit in minutes · function
TEST_STEPS=(
    "format   5 step_format"
    "screens 10 step_screens"
    "build   40 step_build"
    "lints   20 step_lints"
    "rust    45 step_rust"
    "browser 30 step_browser"
    "windows 30 step_windows"
)
# Parts of the above, for whoever works on one thing.
STEPS_ON_REQUEST=(
    "journeys  20 step_journeys"
    "by-itself 10 step_by_itself"
)

# Building with all targets gives programs and tests the same features of every crate they share, so
# that each is compiled once.
ALL_FEATURES="$WINDOW_FEATURES,madoguchi-tests/journeys"

step_format() { cargo fmt --all --check; }

step_screens() {
    npm --prefix ui run --silent build
    npm --prefix ui run --silent check
    npm --prefix ui run --silent test
}

step_build() { cargo build --locked --workspace --all-targets --features "$ALL_FEATURES"; }

step_lints() { cargo clippy --locked --workspace --all-targets --features "$ALL_FEATURES" -- -D warnings; }

step_rust() { cargo test --locked --workspace --features "$ALL_FEATURES" --no-fail-fast; }

step_browser() { npm --prefix ui run --silent test:browser; }

# The programs for Windows as they are shipped, and their setup: its size, and that it asks for no library that Windows
# has not. What is particular to Windows is tested on any system, in step rust; the setup in use by ./dev windows --try.
step_windows() { ./dev windows; }

step_journeys() { cargo test --locked --workspace --features "$ALL_FEATURES" --test journeys "$@"; }

# What ./dev run ends with where there is no display.
step_by_itself() { step_journeys by_itself; }

dev_test() {
    local name limit function wanted=" $* " failed=0
    need_everything
    need_npm_packages
    mkdir -p out/test
    rm -f out/test/*
    export -f step_format step_screens step_build step_lints step_rust step_browser step_windows
    export -f step_journeys step_by_itself
    export ALL_FEATURES NO_COLOR=1 CARGO_TERM_COLOR=never
    [ $# -eq 0 ] || TEST_STEPS+=("${STEPS_ON_REQUEST[@]}")
    for line in "${TEST_STEPS[@]}"; do
        read -r name limit function <<<"$line"
        [ $# -eq 0 ] || [[ "$wanted" = *" $name "* ]] || continue
        if [ $# -eq 0 ] && [ "$name" = browser ]; then run_windows_beside; fi
        if [ "$name" = windows ] && [ -n "$WINDOWS_BESIDE" ]; then
            wait "$WINDOWS_BESIDE" || failed=$((failed + 1))
            cat out/test/windows.log >&2
        else
            run_step "$name" "$limit" "$function" || failed=$((failed + 1))
        fi
    done
    close_test "$failed"
}

# The browser's tests wait half their time; what is built for Windows meanwhile takes only what they leave, and says what
# it has to say at its turn. Not beside the tests before: both look at the built screens.
WINDOWS_BESIDE=
run_windows_beside() {
    {
        chrt --idle --pid 0 "$BASHPID" || renice --priority 19 "$BASHPID"
        run_step windows 60 step_windows
    } >/dev/null 2>&1 &
    WINDOWS_BESIDE=$!
}

# Runs one step in a process group of its own, so that a step out of time ends with all it started.
run_step() { # name minutes function
    local log="out/test/$1.log" began=$SECONDS status=0
    say "── $1"
    timeout --kill-after=30s "$2m" bash -euo pipefail -c "$3" 2>&1 | tee "$log" >&2 || status=$?
    if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then echo "step $1: out of time after $2 minutes" | tee -a "$log" >&2; fi
    printf '%s %s %s\n' "$1" "$status" "$((SECONDS - began))" >"out/test/$1.step"
    return "$status"
}

# Counts what cargo (`test result: ok. 3 passed; 1 failed;`) and vitest (`Tests  3 passed | 1 failed`) say.
count_tests() { # word, logs on standard input
    # No line at all counts as none, not as a failure of the counting.
    { sed -E 's/\x1b\[[0-9;]*m//g' | grep -E '^(test result:| +Tests  )' | grep -oE "[0-9]+ $1" || true; } | awk '{ sum += $1 } END { print sum + 0 }'
}

close_test() { # number of failed steps
    local name status seconds passed failed
    say "── summary"
    for step in out/test/*.step; do
        read -r name status seconds <"$step"
        printf '%-10s %-6s %4d s\n' "$name" "$([ "$status" -eq 0 ] && echo ok || echo FAILED)" "$seconds" >&2
    done
    passed="$(cat out/test/*.log | count_tests passed)"
    failed="$(cat out/test/*.log | count_tests failed)"
    # A step without tests of its own (format, build, lints) counts as one that failed.
    [ "$failed" -gt 0 ] || failed="$1"
    echo "$passed passed, $failed failed"
    [ "$1" -eq 0 ]
}
