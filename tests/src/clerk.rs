//! The clerk: what a person does at the counter, in the words of the screens.
//!
//! Belongs here: verbs that go through the real window, each waiting until the screen answers.
//! Does not belong here: what a journey is about.

mod chamber;
mod desk;
mod library;
mod own_street;
mod programs;
mod street;
mod training;

use crate::album::Album;
use crate::scene::keyboard::{Keyboard, NamedKey};
use crate::scene::trouble::Trouble;
use crate::scene::window::{Key, Window};
use crate::shop::{FormTwo, Pc, Shop};
use std::path::PathBuf;
use std::time::Duration;

/// A use without an answer is said to be open after ten seconds; this leaves room for a busy machine.
const UNTIL_SAID_TO_BE_OPEN: Duration = Duration::from_secs(45);

/// A clerk in front of a window.
pub struct Clerk<'a> {
    /// The shop the clerk works at.
    pub shop: &'a Shop,
    pc: &'a Pc,
    album: Option<&'a Album>,
    keyboard: Keyboard,
    window: Window,
}

impl<'a> Clerk<'a> {
    /// Starts the program on the shop's PC.
    pub async fn opens_the_window(shop: &'a Shop) -> Result<Self, Trouble> {
        Self::opens_the_window_of(shop, &shop.pc).await
    }

    /// Starts the program on another PC of the shop.
    pub async fn opens_the_window_of(shop: &'a Shop, pc: &'a Pc) -> Result<Self, Trouble> {
        let keyboard = Keyboard::at(pc.desktop().display())?;
        Ok(Self { shop, pc, album: None, keyboard, window: pc.open_window().await? })
    }

    /// Starts the program, registers it, and stands before the menu.
    pub async fn at_a_registered_terminal(shop: &'a Shop) -> Result<Self, Trouble> {
        let clerk = Self::opens_the_window(shop).await?;
        clerk.registers(&crate::shop::form_two()).await?;
        Ok(clerk)
    }

    /// From now on pictures are kept.
    #[must_use]
    pub fn with_album(mut self, album: &'a Album) -> Self {
        self.album = Some(album);
        self
    }

    /// Waits until these words are on the screen.
    pub async fn sees(&self, words: &str) -> Result<(), Trouble> {
        self.window.shows(words).await
    }

    /// Makes sure that these words are not on the screen.
    pub async fn does_not_see(&self, words: &str) -> Result<(), Trouble> {
        if self.window.shows_now(words).await? {
            return Err(Trouble::new(format!("the window shows {words}")));
        }
        Ok(())
    }

    /// Presses the button or link with these words.
    pub async fn presses(&self, words: &str) -> Result<(), Trouble> {
        self.window.click(words).await
    }

    /// Presses a key.
    pub async fn presses_key(&self, key: Key) -> Result<(), Trouble> {
        self.window.press(key).await
    }

    /// Types, wherever the focus is.
    pub async fn types(&self, text: &str) -> Result<(), Trouble> {
        self.window.type_text(text).await
    }

    /// Holds a scanner over something.
    pub fn scans(&self, text: &str) -> Result<(), Trouble> {
        self.keyboard.scan(text).map(drop)
    }

    /// Presses a key of the PC's own keyboard: it takes the way of a scanner's.
    pub fn presses_on_the_keyboard(&self, key: NamedKey) -> Result<(), Trouble> {
        self.keyboard.press(key)
    }

    /// Looks into 困ったとき and comes back, by keys that take the way of a scanner's: all that were sent
    /// before have arrived then, also those that show nothing.
    pub async fn looks_for_help(&self) -> Result<(), Trouble> {
        self.presses_on_the_keyboard(NamedKey::F(1))?;
        self.sees("しるしの意味").await?;
        self.presses_on_the_keyboard(NamedKey::Escape)
    }

    /// Writes into the field with this label.
    pub async fn writes(&self, label: &str, text: &str) -> Result<(), Trouble> {
        self.window.write(label, text).await
    }

