//! The catalogue's entries for a shopping street's own software (row F7), after all others.
//!
//! A macro that adds them: the codes are one enumeration, and one file of them all would be longer than anybody reads.

macro_rules! with_the_streets {
    ($($others:tt)*) => {
        codes! {
            $($others)*

            // G: a shopping street's own software
            /// The street's books cannot be read.
            StreetBooksDamaged = "G-101", Stop, NotConcerned,
                ja: "このパソコンの帳簿が読めません。", "操作をやめ、商店街の事務局にお知らせください。";
                en: "The books on this PC cannot be read.", "Please stop and tell the street's office.";
            /// The key of the books is not in this PC's credential store: a copied folder.
            StreetKeyMissing = "G-102", Stop, NotConcerned,
                ja: "このパソコンには、この帳簿の鍵がありません。", "登録したパソコンでお使いになるか、商店街の事務局にお知らせください。";
                en: "This PC does not hold the key of these books.", "Please use the PC that was registered, or tell the street's office.";
            /// The books on this PC are another street's.
            BooksOfAnotherStreet = "G-103", Stop, NotConcerned,
                ja: "このパソコンには、別の商店街の帳簿があります。", "商店街の番号を確かめてください。";
                en: "The books on this PC are another street's.", "Please check the street's number.";
            /// What was typed is no street's number.
            StreetNumberInvalid = "G-104", Check, NotConcerned,
                ja: "商店街の番号は、6桁の数字です。", "配られた用紙を見て、もう一度入力してください。";
                en: "A street's number has six digits.", "Please look at the sheet you were given and type it again.";
            /// Terminal ID or password cannot be ones.
            StreetPasswordInvalid = "G-105", Check, NotConcerned,
                ja: "端末IDは英数字とハイフンで20文字まで、端末パスワードは8文字から64文字までです。", "配られた用紙のとおりに、もう一度入力してください。";
                en: "A terminal ID has up to 20 letters, digits and hyphens, a password 8 to 64 characters.", "Please type both again as they stand on the sheet you were given.";
            /// The street's name is missing or too long.
            StreetNameMissing = "G-106", Check, NotConcerned,
                ja: "商店街名が入力されていないか、長すぎます。", "商店街名を、40文字までで入力してください。";
                en: "The street's name is missing or too long.", "Please type a name of up to 40 characters.";
            /// The key sheet is not where it was said to be.
            KeySheetUnreadable = "G-107", Check, NotConcerned,
                ja: "鍵のファイルが読めません。", "USBメモリーなどが差してあるか、場所の入力が合っているかを確かめてください。";
                en: "The file with the keys cannot be read.", "Please check that its stick is plugged in and its place is typed right.";
            /// The file is no key sheet.
            KeySheetInvalid = "G-108", Stop, NotConcerned,
                ja: "このファイルは、合算の鍵のファイルではありません。", "自治体から受け取ったファイルを確かめてください。";
                en: "This file does not hold the keys for merged points.", "Please check which file the municipality gave you.";
            /// The key sheet is another street's.
            KeySheetOfAnotherStreet = "G-109", Stop, NotConcerned,
                ja: "この鍵は、別の商店街のものです。", "商店街の番号と、鍵のファイルを確かめてください。";
                en: "These keys are another street's.", "Please check the street's number and the file with the keys.";
            /// No keys are kept for the street.
            MergeKeysMissing = "G-110", Stop, NotConcerned,
                ja: "合算ポイントを受け取るための鍵がありません。", "設定の「鍵」で、自治体から受け取ったファイルを選んでください。";
                en: "The keys for receiving merged points are missing.", "Please choose the file from the municipality under Settings, Keys.";

            /// Nobody has this ID.
            MemberUnknown = "G-201", Check, No,
                ja: "この番号の会員は、いません。ポイントは動いていません。", "番号を確かめるか、会員として登録してください。";
                en: "No member has this number. No points have moved.", "Please check the number, or let the customer join.";
            /// What was typed is no ID.
            MemberIdInvalid = "G-202", Check, NotConcerned,
                ja: "会員の番号は、英数字と記号で64文字までです。コンマは使えません。", "番号を確かめて、もう一度入力してください。";
                en: "A member's number has up to 64 letters, digits and signs, without commas.", "Please check the number and type it again.";
            /// The ID is somebody's already.
            MemberIdTaken = "G-203", Stop, NotConcerned,
                ja: "この番号の会員は、すでにいます。登録していません。", "番号を確かめてください。";
                en: "A member has this number already. Nothing was registered.", "Please check the number.";

            /// The ID is not the member's any more, or is the only one.
            MemberIdStays = "G-204", Stop, NotConcerned,
                ja: "この番号は、なくせません。何も変えていません。", "会員には、番号が1つは要ります。先に正しい番号を加えるか、「直す」を使ってください。";
                en: "This number cannot be removed. Nothing was changed.", "A member needs at least one. Please add the right number first, or correct this one.";
            /// Somebody changed it since it was shown.
            MemberIdChanged = "G-205", Check, NotConcerned,
                ja: "この番号は、もうこの会員のものではありません。何も変えていません。", "会員の画面を開き直して、確かめてください。";
                en: "This number is not this member's any more. Nothing was changed.", "Please open the member again and check.";

            /// What was typed is no merge's number.
            MergeNumberInvalid = "G-206", Check, NotConcerned,
                ja: "取引済番号は、20桁の数字です。", "自治体の一覧か、お客様の控えを見て、もう一度入力してください。";
                en: "A transaction number has 20 digits.", "Please look at the municipality's list or the customer's receipt and type it again.";
            /// No file in quarantine names anybody under this number.
            FileNamesNobody = "G-207", Check, No,
                ja: "この番号のファイルからは、どなたのものか分かりません。ポイントは動いていません。", "会員の番号を入力して登録し、もう一度受け取ってください。";
                en: "The file of this number does not tell whose it is. No points have moved.", "Please type the member's number to let them join, then receive again.";

            /// The balance is too low.
            StreetPointsShort = "G-301", Stop, No,
                ja: "残高が足りません。使えるのは {available}ポイントまでです。ポイントは動いていません。", "ポイント数を直してください。";
                en: "The balance is too low. Up to {available} points can be used. No points have moved.", "Please correct the number of points.";
            /// This ticket was added in this street before.
            TicketAddedBefore = "G-302", Stop, No,
                ja: "このポイント券は、この商店街ですでに加算されています。ポイントは動いていません。", "券の利用店舗印を確かめてください。";
                en: "This ticket was added in this street before. No points have moved.", "Please look for a shop's stamp on the ticket.";
            /// It was taken back before.
            PostingVoidedBefore = "G-303", Stop, No,
                ja: "この操作は、すでに取り消されています。ポイントは動いていません。", "本日の一覧で確かめてください。";
                en: "This was voided before. No points have moved.", "Please check today's list.";
            /// Not of today, a void, or a charge.
            PostingNotVoidable = "G-304", Stop, No,
                ja: "この操作は、ここでは取り消せません。ポイントは動いていません。", "当日のポイント利用・買上・券の加算を取り消せます。";
                en: "This cannot be voided here. No points have moved.", "Uses, purchases and tickets of today can be voided.";
            /// A purchase that gives nothing.
            PurchaseGivesNothing = "G-305", Check, No,
                ja: "このお買い物では、ポイントがつきません。", "お買い上げの金額を確かめてください。";
                en: "This purchase gives no points.", "Please check the amount paid.";
            /// The key was used for something else, or the posting is not there.
            StreetActMixedUp = "G-306", Stop, No,
                ja: "操作が入れちがいました。ポイントは動いていません。", "最初の画面から、もう一度行ってください。";
                en: "Two acts were mixed up. No points have moved.", "Please begin again from the first screen.";
            /// No stored-value card answers.
            StoredValueCardAbsent = "G-307", Check, No,
                ja: "チャージするカードが、読み取れません。ポイントは動いていません。", "カードを置いて、もう一度行ってください。";
                en: "The card to be charged cannot be read. No points have moved.", "Please put the card on and try again.";
            /// An open charge was begun with another card.
            StoredValueCardOther = "G-308", Stop, No,
                ja: "はじめにチャージしたカードとは、ちがうカードです。", "はじめのカードを置いてください。そのカードだけが、結果を知っています。";
                en: "This is not the card the charge was begun with.", "Please put that card on; it alone knows what became of it.";

            /// What is to be taken back was used by the member.
            PointsUsedMeanwhile = "G-309", Stop, No,
                ja: "お客様がポイントを使われたため、取り消せません（残高 {available}ポイント）。ポイントは動いていません。", "このままにして、合算のときは自治体に、ほかは商店街の事務局にご相談ください。";
                en: "The customer has used these points, so they cannot be taken back (balance {available} points). No points have moved.", "Please leave it so and ask the municipality about a merge, the street's office about anything else.";
            /// The number of a merge that was received is not declined.
            MergeReceivedBefore = "G-310", Stop, No,
                ja: "この取引済番号は、受け取っています。断ることはできません。ポイントは動いていません。", "取り消すときは、会員の履歴の「合算を戻す」を使ってください。";
                en: "This transaction was received, so it cannot be declined. No points have moved.", "To take it back, please use Book back in the member's history.";

            /// The agreed folder is not there.
            DropFolderGone = "G-401", Check, NotConcerned,
                ja: "合算ポイントの受取フォルダーが、見つかりません。", "ネットワークと、設定のフォルダーの場所を確かめてください。";
                en: "The folder for merged points cannot be found.", "Please check the network, and the folder in the settings.";
            /// Its disk is full.
            DropFolderFull = "G-402", Check, NotConcerned,
                ja: "受取フォルダーのディスクに、空きがありません。", "空きをつくり、もう一度受け取ってください。";
                en: "The disk of the folder for merged points is full.", "Please make room and receive again.";
            /// It may be read, not written.
            DropFolderReadOnly = "G-403", Check, NotConcerned,
                ja: "受取フォルダーに、書くことができません。", "フォルダーの書き込みの許可を、パソコンの管理者にお願いしてください。";
                en: "The folder for merged points cannot be written to.", "Please ask the administrator for the right to write there.";
            /// Anything else with it.
            DropFolderFailed = "G-404", Check, NotConcerned,
                ja: "受取フォルダーを、うまく読み書きできませんでした。", "少し待って、もう一度受け取ってください。";
                en: "The folder for merged points could not be read or written.", "Please wait a moment and receive again.";
            /// A file that was to be written beside the papers.
            HistoryNotWritten = "G-405", Check, NotConcerned,
                ja: "履歴のファイルを書けませんでした。", "設定の「印刷」で、書ける場所を選んでください。";
                en: "The file with the history could not be written.", "Please choose another place under Settings, Printing.";

            /// No pairing with Madoguchi is kept.
            CardReadingNotPaired = "G-501", Check, No,
                ja: "カードを読む準備が、まだできていません。", "設定の「カードの読み取り」で、窓口とつないでください。番号の入力でも、さがせます。";
                en: "Reading cards is not set up yet.", "Please pair with Madoguchi under Settings, Reading cards. The number can also be typed.";
            /// Nobody answers at the port.
            MadoguchiNotThere = "G-502", Check, No,
                ja: "このパソコンの窓口（自治体ポイントのソフト）が、答えません。ポイントは動いていません。", "窓口を開き、設定の「ほかのプログラム」で使えるようにしてください。番号の入力でも、さがせます。";
                en: "Madoguchi, the municipal points program on this PC, does not answer. No points have moved.", "Please open it and allow other programs in its settings. The number can also be typed.";
            /// The pairing was taken away there.
            PairingEnded = "G-503", Stop, No,
                ja: "窓口とのつながりが、切られています。ポイントは動いていません。", "設定の「カードの読み取り」で、つなぎ直してください。番号の入力でも、さがせます。";
                en: "The pairing with Madoguchi was ended there. No points have moved.", "Please pair again under Settings, Reading cards. The number can also be typed.";
            /// Nobody put a card on.
            NoCardInTime = "G-504", Check, No,
                ja: "カードが、時間のうちに置かれませんでした。ポイントは動いていません。", "もう一度読み取るか、番号を入力してください。";
                en: "No card was put on in time. No points have moved.", "Please read again, or type the number.";
            /// Its owner has no number at this street.
            NoNumberOfThisStreet = "G-505", Check, No,
                ja: "このマイナンバーカードには、この商店街の番号が登録されていません。ポイントは動いていません。", "窓口の「サービスIDの登録」で登録するか、会員証をお使いください。";
                en: "This My Number card has no number of this street. No points have moved.", "Please register one in Madoguchi under service IDs, or use the member's card.";
            /// What answered is nothing this program understands.
            MadoguchiNotUnderstood = "G-506", Stop, No,
                ja: "窓口の答えが、分かりませんでした。ポイントは動いていません。", "窓口とこのソフトを、同じ版にしてください。番号の入力でも、さがせます。";
                en: "Madoguchi's answer makes no sense. No points have moved.", "Please bring both programs to the same version. The number can also be typed.";
            /// No card was read before.
            NoCardRead = "G-507", Check, No,
                ja: "読み取ったカードがありません。ポイントは動いていません。", "カードを、もう一度読み取ってください。";
                en: "No card was read. No points have moved.", "Please read the card again.";
        }
    };
}

pub(super) use with_the_streets;
