//! The clerk lets other programs on the PC ask for a card.

use super::Clerk;
use crate::scene::patience::until;
use crate::scene::trouble::Trouble;
use crate::scene::vendor::PairedProgram;
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

    /// Pairs a vendor's program with this terminal.
    pub async fn pairs(&self, name: &str) -> Result<PairedProgram, Trouble> {
        let code = self.reads_out_a_code_for(name).await?;
        self.lets_in(name, &code).await
    }

    /// The same for a program that is to learn MyKey IDs, where the provider keeps them itself.
    pub async fn pairs_for_mykey_ids(&self, name: &str) -> Result<PairedProgram, Trouble> {
        self.names_what_is_paired(name).await?;
        self.presses("マイキーID").await?;
        self.takes_picture("programs-mykey-id").await?;
        let code = self.has_the_code_shown().await?;
        let program = self.lets_in(name, &code).await?;
        self.sees("渡すもの：マイキーID").await?;
        Ok(program)
    }

    async fn lets_in(&self, name: &str, code: &str) -> Result<PairedProgram, Trouble> {
        let (program, _) = PairedProgram::pairs_with(code)?;
        self.sees(&format!("「{name}」をつなぎました")).await?;
        Ok(program)
    }

    /// Shows the code for a program, and reads it out.
    pub async fn reads_out_a_code_for(&self, name: &str) -> Result<String, Trouble> {
        self.names_what_is_paired(name).await?;
        self.has_the_code_shown().await
    }

    /// The same for one that may have the provider's own cards, too.
    pub async fn reads_out_a_code_with_own_cards_for(&self, name: &str) -> Result<String, Trouble> {
        self.names_what_is_paired(name).await?;
        self.presses("利用カードも").await?;
        self.takes_picture("programs-own-cards").await?;
        self.has_the_code_shown().await
    }

    async fn names_what_is_paired(&self, name: &str) -> Result<(), Trouble> {
        self.presses("プログラムをつなぐ").await?;
        self.writes("名前", name).await
    }

    async fn has_the_code_shown(&self) -> Result<String, Trouble> {
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
