//! The catalogue's entries for this PC: its store, its settings, its folders and monitors.
//!
//! A macro that adds them: the codes are one enumeration, and one file of them all would be longer than anybody reads.

macro_rules! with_this_pcs {
    ($($others:tt)*) => {
        with_the_streets! {
            $($others)*

            // L: this PC
            /// The local store cannot be read.
            StoreDamaged = "L-501", Stop, NotConcerned,
                ja: "このパソコンの記録が読めません。", "操作をやめ、自治体の担当課にお知らせください。";
                en: "The records on this PC cannot be read.", "Please stop and tell the municipality.";
            /// The local store was written by a newer version.
            StoreNewer = "L-502", Stop, NotConcerned,
                ja: "このパソコンの記録は、新しい版のソフトのものです。", "新しい版のソフトでお使いください。";
                en: "The records on this PC belong to a newer version of the program.", "Please use the newer version.";
            /// The local store cannot be written (full or read-only disk).
            StoreNotWritable = "L-503", Stop, No,
                ja: "このパソコンに記録を書けません。ポイントは動いていません。", "ディスクの空きを確かめてください。";
                en: "Records cannot be written on this PC. No points have moved.", "Please check that the disk has free space.";
            /// The settings are wrong.
            SettingsInvalid = "L-504", Check, NotConcerned,
                ja: "設定に誤りがあります（{field}）。", "設定を直してください。";
                en: "There is a mistake in the settings ({field}).", "Please correct the settings.";
            /// The system has no window for a folder.
            FolderNotShown = "L-505", Check, NotConcerned,
                ja: "フォルダーを開けませんでした。", "画面に出ている場所を、ファイルの一覧で開いてください。";
                en: "The folder could not be opened.", "Please open the place shown on the screen in your file manager.";
            /// The monitor chosen for the resident's screen is not there.
            ResidentMonitorGone = "L-506", Check, NotConcerned,
                ja: "お客様用画面（{monitor}）が、つながっていません。", "ケーブルと電源を確かめてください。つながるまでは、この画面をお客様にお見せください。";
                en: "The customer's screen ({monitor}) is not connected.", "Please check its cable and power. Until it is back, let the customer look at this screen.";
            /// Another program holds the local store.
            StoreHeld = "L-507", Check, No,
                ja: "このパソコンの記録は、別の窓口のプログラムが使っています。ポイントは動いていません。", "開いている窓口か、窓口のコマンドを終えて、もう一度お始めください。";
                en: "Another Madoguchi program is using the records on this PC. No points have moved.", "Please end the counter that is open, or its command, and start again.";
            /// A password or PIN was asked for and not given.
            NothingTyped = "L-510", Check, No,
                ja: "パスワードか暗証番号の入力がありませんでした。ポイントは動いていません。", "もう一度始めて、たずねられたものを入力してください。";
                en: "A password or PIN was asked for and not given. No points have moved.", "Please start again and type what is asked for.";
            /// Something unforeseen.
            Unforeseen = "L-599", Stop, Unknown,
                ja: "思いがけないことが起きました。", "ソフトを開き直してください。最後の操作は、そのときにお知らせします。";
                en: "Something unforeseen happened.", "Please open the program again. It will then tell you about the last operation.";
        }
    };
}

pub(super) use with_this_pcs;
