//! The clerk lets other programs on the PC ask for a card.

use super::Clerk;
use crate::scene::patience::until;
use crate::scene::trouble::Trouble;
use crate::scene::window::PATIENCE;

impl Clerk<'_> {
    /// From the menu to the screen of other programs, and allows them.
    pub async fn lets_other_programs_ask(&self) -> Result<(), Trouble> {
        self.presses("設定").await?;
        self.presses("ほかのプログラム").await?;
        self.sees("使っていません").await?;
        self.presses("使えるようにする").await?;
        self.sees("http://127.0.0.1:").await?;
        self.takes_picture("programs-allowed").await
    }

    /// Has the program start with the PC from now on.
    pub async fn has_it_start_with_the_pc(&self) -> Result<(), Trouble> {
        self.presses("パソコンと一緒に始める").await?;
        let entry = self.shop.pc.autostart_entry();
        until("the desktop is told to start the program", PATIENCE, || entry.exists())?;
        self.takes_picture("programs-start").await
    }

    /// Shows the code for a program, and reads it out.
    pub async fn reads_out_a_code_for(&self, name: &str) -> Result<String, Trouble> {
        self.presses("プログラムをつなぐ").await?;
        self.writes("名前", name).await?;
        self.presses("つなぐ番号を出す").await?;
        self.sees("つなぐプログラムに").await?;
        self.takes_picture("programs-code").await?;
        let text = self.window().text().await?;
        code_in(&text).ok_or_else(|| Trouble::new(format!("no code in {text}")))
    }
}

/// Six digits with a space in their middle.
fn code_in(text: &str) -> Option<String> {
    let is_three = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = text.split_whitespace().collect();
    let pair = words.windows(2).find(|pair| pair.iter().all(|word| is_three(word)))?;
    Some(pair.concat())
}