    /// The window itself, for what only a test looks at.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Keeps a picture of the screen, where pictures are kept.
    pub async fn takes_picture(&self, name: &str) -> Result<(), Trouble> {
        match self.album {
            Some(album) => self.window.take_picture(&album.next(&format!("{name}.png"))).await,
            None => Ok(()),
        }
    }

    /// 画面 9 and 10, from the first screen to the menu.
    pub async fn registers(&self, form: &FormTwo) -> Result<(), Trouble> {
        self.sees("端末IDと端末パスワードは、自治体から配られた「様式Ⅱ」の用紙にあります").await?;
        self.goes_through_registration(form).await
    }

    /// The same, wherever the first screen says that ID and password come from.
    pub(crate) async fn goes_through_registration(&self, form: &FormTwo) -> Result<(), Trouble> {
        self.types_terminal_and_password(form).await?;
        self.fills_in_contact().await?;
        self.sees("登録しました").await?;
        self.takes_picture("registered").await?;
        self.presses("はじめる").await?;
        self.sees_the_menu().await
    }

    /// 画面 9.
    pub async fn types_terminal_and_password(&self, form: &FormTwo) -> Result<(), Trouble> {
        self.sees("端末として登録します").await?;
        self.takes_picture("first-screen").await?;
        self.writes("端末ID", &form.terminal).await?;
        self.writes("端末パスワード", &form.password).await?;
        self.presses("次へ進む").await
    }

    /// 画面 10.
    pub async fn fills_in_contact(&self) -> Result<(), Trouble> {
        self.sees("連絡先を入力してください").await?;
        let contact = [
            ("担当者名", "山田 花"),
            ("店舗名", "やまだ八百屋"),
            ("郵便番号", "210-8577"),
            ("住所", "神奈川県川崎市川崎区宮本町1"),
            ("電話番号", "044-200-2111"),
            ("メールアドレス", "yamada@example.jp"),
        ];
        for (label, text) in contact {
            self.writes(label, text).await?;
        }
        self.takes_picture("contact").await?;
        self.presses("この端末を登録する").await
    }

    /// Waits for the menu.
    pub async fn sees_the_menu(&self) -> Result<(), Trouble> {
        self.sees("最後の操作").await?;
        self.sees("本日のご利用").await
    }

    /// Leaves the counter.
    pub async fn locks_the_counter(&self) -> Result<(), Trouble> {
        self.presses("席をはずす").await?;
        self.sees("ロックしています").await?;
        self.takes_picture("locked").await
    }

    /// 画面 2 where the municipality wants a staff name.
    pub async fn signs_in_as(&self, name: &str, password: &str) -> Result<(), Trouble> {
        self.writes("担当者名", name).await?;
        self.writes("端末パスワード", password).await?;
        self.presses("ログインする").await?;
        self.sees_the_menu().await
    }

    /// Comes back to a locked counter.
    pub async fn unlocks_with(&self, password: &str) -> Result<(), Trouble> {
        self.writes("端末パスワード", password).await?;
        self.presses("ロックを解く").await
    }

    /// Puts a customer's card on the reader; from the menu that begins a use.
    pub fn puts_on(&self, card: &str) -> Result<(), Trouble> {
        self.shop.reader.put_on(card)
    }

    /// Gives the card back.
    pub fn gives_the_card_back(&self) -> Result<(), Trouble> {
        self.shop.reader.take_off()
    }

    /// Puts a card on and waits for its balances.
    pub async fn taps(&self, card: &str) -> Result<(), Trouble> {
        self.puts_on(card)?;
        self.sees("いくつ使いますか").await
    }

    /// Chooses, on the amount screen, the whole balance, and goes on to the confirmation of it.
    pub async fn goes_on_with_the_whole_balance_of(&self, points: u32) -> Result<(), Trouble> {
        self.presses("残高を全部使う").await?;
        self.presses("確認へ進む").await?;
        self.sees(&format!("「{}のご利用でよろしいでしょうか」", in_points(points))).await
    }

    /// Types an amount and goes on to the confirmation.
    pub async fn enters(&self, points: u32) -> Result<(), Trouble> {
        self.writes("から使うポイント数", &points.to_string()).await?;
        self.takes_picture("amount").await?;
        self.presses("確認へ進む").await?;
        self.sees("この内容で使いますか").await?;
        self.takes_picture("confirm").await
    }

