//! What a receiver does wrong, in words a vendor can act on.

use madoguchi_domain::language::Language;

/// One thing that is wrong, with the file it shows at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, by what it is.
    pub file: String,
    /// What is wrong.
    pub wrong: Wrong,
}

/// A way to be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The points were not added.
    NotCredited,
    /// They were added more than once.
    CreditedTwice,
    /// Others were added, or to somebody else.
    CreditedOtherwise,
    /// Points were added that must not be.
    Credited,
    /// It is not in `processed/`.
    NotInProcessed,
    /// It is not in `quarantine/`.
    NotInQuarantine,
    /// It still lies in the folder.
    LeftWaiting,
    /// It was taken although it was still being written.
    TakenHalfWritten,
    /// There is no answer.
    NotAnswered,
    /// The answer is not proven by the shared secret, or has another form.
    AnswerNotProven,
    /// The answer says something else than this.
    AnsweredOtherwise(&'static str),
    /// An answer to a file that cannot be believed.
    Answered,
    /// The list of credits has this line.
    ListUnreadable(String),
    /// It looks different from another damaged file.
    ToldApart,
}

impl Wrong {
    /// What is wrong, and what is right.
    pub fn words(&self, language: Language) -> String {
        let [ja, en] = self.sentences();
        match (language, self) {
            (Language::Ja, Self::AnsweredOtherwise(right)) => format!("{ja}（正：{right}）"),
            (Language::En, Self::AnsweredOtherwise(right)) => format!("{en} Right: {right}."),
            (Language::Ja, Self::ListUnreadable(line)) => format!("{ja}（{line}）"),
            (Language::En, Self::ListUnreadable(line)) => format!("{en} It says: {line}"),
            (Language::Ja, _) => ja.to_owned(),
            (Language::En, _) => en.to_owned(),
        }
    }

    const fn sentences(&self) -> [&'static str; 2] {
        match self {
            Self::NotCredited => [
                "ポイントが加算されていません。1回加算し、一覧に出してください。",
                "Its points were not added. Add them once, and list the credit.",
            ],
            Self::CreditedTwice => [
                "ポイントが2回以上加算されています。取引済番号ごとに1回だけ加算してください。",
                "Its points were added more than once. Add each transaction number once.",
            ],
            Self::CreditedOtherwise => [
                "加算先またはポイント数が違います。ファイルの中身のとおりに加算してください。",
                "Other points were added, or to somebody else. Add what the file says.",
            ],
            Self::Credited => {
                ["加算してはならないポイントが加算されています。", "Points were added that must not be."]
            }
            Self::NotInProcessed => [
                "processed/ にありません。受け取ったファイルは中身を変えずに processed/ へ移してください。",
                "It is not in processed/. Move what was received there, unchanged.",
            ],
            Self::NotInQuarantine => [
                "quarantine/ にありません。受け取れないファイルは消さずに quarantine/ へ移してください。",
                "It is not in quarantine/. Move what cannot be received there; do not delete it.",
            ],
            Self::LeftWaiting => [
                "フォルダに残っています。1件の異常でほかを止めず、すべて処理してください。",
                "It still lies in the folder. Deal with every file; one that is damaged must not stop the others.",
            ],
            Self::TakenHalfWritten => [
                "書き込み中のファイルを取り込んでいます。名前が .part で終わるものは触らないでください。",
                "It was taken while it was being written. Leave names that end in .part alone.",
            ],
            Self::NotAnswered => {
                ["受領ファイル（ack_…）がありません。", "There is no acknowledgement (ack_…)."]
            }
            Self::AnswerNotProven => [
                "受領ファイルの形式またはHMAC-SHA-256が違います。",
                "The acknowledgement has another form, or its HMAC-SHA-256 is wrong.",
            ],
            Self::AnsweredOtherwise(_) => {
                ["受領ファイルの内容が違います。", "The acknowledgement says something else."]
            }
            Self::Answered => [
                "信用できないファイルに受領ファイルを出しています。",
                "A file that cannot be believed was acknowledged.",
            ],
            Self::ListUnreadable(_) => [
                "加算の一覧を読めません。point_id・points・number の列を持つCSVか、1行1件のJSONで出してください。",
                "The list of credits cannot be read. Print CSV with the columns point_id, points, number, or JSON lines.",
            ],
            Self::ToldApart => [
                "壊れ方によって、表示・終了コード・フォルダの中のどれかが変わります。どの壊れ方でも同じにしてください（鍵を推測されないため）。",
                "What is shown, the exit code or what lies in the folder tells one damage from another. Make them the \
                 same, so that nobody learns about the key.",
            ],
        }
    }
}
