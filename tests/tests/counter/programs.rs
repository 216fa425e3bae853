//! Other programs on the PC ask the counter for a card: real HTTP over the real loopback interface, the
//! real counter and cloud behind it. What a browser lets a page do is tested in a browser (`ui/tests`).

mod asking;
mod borders;
mod library;