    /// Presses the button that books the use. What comes of it is not waited for.
    pub async fn confirms(&self, points: u32) -> Result<(), Trouble> {
        self.presses(&format!("{}を使う", in_points(points))).await
    }

    /// Uses points of the visit, to the result.
    pub async fn uses(&self, points: u32) -> Result<(), Trouble> {
        self.enters(points).await?;
        self.confirms(points).await?;
        self.sees(&format!("{}を使いました", in_points(points))).await?;
        self.takes_picture("used").await
    }

    /// Types an amount above the limit and goes on to the resident's PIN.
    pub async fn enters_above_the_limit(&self, points: u32) -> Result<(), Trouble> {
        self.enters(points).await?;
        self.presses("暗証番号へ進む").await?;
        self.sees("入力できます").await?;
        self.takes_picture("pin").await
    }

    /// The resident types the PIN, and the clerk presses the button.
    pub async fn has_the_pin_typed(&self, digits: &str, points: u32) -> Result<(), Trouble> {
        self.types(digits).await?;
        self.confirms(points).await
    }

    /// Opens 読取装置を調べる over whatever stands there, and has the card asked how often its PIN can still
    /// be wrong.
    pub async fn asks_for_the_tries_of_the_pin(&self) -> Result<(), Trouble> {
        self.presses_key(Key::F2).await?;
        self.sees("このカードは読み取れます").await?;
        self.presses("暗証番号の残り回数").await
    }

    /// Waits until the screen says that the fate of the operation is not known.
    pub async fn is_told_it_is_being_checked(&self) -> Result<(), Trouble> {
        self.window.shows_within("確かめています", UNTIL_SAID_TO_BE_OPEN).await?;
        self.sees("やり直さないでください").await
    }

    /// Waits until the screen says that the operation took place.
    pub async fn is_told_it_took_place(&self) -> Result<(), Trouble> {
        self.window.shows_within("成立しています", UNTIL_SAID_TO_BE_OPEN).await?;
        self.sees("もう一度、行わないでください").await
    }

    /// Waits until the screen says that the operation did not take place.
    pub async fn is_told_it_did_not_take_place(&self) -> Result<(), Trouble> {
        self.window.shows_within("成立していません", UNTIL_SAID_TO_BE_OPEN).await?;
        self.sees("ポイントは減っていません").await
    }

    /// Goes on from the fate of the last operation to the menu.
    pub async fn has_seen_the_last_operation(&self) -> Result<(), Trouble> {
        self.presses("確かめました").await?;
        self.sees_the_menu().await
    }

    /// Chooses a text size under 文字・表示 and goes back.
    pub async fn chooses_text_size(&self, percent: u16) -> Result<(), Trouble> {
        self.presses("文字・表示").await?;
        self.presses(&format!("{percent}")).await?;
        self.takes_picture("text-and-display").await?;
        self.presses("とじる").await
    }

    /// Sets お客様に向けた画面 and goes back to the menu.
    pub async fn sets_the_residents_screen(&self, shown: &str) -> Result<(), Trouble> {
        self.presses("設定").await?;
        self.window.choose("お客様に向けた画面", shown).await?;
        self.presses("設定を保存する").await?;
        self.sees("設定を保存しました").await?;
        self.presses("もどる").await?;
        self.sees_the_menu().await
    }

    /// Waits until the resident is shown these words.
    pub async fn shows_the_resident(&self, words: &str) -> Result<(), Trouble> {
        self.window.other_shows(words).await
    }

    /// The number on the receipt that is seen on the screen before it is printed.
    pub async fn number_of_the_receipt(&self) -> Result<String, Trouble> {
        self.sees("取引番号").await?;
        let text = self.window.text().await?;
        let number = text.split_once("取引番号").and_then(|(_, after)| after.split_whitespace().next());
        number.map(str::to_owned).ok_or_else(|| Trouble::new(format!("a receipt without a number: {text}")))
    }

    /// Prints the receipt of the operation on the screen.
    pub async fn prints_the_receipt(&self) -> Result<PathBuf, Trouble> {
        self.presses("明細を印刷").await?;
        self.sees("印刷しました").await?;
        self.pc.newest_paper()
    }

