# What must be so after a step: asked of files and books, and said. What a command says itself goes to EXPECT_LOG.

expect() { # what, command …
    local what="$1"
    shift
    if "$@" >>"$EXPECT_LOG" 2>&1; then printf '  ok  %s\n' "$what" >&2; else die "NOT SO: $what ($*)"; fi
}

expect_not() { # what, command …
    local what="$1"
    shift
    if "$@" >>"$EXPECT_LOG" 2>&1; then die "NOT SO: $what ($*)"; else printf '  ok  %s\n' "$what" >&2; fi
}
