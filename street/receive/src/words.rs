//! What the receiver says, in Japanese and English: what happened, and what to do now.

use crate::trouble::Trouble;
use madoguchi_domain::language::Language;
use madoguchi_domain::points::grouped;
use madoguchi_street::books::NotDone;
use madoguchi_street::receiving::Tally;
use madoguchi_street::{Fault, FolderTrouble};

/// One pass in a line; what has to be looked at in lines of its own.
pub(crate) fn of_tally(tally: &Tally, language: Language) -> String {
    let mut lines = Vec::new();
    let points = grouped(tally.points);
    let Tally { received, already_received, taken_back, .. } = tally;
    let Tally { unknown_member, other_content, not_genuine, unreadable, .. } = tally;
    lines.push(match language {
        Language::Ja => format!("受け取り {received}件・{points}ポイント（受取済み {already_received}件）"),
        Language::En => {
            format!("Received {received} files, {points} points ({already_received} had come before)")
        }
    });
    let counted = [
        (taken_back, TAKEN_BACK),
        (other_content, OTHER_CONTENT),
        (unknown_member, UNKNOWN_MEMBER),
        (not_genuine, NOT_GENUINE),
        (unreadable, UNREADABLE),
    ];
    for (count, [ja, en]) in counted {
        if *count > 0 {
            lines.push(match language {
                Language::Ja => format!("{count}件：{ja}"),
                Language::En => format!("{count}: {en}"),
            });
        }
    }
    lines.join("\n")
}

const OTHER_CONTENT: [&str; 2] = [
    "【警告】受取済みの取引済番号で、内容の違うファイルです。quarantine に移しました。自治体に連絡してください。",
    "ALARM: a number that had come before, with other content. Moved to quarantine. Tell the municipality.",
];
const TAKEN_BACK: [&str; 2] = [
    "取り消した取引済番号のファイルです。加算せず、processed に移しました。",
    "A number that was taken back. Nothing was added; moved to processed.",
];
const UNKNOWN_MEMBER: [&str; 2] = [
    "この商店街ポイントIDの会員がいません。quarantine に移しました。会員を登録すると受け取ります。",
    "Nobody has this street point ID. Moved to quarantine; it is received once the member is on the list.",
];
const NOT_GENUINE: [&str; 2] = [
    "受け取れないファイルです。quarantine に移しました。合算した店に、ファイルの再取得を頼んでください。",
    "The file cannot be received. Moved to quarantine. Ask the shop to fetch it again.",
];
const UNREADABLE: [&str; 2] = [
    "いま読めない、または移せないファイルです。そのまま置いてあり、次回もう一度試します。続くときは、ほかのソフトが使っていないかと、権限を確かめてください。",
    "The file cannot be read or moved now. It was left there and is tried again next time. Should that go on, check \
     whether another program uses it, and the rights.",
];

/// What happened, and what to do now.
pub(crate) fn of_trouble(trouble: &Trouble, language: Language) -> String {
    let [ja, en] = sentences(trouble);
    let words = match language {
        Language::Ja => ja,
        Language::En => en,
    };
    format!("madoguchi-receive: {words}\n({trouble})")
}

fn sentences(trouble: &Trouble) -> [&'static str; 2] {
    match trouble {
        Trouble::Street(fault) => of_fault(fault),
        Trouble::Books(_) => [
            "帳簿の残高と履歴が合いません。使わずに、サポートに連絡してください。",
            "Balances and history do not agree. Stop using these books and call for support.",
        ],
        Trouble::SheetUnreadable(_) => [
            "鍵ファイルを読めません。場所と読み取りの権限を確かめてください。",
            "The key sheet cannot be read. Check where it lies and who may read it.",
        ],
        Trouble::SheetOpenToOthers => [
            "鍵ファイルをほかの人も読めます。本人だけが読めるようにしてください（chmod 600）。",
            "Others can read the key sheet. Let only this user read it (chmod 600).",
        ],
        Trouble::Sheet(_) => [
            "鍵ファイルの書き方が違います。受け取ったままのファイルを使ってください。",
            "The key sheet is not written as it should be. Use the file as it was handed over.",
        ],
        Trouble::NoKeysKept => [
            "この商店街の鍵がこのパソコンにありません。keep-keys で登録してください。",
            "This PC has no keys of this street. Keep them first, with keep-keys.",
        ],
        Trouble::MembersUnreadable(_) => [
            "会員の一覧を読めません。ファイルを確かめてください。",
            "The list of members cannot be read. Check the file.",
        ],
        Trouble::NotAMember(_) => [
            "会員の一覧にIDでない行があります。その行を直してください。",
            "A line of the list of members is no ID. Correct that line.",
        ],
        Trouble::NotBookedBack(NotDone::NoSuchPosting) => [
            "この取引済番号は受け取っていません。番号を確かめてください。受け取らないことにするには decline を使います。",
            "This number was not received. Check it. To receive it never, use decline.",
        ],
        Trouble::NotBookedBack(_) => [
            "この取引済番号は取り消せません。会員の残高を確かめてください。",
            "This number cannot be booked back. Check the member's balance.",
        ],
        Trouble::NotDeclined(_) => [
            "この取引済番号は受け取り済みです。会員のポイントを引いてから、book-back を使ってください。",
            "This number was received. Take the points from the member, then use book-back.",
        ],
        Trouble::NotHandedOut(_) => [
            "ポイントは受け取りましたが、一覧に書けませんでした。次回に書きます。書き込み先を確かめてください。",
            "The points were received but could not be listed; they are the next time. Check where the list goes.",
        ],
    }
}

fn of_fault(fault: &Fault) -> [&'static str; 2] {
    match fault {
        Fault::Folder(folder) => of_folder(folder.trouble),
        Fault::Store(_) => [
            "データベースを使えません。空き容量と、同じプログラムが動いていないかを確かめてください。",
            "The database cannot be used. Check the free space, and whether this program runs already.",
        ],
        Fault::AnotherStreet => [
            "このデータは別の商店街のものです。--data の場所を確かめてください。",
            "These books are another street's. Check the folder given with --data.",
        ],
        Fault::Vault(_) => [
            "パソコンの資格情報ストアを使えません。ログインし直してから、もう一度実行してください。",
            "This PC's credential store cannot be used. Sign in to the PC again, then try once more.",
        ],
        Fault::KeyMissing => [
            "データベースの鍵が見つかりません。元のパソコン・元のユーザーで実行してください。",
            "The database's key is missing. Run on the PC and as the user that made it.",
        ],
    }
}

fn of_folder(trouble: FolderTrouble) -> [&'static str; 2] {
    match trouble {
        FolderTrouble::Gone => [
            "受け取りフォルダが見つかりません。共有フォルダの接続を確かめてください。",
            "The folder is not there. Check the connection to the share.",
        ],
        FolderTrouble::Full => [
            "受け取りフォルダのディスクがいっぱいです。空きを作ってください。",
            "The folder's disk is full. Make some room.",
        ],
        FolderTrouble::ReadOnly => [
            "受け取りフォルダに書き込めません。権限を確かめてください。",
            "The folder cannot be written. Check the rights.",
        ],
        FolderTrouble::Failed => [
            "受け取りフォルダを使えません。しばらくしてから、もう一度実行してください。",
            "The folder cannot be used. Try again in a while.",
        ],
    }
}
