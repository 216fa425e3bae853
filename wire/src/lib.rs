//! What crosses a border.
//!
//! Belongs here: requests and answers between terminal and cloud, commands and events between the
//! window and its program, calls of other programs on this PC, the error codes with their two sentences in both languages.
//! Does not belong here: logic. A type here may be converted, never decide.
//! Why it exists: each side of a border is built from the same declaration; TypeScript and OpenAPI
//! are generated from it and a test fails when they drift.

pub mod bridge;
pub mod failure;
pub mod terminal_api;
pub mod window;
