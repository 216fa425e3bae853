//! The barest window of the same library: one page with one sentence.
//!
//! Belongs here: nothing more. Does not belong here: anything of the counter.
//! Why it exists: how fast the counter's window opens and how much memory it takes follow the web view and
//! the machine; beside this window they say what the counter adds (`docs/performance.md`).

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
