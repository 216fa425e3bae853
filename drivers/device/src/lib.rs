//! Device fingerprint sources per operating system