    /// Sets the receipt printer of 80 mm at this address, tries it and keeps it.
    pub async fn sets_a_receipt_printer(&self, address: &str) -> Result<(), Trouble> {
        self.presses("設定").await?;
        self.presses("レシートプリンター").await?;
        self.writes("プリンターのアドレス", address).await?;
        self.presses("ためしに印刷する").await?;
        self.sees("紙をお確かめください").await?;
        self.takes_picture("settings").await?;
        self.presses("設定を保存する").await?;
        self.sees("設定を保存しました").await?;
        self.presses("もどる").await?;
        self.sees_the_menu().await
    }

    /// Sets the receipt printer of 80 mm behind this queue, tries it and keeps it.
    pub async fn sets_a_receipt_printer_behind(&self, queue: &str) -> Result<(), Trouble> {
        self.presses("設定").await?;
        self.presses("レシートプリンター").await?;
        self.presses("パソコン経由").await?;
        self.window.choose("プリンター", queue).await?;
        self.presses("ためしに印刷する").await?;
        self.sees("紙をお確かめください").await?;
        self.presses("設定を保存する").await?;
        self.sees("設定を保存しました").await?;
        self.presses("もどる").await?;
        self.sees_the_menu().await
    }

    /// Prints the receipt of the operation on the screen in vain.
    pub async fn prints_in_vain(&self, why: &str) -> Result<(), Trouble> {
        self.presses("明細を印刷").await?;
        self.sees(why).await
    }

    /// Prints the receipt of the operation on the screen, where the paper is not a file.
    pub async fn prints_the_receipt_on_paper(&self) -> Result<(), Trouble> {
        self.presses("明細を印刷").await?;
        self.sees("印刷しました").await
    }

    /// Gives the receipt of the operation on the screen to a queue, of which nobody knows when it prints.
    pub async fn gives_the_receipt_to_the_queue(&self) -> Result<(), Trouble> {
        self.presses("明細を印刷").await?;
        self.sees("印刷に出しました").await
    }

    /// Prints the receipt of the operation on the screen once more, the `time`th reprint.
    pub async fn prints_the_receipt_again(&self, time: u32) -> Result<PathBuf, Trouble> {
        self.prints_the_receipt_on_paper_again(time).await?;
        self.pc.newest_paper()
    }

    /// The same where the paper is not a file.
    pub async fn prints_the_receipt_on_paper_again(&self, time: u32) -> Result<(), Trouble> {
        self.presses("明細を印刷").await?;
        self.sees(&format!("再発行 {time}回目")).await
    }

    /// Voids the use on the screen.
    pub async fn voids_this_use(&self, points: u32) -> Result<(), Trouble> {
        self.presses("この利用を取り消す").await?;
        self.sees("の利用を取り消しますか").await?;
        self.takes_picture("confirm-void").await?;
        self.presses(&format!("{}を戻す", in_points(points))).await?;
        self.sees(&format!("{}の利用を取り消しました", in_points(points))).await?;
        self.takes_picture("voided").await
    }

    /// Goes on to the menu from a result.
    pub async fn goes_on_to_the_next_customer(&self) -> Result<(), Trouble> {
        self.presses("次のお客様へ").await?;
        self.sees_the_menu().await
    }

    /// Closes the window.
    pub async fn closes_the_window(self) -> Result<(), Trouble> {
        self.window.close().await
    }

    /// The power goes.
    pub fn loses_power(self) -> Result<(), Trouble> {
        self.window.kill()
    }
}

/// 1,500ポイント.
fn in_points(points: impl Into<i64>) -> String {
    let digits = points.into().to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}ポイント")
}

#[cfg(test)]
mod tests {
    use super::in_points;

    #[test]
    fn amounts_are_written_as_on_the_screens() {
        let written = [5_i64, 150, 1_500, 20_000, 1_234_567].map(in_points);
        assert_eq!(
            written,
            ["5ポイント", "150ポイント", "1,500ポイント", "20,000ポイント", "1,234,567ポイント"]
        );
    }
}
