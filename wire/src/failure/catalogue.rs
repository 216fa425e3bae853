//! The catalogue: each stable code with number, tone, whether points moved, and two sentences per language.
//!
//! What happened, then what to do now. です・ます, no blame, no code and no exclamation mark in the
//! sentence; お客様 for the resident. `{name}` is a value filled in by the caller.

use super::codes::codes;
use super::filled::{Entry, PointsMoved, Tone};
use super::of_the_street::with_the_streets;
use super::of_this_pc::with_this_pcs;
use serde::{Deserialize, Serialize};

with_this_pcs! {
    // T: the terminal itself
    /// Terminal ID or password is wrong (which of them is not said).
    WrongPassword = "T-101", Stop, NotConcerned,
        ja: "端末IDまたは端末パスワードがちがいます。", "配られた用紙のとおりに、もう一度入力してください。";
        en: "The terminal ID or password is wrong.", "Please type both again as they stand on the sheet you were given.";
    /// Too many wrong passwords; waiting is required.
    PasswordSlowed = "T-102", Check, NotConcerned,
        ja: "まちがいが続いたため、しばらく受け付けません。", "{seconds}秒たってから、もう一度入力してください。";
        en: "After several wrong tries, entry is paused.", "Please try again in {seconds} seconds.";
    /// The terminal ID is registered already; the municipality must release it.
    AlreadyRegistered = "T-103", Stop, NotConcerned,
        ja: "この端末IDは、すでに登録されています。", "登録し直すときは、自治体に「端末の解除」をお願いしてください。";
        en: "This terminal ID is already registered.", "To register it anew, please ask the municipality to release it.";
    /// Another active terminal has this device's fingerprint.
    FingerprintTaken = "T-104", Stop, NotConcerned,
        ja: "このパソコンは、別の端末IDで登録されています。", "その端末IDをお使いになるか、自治体に解除をお願いしてください。";
        en: "This PC is already registered under another terminal ID.", "Please use that terminal ID, or ask the municipality to release it.";
    /// The device is not the one that was registered.
    FingerprintChanged = "T-105", Stop, NotConcerned,
        ja: "このパソコンは、登録したときと変わっています（{sources}）。", "自治体に「端末の解除」をお願いし、登録し直してください。";
        en: "This PC has changed since it was registered ({sources}).", "Please ask the municipality to release the terminal, then register again.";
    /// The municipality suspended the terminal.
    TerminalSuspended = "T-106", Stop, NotConcerned,
        ja: "この端末は、自治体により停止されています。", "自治体の担当課にお問い合わせください。";
        en: "This terminal has been suspended by the municipality.", "Please contact the municipality.";
    /// The registration was released or the device key is not the registered one.
    RegistrationEnded = "T-107", Stop, NotConcerned,
        ja: "この端末の登録は、解除されています。", "自治体から端末パスワードを受け取り、登録し直してください。";
        en: "This terminal's registration has been released.", "Please get a terminal password from the municipality and register again.";
    /// The session is over; the terminal opens a new one by itself.
    SessionEnded = "T-108", Check, NotConcerned,
        ja: "クラウドとの接続の期限が切れました。", "自動でつなぎ直します。少しお待ちください。";
        en: "The connection to the cloud has expired.", "It is being renewed automatically. Please wait a moment.";
    /// The terminal does not have this function.
    FunctionNotAllowed = "T-109", Stop, No,
        ja: "この端末では、この操作は使えません。", "必要なときは、自治体の担当課にご相談ください。";
        en: "This terminal may not do this.", "If it is needed, please ask the municipality.";
    /// The device key is not in this PC's credential store: a copied data folder.
    DeviceKeyMissing = "T-110", Stop, NotConcerned,
        ja: "このパソコンには、この端末の鍵がありません。", "登録したパソコンでお使いになるか、自治体に解除をお願いして登録し直してください。";
        en: "This PC does not hold this terminal's key.", "Please use the PC that was registered, or ask the municipality to release the terminal and register again.";
    /// No credential store is available.
    VaultAbsent = "T-111", Stop, NotConcerned,
        ja: "鍵をしまう場所（資格情報ストア）が使えません。", "パソコンにサインインし直してください。続くときは、パソコンの管理者にお知らせください。";
        en: "The credential store, where keys are kept, is not available.", "Please sign in to the PC again. If this continues, tell its administrator.";
    /// Too few sources make up this PC's fingerprint.
    FingerprintTooWeak = "T-112", Stop, NotConcerned,
        ja: "このパソコンを見分ける情報が足りません（{sources}）。", "このパソコンでは登録できません。パソコンの管理者にお知らせください。";
        en: "There is too little to tell this PC from others ({sources}).", "It cannot be registered. Please tell its administrator.";
    /// The terminal is not registered yet.
    NotRegistered = "T-113", Check, NotConcerned,
        ja: "この端末は、まだ登録されていません。", "はじめに、端末の登録をしてください。";
        en: "This terminal is not registered yet.", "Please register it first.";
    /// A contact detail is missing or malformed.
    ContactIncomplete = "T-114", Check, NotConcerned,
        ja: "{field}の入力に、足りないところがあります。", "例のとおりに入力してください。";
        en: "Something is missing in: {field}.", "Please fill it in as shown in the example.";
    /// The password must be typed first: a new day, a lock, or never yet.
    SignInNeeded = "T-115", Check, No,
        ja: "端末パスワードの入力が必要です。ポイントは動いていません。", "端末パスワードを入力してください。";
        en: "The terminal password is needed. No points have moved.", "Please type the terminal password.";
    /// The password typed to sign in is wrong; the terminal ID is not in question.
    WrongTerminalPassword = "T-116", Check, NotConcerned,
        ja: "端末パスワードがちがいます。", "配られた用紙を見て、もう一度入力してください。";
        en: "The terminal password is wrong.", "Please look at the sheet you were given and type it again.";
    /// The municipality wants a staff name with each sign-in.
    StaffNameMissing = "T-117", Check, NotConcerned,
        ja: "担当者名が入力されていないか、長すぎます。", "担当者名を、30文字までで入力してください。";
        en: "The staff name is missing or too long.", "Please type a staff name of up to 30 characters.";
    // N: the way to the cloud
    /// The cloud cannot be reached or does not answer in time.
    CloudUnreachable = "N-201", Check, NotConcerned,
        ja: "クラウドにつながりません。", "ネットワークの線と無線を確かめてください。つながると、自動で続きます。";
        en: "The cloud cannot be reached.", "Please check the network. It goes on by itself once connected.";
    /// The cloud is busy; nothing was done.
    CloudBusy = "N-202", Check, No,
        ja: "クラウドが混み合っています。ポイントは動いていません。", "少し待って、もう一度行ってください。";
        en: "The cloud is busy. No points have moved.", "Please wait a moment and try again.";
    /// The cloud's certificate is not of the authority in the settings, or not of this PC's date.
    CloudNotTrusted = "N-203", Stop, NotConcerned,
        ja: "つながった先が、正しいクラウドだと確かめられません。", "パソコンの日付を確かめ、正しいときは、パソコンの管理者に設定の認証局をお確かめいただいてください。";
        en: "The server reached could not be verified as the right cloud.", "Please check this PC's date; if it is right, ask the administrator to check the authority in the settings.";
    /// Plain HTTP is only allowed to this PC itself.
    CloudAddressInsecure = "N-204", Stop, NotConcerned,
        ja: "この接続先は、暗号化されないため使えません。", "https で始まる接続先を設定してください。";
        en: "This address is not encrypted and cannot be used.", "Please set an address that starts with https.";
    /// The cloud did not understand the request.
    Malformed = "N-205", Stop, No,
        ja: "クラウドが、この操作を受け付けませんでした。ポイントは動いていません。", "入力を確かめ、続くときはソフトを更新してください。";
        en: "The cloud did not accept this. No points have moved.", "Please check what was entered; if this continues, update the program.";
    /// Too many requests.
    TooManyRequests = "N-206", Check, No,
        ja: "短い間に操作が続いたため、少し待っています。", "{seconds}秒たってから、もう一度行ってください。";
        en: "Too many operations in a short time.", "Please try again in {seconds} seconds.";
    /// The cloud could not finish the request.
    CloudFailed = "N-207", Check, NotConcerned,
        ja: "クラウドで、うまくいかないことがありました。", "少し待って、もう一度行ってください。続くときは、番号を自治体にお知らせください。";
        en: "Something went wrong in the cloud.", "Please wait and try again. If this continues, tell the municipality this number.";
    /// The cloud is not the one of the registration.
    OtherCloud = "N-208", Stop, NotConcerned,
        ja: "登録したときとは、別のクラウドにつながっています。", "設定の接続先を、もとに戻してください。";
        en: "This is not the cloud this terminal was registered with.", "Please set the address back in the settings.";
    /// A training cloud answers where points are real.
    TrainingCloud = "N-209", Stop, NotConcerned,
        ja: "この接続先は、訓練用のクラウドです。本物のポイントは扱えません。", "設定の接続先を、本番のクラウドに直してください。";
        en: "This address is a training cloud. It holds no real points.", "Please set the address of the real cloud in the settings.";
    /// A cloud with real points answers in training.
    NotATrainingCloud = "N-210", Stop, NotConcerned,
        ja: "この接続先は、本番のクラウドです。訓練では使えません。", "設定の接続先を、訓練用のクラウドに直してください。";
        en: "This address is the real cloud. It cannot be used in training.", "Please set the address of the training cloud in the settings.";
    // C: reader and card
    /// The PC/SC service does not run.
    CardServiceAbsent = "C-101", Check, NotConcerned,
        ja: "カードを読むしくみ（PC/SC）が動いていません。", "自動で動き出すのを待っています。続くときは、パソコンを再起動してください。";
        en: "The card service (PC/SC) is not running.", "Waiting for it to start. If this continues, please restart the PC.";
    /// The card left before reading ended.
    CardRemoved = "C-102", Check, No,
        ja: "カードが、読み終わる前に離れました。ポイントは動いていません。", "もう一度カードを置き、「読み取りました」と出るまでお待ちください。";
        en: "The card was lifted before reading ended. No points have moved.", "Put it back and wait for \"Card read\".";
    /// No reader is attached.
    ReaderAbsent = "C-103", Check, NotConcerned,
        ja: "読取装置が見つかりません。", "USBケーブルを抜き、5秒待って差し直してください。";
        en: "The reader cannot be found.", "Unplug the USB cable, wait 5 seconds and plug it in again.";
    /// This does not seem to be a My Number card.
    NotMyNumberCard = "C-104", Stop, No,
        ja: "このカードは、マイナンバーカードではないようです。", "カードをお確かめのうえ、置き直してください。";
        en: "This does not seem to be a My Number card.", "Please check the card and put it on again.";
    /// Another program holds the card.
    CardBusy = "C-105", Check, No,
        ja: "ほかのソフトが、カードを使っています。", "ほかのソフトを閉じ、カードを置き直してください。";
        en: "Another program is using the card.", "Please close the other program and put the card on again.";
    /// The card does not answer.
    CardUnresponsive = "C-106", Check, No,
        ja: "カードから返事がありません。", "財布やケースから出し、向きを確かめて置き直してください。";
        en: "The card does not answer.", "Please take it out of any wallet or case and put it on again.";
    /// The card's certificate leads to no MyKey ID.
    CardWithoutMykeyId = "C-107", Stop, No,
        ja: "このカードには、まだマイキーIDがありません。", "マイキーIDの登録を、お客様にご案内ください。";
        en: "This card has no MyKey ID yet.", "Please tell the customer how to register a MyKey ID.";
    /// This user may not use the PC/SC service.
    CardServiceRefused = "C-108", Stop, NotConcerned,
        ja: "この利用者では、読取装置を使うことが許されていません。", "パソコンの管理者に、読取装置の利用許可をお願いしてください。";
        en: "This user is not allowed to use the reader.", "Please ask the PC's administrator for permission to use the reader.";
    /// The certificate is behind the PIN (a phone).
    PinFirst = "C-109", Stop, No,
        ja: "スマートフォンのマイナンバーカードは、先に暗証番号が必要です。", "お客様に、暗証番号の入力をお願いしてください。";
        en: "A My Number card on a phone needs the PIN first.", "Please ask the customer to enter the PIN.";
    /// Wrong PIN.
    WrongPin = "C-110", Check, No,
        ja: "暗証番号がちがいます。あと{tries}回まちがえると使えなくなります。", "お客様に、続けてよいかお確かめください。";
        en: "The PIN is wrong. It locks after {tries} more wrong tries.", "Please ask the customer whether to go on.";
    /// The PIN is locked.
    PinLocked = "C-111", Stop, No,
        ja: "暗証番号が使えなくなっています。", "お住まいの市区町村の窓口で、初期化をお願いしてください。";
        en: "This PIN is locked.", "Please ask the customer to have it reset at their municipal office.";
    /// The card's auth certificate is past its last day.
    CardExpired = "C-112", Stop, No,
        ja: "このカードの電子証明書は、有効期限が切れています。ポイントは動いていません。", "お住まいの市区町村の窓口での更新を、お客様にご案内ください。";
        en: "This card's electronic certificate has expired. No points have moved.", "Please ask the customer to renew it at their municipal office.";
    /// Another card than the one that was read for this visit.
    OtherCard = "C-113", Stop, No,
        ja: "はじめに読み取ったカードとは、ちがうカードです。ポイントは動いていません。", "はじめのカードを置いてください。";
        en: "This is not the card that was read first. No points have moved.", "Please put the first card back on.";
    /// No trusted authority stands behind the card's certificate.
    CardUntrusted = "C-114", Stop, No,
        ja: "このカードの電子証明書を、確かめられませんでした。ポイントは動いていません。", "お住まいの市区町村の窓口を、お客様にご案内ください。";
        en: "This card's electronic certificate could not be verified. No points have moved.", "Please direct the customer to their municipal office.";
    /// One try is left for the PIN, and nobody has agreed to spend it.
    LastPinTry = "C-115", Check, No,
        ja: "暗証番号は、あと1回まちがえると使えなくなります。", "お客様に、続けてよいかお確かめください。";
        en: "One more mistake locks the PIN.", "Please ask the customer whether to go on.";
    /// What was typed is no PIN.
    PinMalformed = "C-116", Check, No,
        ja: "暗証番号は、4けたの数字です。", "もう一度、入力してください。";
        en: "The PIN has four digits.", "Please enter it again.";
    /// No card lies on the reader where one is needed.
    CardAbsent = "C-117", Check, No,
        ja: "読取装置に、カードがありません。ポイントは動いていません。", "はじめに読み取ったカードを置いてください。";
        en: "There is no card on the reader. No points have moved.", "Please put on the card that was read first.";
    /// Another card of the same person has taken this one's place.
    CardRenewed = "C-118", Stop, No,
        ja: "このカードは、新しいカードに替わっています。ポイントは動いていません。", "新しいマイナンバーカードを置いてください。";
        en: "This card has been replaced by a newer one. No points have moved.", "Please put on the new My Number card.";
    /// Not a FeliCa card where one is read.
    NotFelica = "C-119", Check, NotConcerned,
        ja: "このカードは、FeliCaのカードではありません。", "読み取るカードをお確かめのうえ、置き直してください。";
        en: "This is not a FeliCa card.", "Please check which card is to be read and put it on again.";
    /// The reader can be asked for a FeliCa card's blocks in no way we know.
    NoFelicaDialect = "C-120", Stop, NotConcerned,
        ja: "この読取装置では、FeliCaのカードの番号を読めません。", "ほかの読取装置かバーコードをお使いになり、装置の名前を保守の窓口にお知らせください。";
        en: "This reader cannot read the number on a FeliCa card.", "Please use another reader or the bar code, and tell support the reader's name.";
    /// The card said no to the signing password.
    WrongSigningPassword = "C-121", Check, NotConcerned,
        ja: "署名用パスワードがちがいます。あと{tries}回まちがえると使えなくなります。", "お客様に、続けてよいかお確かめください。";
        en: "The signing password is wrong. It locks after {tries} more wrong tries.", "Please ask the customer whether to go on.";
    /// The signing password is locked.
    SigningPasswordLocked = "C-122", Stop, NotConcerned,
        ja: "署名用パスワードが使えなくなっています。", "お住まいの市区町村の窓口で、初期化をお願いしてください。通知は、なくてもかまいません。";
        en: "The signing password is locked.", "Please ask the customer to have it reset at their municipal office. The notice can be left out.";
    /// One try is left for the signing password, and nobody has agreed to spend it.
    LastSigningPasswordTry = "C-123", Check, NotConcerned,
        ja: "署名用パスワードは、あと1回まちがえると使えなくなります。", "お客様に、続けてよいかお確かめください。";
        en: "One more mistake locks the signing password.", "Please ask the customer whether to go on.";
    /// What was typed is no signing password.
    SigningPasswordMalformed = "C-124", Check, NotConcerned,
        ja: "署名用パスワードは、英数字で6文字から16文字です。", "もう一度、入力してください。";
        en: "The signing password has 6 to 16 letters and digits.", "Please enter it again.";
    /// The card has no signing certificate.
    NoSigningCertificate = "C-125", Stop, NotConcerned,
        ja: "このカードには、署名用電子証明書がありません。", "住所の変更は、これまでどおりお客様からお聞きください。";
        en: "This card has no signing certificate.", "Please go on asking the customer about a new address.";
    /// No card was put on within the time that was waited.
    NoCardCame = "C-130", Check, No,
        ja: "カードが置かれませんでした。ポイントは動いていません。", "もう一度始めて、カードを読取装置に置いてください。";
        en: "No card was put on. No points have moved.", "Please start again and put the card on the reader.";
    // P: points
    /// Not an amount: empty, zero, negative, not whole, too large.
    AmountInvalid = "P-301", Check, No,
        ja: "使うポイント数は、1以上の数で入力してください。", "数を直してください。";
        en: "The number of points must be a whole number of 1 or more.", "Please change the number.";
    /// The balance is too low.
    Insufficient = "P-302", Stop, No,
        ja: "残高が足りません。使えるのは {available}ポイントまでです。", "数を直してください。";
        en: "The balance is too low. Up to {available} points can be used.", "Please change the number.";
    /// Above the limit per use without PIN.
    OverLimitPerUse = "P-303", Stop, No,
        ja: "暗証番号なしで使えるのは、1回 {limit}ポイントまでです。ポイントは動いていません。", "数を直してください。";
        en: "Without a PIN, up to {limit} points can be used at a time. No points have moved.", "Please change the number.";
    /// Above what is left for today without PIN.
    OverLimitPerDay = "P-304", Stop, No,
        ja: "暗証番号なしで本日使えるのは、あと {left}ポイントです。ポイントは動いていません。", "数を直してください。";
        en: "Without a PIN, {left} more points can be used today. No points have moved.", "Please change the number.";
    /// The visit's five minutes are over.
    VisitExpired = "P-305", Check, No,
        ja: "カードを読んでから時間がたちました。ポイントは動いていません。", "もう一度カードを置いてください。";
        en: "It has been a while since the card was read. No points have moved.", "Please put the card on again.";
    /// The currency cannot be used at this terminal now.
    NotUsableHere = "P-306", Stop, No,
        ja: "{currency}は、この端末では使えません。ポイントは動いていません。", "ほかのポイントをお選びください。";
        en: "{currency} cannot be used at this terminal. No points have moved.", "Please choose other points.";
    /// Nothing the resident holds can be used at this terminal.
    NothingUsable = "P-314", Stop, No,
        ja: "このお客様には、この端末で使えるポイントがありません。", "ほかのお支払い方法をご案内ください。";
        en: "This customer holds no points that can be used at this terminal.", "Please suggest another way to pay.";
    /// The nonce the card signed is not this use's.
    NonceVoid = "P-315", Check, No,
        ja: "暗証番号による確認が、このご利用のものではありません。ポイントは動いていません。", "カードを置き直し、はじめから行ってください。";
        en: "The PIN confirmation does not belong to this use. No points have moved.", "Please put the card on again and start over.";
    /// The nonce the card signed is too old.
    NonceExpired = "P-316", Check, No,
        ja: "暗証番号の入力から時間がたちました。ポイントは動いていません。", "カードを置き直し、はじめから行ってください。";
        en: "It has been a while since the PIN was entered. No points have moved.", "Please put the card on again and start over.";
    /// The signature is not the card's over this use.
    SignatureWrong = "P-317", Stop, No,
        ja: "カードの署名が、このご利用のものではありません。ポイントは動いていません。", "カードを置き直し、はじめから行ってください。";
        en: "The card's signature is not for this use. No points have moved.", "Please put the card on again and start over.";
    /// It was undone before: a use, a ticket's issue, a clearing.
    AlreadyVoided = "P-307", Stop, No,
        ja: "すでに取り消されています。ポイントは動いていません。", "一覧で、取消の記録をお確かめください。";
        en: "It was undone before. No points have moved.", "Please see the record of it in the list.";
    /// The day on which it was done is over.
    TooLateToVoid = "P-308", Stop, No,
        ja: "取消ができるのは、行った当日だけです。ポイントは動いていません。", "自治体の担当課にご相談ください。";
        en: "It can only be undone on the same day. No points have moved.", "Please ask the municipality.";
    /// Another terminal did it.
    NotThisTerminal = "P-309", Stop, No,
        ja: "別の端末で行われたものです。ポイントは動いていません。", "行った端末で取り消してください。";
        en: "It was done at another terminal. No points have moved.", "Please undo it at that terminal.";
    /// No such operation.
    UnknownOperation = "P-310", Stop, No,
        ja: "その記録が、クラウドにありません。ポイントは動いていません。", "一覧を開き直して、お確かめください。";
        en: "The cloud has no record of it. No points have moved.", "Please open the list again and check.";
    /// The key was abandoned before the request arrived.
    Abandoned = "P-311", Stop, No,
        ja: "この操作は、成立していません。ポイントは減っていません。", "はじめからやり直せます。";
        en: "This operation did not take place. No points were taken.", "You can start again.";
    /// The key was used for something else.
    KeyReused = "P-312", Stop, Unknown,
        ja: "同じ番号で、別の操作が記録されています。", "番号を自治体にお知らせください。";
        en: "Another operation is recorded under the same number.", "Please tell the municipality this number.";
    /// What became of the last operation is not known yet.
    OperationUnresolved = "P-313", Check, Unknown,
        ja: "前の操作がどうなったか、まだ確かめています。", "確かめ終わるまで、次の操作をお待ちください。";
        en: "We are still finding out what became of the last operation.", "Please wait before the next one.";
    // K: point tickets (ポイント券)
    /// A ticket cannot be good until that day.
    LastDayOutOfRange = "K-601", Check, No,
        ja: "券の有効期限は、{first}から{last}までです。ポイントは動いていません。", "日を選び直してください。";
        en: "A ticket can be good from {first} to {last}. No points have moved.", "Please choose another day.";
    /// No ticket has this number.
    TicketUnknown = "K-602", Stop, No,
        ja: "この番号の券はありません。", "番号をお確かめのうえ、別に置いて、次の券を読み取ってください。";
        en: "There is no ticket with this number.", "Check the number, set it aside and scan the next one.";
    /// The tag in the code is not the cloud's.
    TicketForged = "K-603", Stop, No,
        ja: "この券は、発行された券だと確かめられません。", "別に置いて、自治体の担当課にお知らせください。";
        en: "This ticket could not be verified as one that was issued.", "Set it aside and tell the municipality.";
    /// Another issuer's ticket.
    TicketOfAnother = "K-604", Stop, No,
        ja: "{here}の券ではありません（{issuer}）。", "別に置いて、次の券を読み取ってください。";
        en: "This is not a ticket of {here} ({issuer}).", "Set it aside and scan the next one.";
    /// An event in which this site takes no part.
    TicketElsewhere = "K-605", Stop, No,
        ja: "この券は、{event}の参加店だけで使えます。この店は参加していません。", "別に置いて、次の券を読み取ってください。";
        en: "This ticket is for shops taking part in {event} only. This shop does not.", "Set it aside and scan the next one.";
    /// The site takes no tickets.
    SiteTakesNoTickets = "K-606", Stop, No,
        ja: "この店は、ポイント券を取り扱っていません。", "印の店をお確かめのうえ、選び直してください。";
        en: "This shop does not take point tickets.", "Check the stamp and choose the shop again.";
    /// Another site issued the ticket.
    NotThisSite = "K-607", Stop, No,
        ja: "この券は、別の場所で発行されたものです。", "発行した窓口で行ってください。";
        en: "This ticket was issued elsewhere.", "Please do this at the desk that issued it.";
    /// The ticket was cleared before.
    TicketCleared = "K-608", Stop, No,
        ja: "この券は、{when} に消込済みです（{place}）。", "別に置いて、次の券を読み取ってください。";
        en: "This ticket was already cleared on {when} ({place}).", "Set it aside and scan the next one.";
    /// The ticket's last day is over.
    TicketLapsed = "K-609", Stop, No,
        ja: "期限（{day}）をすぎています。", "別に置いて、次の券を読み取ってください。";
        en: "Its last day ({day}) is over.", "Set it aside and scan the next one.";
    /// The ticket's last day passed while its scan waited.
    TicketLapsedWaiting = "K-610", Stop, No,
        ja: "クラウドにつながるのを待つ間に、期限（{day}）をすぎました。", "別に置いて、自治体の担当課にご相談ください。";
        en: "Its last day ({day}) passed while the scan waited for the cloud.", "Set it aside and ask the municipality.";
    /// The ticket was printed anew.
    TicketReissued = "K-611", Stop, No,
        ja: "再発行されたため、この券は使えません。", "別に置いて、次の券を読み取ってください。";
        en: "This ticket was reissued and can no longer be used.", "Set it aside and scan the next one.";
    /// The ticket was voided.
    TicketVoided = "K-612", Stop, No,
        ja: "この券は、発行した窓口で取り消されています。", "別に置いて、次の券を読み取ってください。";
        en: "This ticket was voided by the desk that issued it.", "Set it aside and scan the next one.";
    /// The terminal has closed its day since.
    DayClosed = "K-613", Stop, No,
        ja: "日計（第{number}号）で締めた後は、取り消せません。ポイントは動いていません。", "自治体の担当課にご相談ください。";
        en: "It was closed with day close no. {number} and can no longer be undone. No points have moved.", "Please ask the municipality.";
    /// Too many numbers that no ticket has.
    TicketGuessingSlowed = "K-614", Check, No,
        ja: "券のない番号が続いたため、しばらく受け付けません。ポイントは動いていません。", "少しおいて（長くて5分）から、券を見てもう一度行ってください。";
        en: "After several numbers without a ticket, entry is paused. No points have moved.", "Please wait a little (five minutes at most), look at the ticket and try again.";
    /// Far too many of them: no number is taken at this terminal until the municipality says so.
    TicketGuessingLocked = "K-615", Stop, No,
        ja: "券のない番号が多く続いたため、この端末では券の番号を受け付けていません。ポイントは動いていません。", "自治体の担当課にお知らせください。";
        en: "Because of many numbers without a ticket, this terminal takes no ticket numbers for now. No points have moved.", "Please tell the municipality.";
    /// What was scanned is no ticket: a web link, another bar code, half a number.
    NotATicket = "K-651", Stop, No,
        ja: "これは、ポイント券のコードではありません。", "ポイント券のQRコードを読み取るか、12桁の番号を入力してください。";
        en: "This is not the code of a point ticket.", "Please scan the ticket's QR code or type its 12-digit number.";
    /// A ticket issued in training, scanned where tickets are real.
    TicketOfTraining = "K-654", Stop, No,
        ja: "これは、訓練で発行した券です。使えません。", "お客様にお返しせず、別に置いてください。";
        en: "This ticket was issued in training. It has no value.", "Please set it aside; do not give it back.";
    /// A real ticket, scanned in training.
    TicketNotOfTraining = "K-655", Stop, No,
        ja: "これは本物の券です。訓練では扱えません。", "別に置き、訓練で発行した券を読み取ってください。";
        en: "This is a real ticket. It cannot be handled in training.", "Please set it aside and scan a ticket issued in training.";
    /// A scan that is not confirmed yet, or was taken back, cannot be taken back.
    ScanNotCleared = "K-652", Check, No,
        ja: "この券は、消し込まれていないため、戻せません。", "一覧で、しるしが〇の券を選んでください。";
        en: "This ticket is not cleared, so it cannot be taken back.", "Please choose a ticket marked 〇 in the list.";
    /// A scan that is not waiting cannot be given up.
    ScanNotWaiting = "K-656", Check, No,
        ja: "この券は、いま確かめているか、もう結果が出ています。", "一覧の表示が変わってから、お確かめください。";
        en: "This ticket is being checked right now, or its result is known.", "Please look again when its row has changed.";
    /// A clerk gave up a scan that waited.
    ScanDropped = "K-657", Stop, No,
        ja: "読み取りを取りやめました。この券は、消し込んでいません。", "券を別に置き、消し込むときは、もう一度読み取ってください。";
        en: "The scan was given up. The ticket was not cleared.", "Set it aside; to clear it, please scan it again.";
    /// Nothing was begun that a ticket could be scanned into.
    NoOpenPile = "K-653", Check, No,
        ja: "券の読み取りが、始まっていません。", "最初の画面から、ポイント券消込を選んでください。";
        en: "Scanning of tickets has not begun.", "Please choose Clear tickets on the first screen.";

    /// The terminal may not clear tickets any more; whether an earlier try took place is not known.
    ClearingNotAllowed = "K-617", Stop, NotConcerned,
        ja: "この端末での消込が、認められなくなっています。", "券を別に置いて、自治体の担当課にご相談ください。";
        en: "This terminal may no longer clear tickets.", "Set the ticket aside and ask the municipality.";
    /// Cloud and terminal do not understand each other; whether it took place is not known.
    ClearingNotUnderstood = "K-618", Stop, NotConcerned,
        ja: "クラウドの答えが読み取れず、消し込まれたかが分かりません。", "券を別に置き、ソフトを更新してから、もう一度読み取ってください。";
        en: "The cloud's answer makes no sense, so it is not known whether the ticket was cleared.", "Set it aside, update the program and scan it again.";
    /// A scan waits for a cloud that understands it.
    CloudOlder = "K-658", Check, NotConcerned,
        ja: "クラウドが、このソフトの消し込みを読み取れません。クラウドのほうが古いようです。", "券は確認を待ちます。クラウドの係に、更新を頼んでください。";
        en: "The cloud does not understand this program's clearings. It seems to be older.", "The ticket waits. Please have the cloud updated by whoever looks after it.";
    /// A number goes to a printer once; this one did.
    TicketHandedOver = "K-616", Stop, NotConcerned,
        ja: "この番号の券は、すでに印刷に出しています。", "紙がないときは、再発行してください。";
        en: "This ticket number has been sent to a printer before.", "If there is no paper, please reissue it.";
    // R: paper
    /// The font lacks characters; nothing was printed.
    CharactersMissing = "R-401", Stop, NotConcerned,
        ja: "印刷できない文字があります（{characters}）。", "印刷していません。名称の文字を、端末を配った自治体または商店街の事務局にお確かめください。";
        en: "Some characters cannot be printed ({characters}).", "Nothing was printed. Please check the name with the municipality or the street's office.";
    /// No Japanese font on this PC.
    FontMissing = "R-402", Stop, NotConcerned,
        ja: "日本語の文字（フォント）が見つかりません。", "パソコンの管理者に、BIZ UDPゴシックの追加をお願いしてください。";
        en: "No Japanese font was found.", "Please ask the administrator to add BIZ UDPGothic.";
    /// The file could not be written.
    PaperNotWritten = "R-403", Check, NotConcerned,
        ja: "印刷するものを、{place}に書けませんでした。", "設定の「印刷」で、書ける場所を選んでください。";
        en: "The paper could not be written to {place}.", "Please choose another place under Settings, Printing.";
    /// The printer does not take it.
    PrinterRefused = "R-404", Check, NotConcerned,
        ja: "プリンター {printer} が受け付けませんでした。", "電源と紙を確かめ、もう一度印刷してください。";
        en: "The printer {printer} did not take it.", "Please check its power and paper and print again.";
    /// The receipt printer is not there or does not answer.
    PrinterUnreachable = "R-405", Check, NotConcerned,
        ja: "プリンター {printer} から返事がありません。紙は出ていません。", "電源とケーブルを確かめ、もう一度印刷してください。";
        en: "The printer {printer} does not answer. Nothing was printed.", "Please check its power and cable and print again.";
    /// The receipt printer has no paper.
    PaperOut = "R-406", Check, NotConcerned,
        ja: "プリンターの紙がありません。印刷していません。", "紙を入れてふたを閉め、もう一度印刷してください。";
        en: "The printer is out of paper. Nothing was printed.", "Please put in paper, close the cover and print again.";
    /// The receipt printer's cover is open.
    PrinterCoverOpen = "R-407", Check, NotConcerned,
        ja: "プリンターのふたが開いています。印刷していません。", "ふたを閉め、もう一度印刷してください。";
        en: "The printer's cover is open. Nothing was printed.", "Please close it and print again.";
    /// The receipt printer stands still for a reason of its own.
    PrinterStopped = "R-408", Check, NotConcerned,
        ja: "プリンターが止まっています。印刷していません。", "紙づまりなどを確かめて電源を入れ直し、もう一度印刷してください。";
        en: "The printer has stopped. Nothing was printed.", "Please look for jammed paper, switch it off and on, and print again.";
    /// The receipt printer was cut off in the middle of a paper.
    PaperIncomplete = "R-409", Check, NotConcerned,
        ja: "印刷が途中で切れました。紙は途中までかもしれませんが、記録の内容は変わりません。", "出た紙を見て、足りなければもう一度印刷してください。次の紙には、2枚目のしるしが入ります。";
        en: "Printing was cut short. The paper may be incomplete; what was booked stays as it is.", "Please look at the paper; if it is not whole, print again. The next one is marked as a second one.";
    /// The printing system took it and never said whether it printed.
    PrinterSilent = "R-410", Check, NotConcerned,
        ja: "プリンター {printer} から、印刷できたという返事がありません。", "紙が出ているか見て、出ていなければもう一度印刷してください。";
        en: "The printer {printer} did not say whether it printed.", "Please see whether the paper came out; if not, print again.";

    /// The printing system is not there or does not answer.
    PrintingServiceStopped = "R-411", Stop, NotConcerned,
        ja: "このパソコンの印刷のしくみが、動いていません。印刷していません。", "パソコンを再起動し、続くときはパソコンの管理者にお知らせください。";
        en: "Printing does not work on this PC. Nothing was printed.", "Please restart the PC; if it stays so, tell its administrator.";
    /// The printing system does not know the printer.
    PrinterUnknown = "R-412", Check, NotConcerned,
        ja: "プリンター {printer} が、このパソコンにありません。印刷していません。", "設定の「印刷」で、プリンターを選び直してください。";
        en: "There is no printer {printer} on this PC. Nothing was printed.", "Please choose the printer again under Settings, Printing.";
    /// The printing system holds back what is sent to the printer.
    PrinterPaused = "R-413", Check, NotConcerned,
        ja: "プリンター {printer} は、一時停止しています。印刷していません。", "パソコンのプリンターの画面で再開し、もう一度印刷してください。";
        en: "The printer {printer} is paused. Nothing was printed.", "Please let it go on in the PC's printer settings and print again.";
    // S: service IDs
    /// The terminal works for no ID provider.
    NoIdProvider = "S-701", Stop, NotConcerned,
        ja: "この端末には、ID付与事業者が決められていません。", "自治体の担当課に、端末の登録し直しをご相談ください。";
        en: "No ID provider is set for this terminal.", "Please ask the municipality about registering it anew.";
    /// What was typed is no customer number.
    CustomerNumberInvalid = "S-702", Check, NotConcerned,
        ja: "利用カード番号は、英数字と記号で64文字までです。コンマは使えません。", "番号を確かめて、もう一度入力してください。";
        en: "A card number has up to 64 letters, digits and signs, without commas.", "Please check the number and type it again.";
    /// The number is somebody else's at this provider.
    CustomerNumberTaken = "S-703", Stop, NotConcerned,
        ja: "この利用カード番号は、ほかの方に登録されています。登録していません。", "利用カードの番号を確かめてください。";
        en: "This card number is registered to somebody else. Nothing was registered.", "Please check the number on the card.";
    /// What is registered is not what the clerk saw.
    ServiceIdNotAsShown = "S-704", Check, NotConcerned,
        ja: "登録の内容が、画面でご覧になったものと変わっています。登録していません。", "もう一度カードを置いて、いまの内容を確かめてください。";
        en: "What is registered is no longer what was shown. Nothing was registered.", "Please put the card on again and check what is registered now.";
    /// Whether the registration took place is not known: no answer came.
    ServiceIdUnanswered = "S-705", Check, NotConcerned,
        ja: "クラウドから返事がなく、登録できたか確かめられていません。", "カードを置いたまま、もう一度登録してください。2回登録されることはありません。";
        en: "No answer came from the cloud, so it is not known whether the number was registered.", "Leave the card on and register again. It will not be registered twice.";

    /// The clipboard takes nothing.
    ClipboardAbsent = "S-706", Check, NotConcerned,
        ja: "番号を、クリップボードに入れられませんでした。", "画面の番号を、手で入力してください。";
        en: "The number could not be put into the clipboard.", "Please type the number from the screen.";
    /// The file for the institution's system cannot be written.
    NumberNotWritten = "S-707", Check, NotConcerned,
        ja: "番号のファイルを、フォルダーに書けませんでした。", "画面の番号を、手で入力してください。フォルダーは設定で確かめられます。";
        en: "The file with the number could not be written.", "Please type the number from the screen. The folder can be checked in the settings.";

    /// The desktop lets nobody type.
    KeyboardAbsent = "S-708", Check, NotConcerned,
        ja: "番号を、ほかの窓に入力できませんでした。", "画面の番号を、手で入力してください。";
        en: "The number could not be typed into another window.", "Please type the number from the screen.";
    /// Nobody chose a window for the number to be typed into.
    NoOtherWindow = "S-709", Check, NotConcerned,
        ja: "ほかの窓が選ばれなかったため、番号を入力していません。", "画面の番号を、手で入力してください。次は30秒のうちに、入力欄をクリックしてください。";
        en: "No other window was chosen, so the number was not typed.", "Please type the number from the screen. Next time click the field within 30 seconds.";

    /// The place where the card's number should stand is blank.
    CardNumberBlank = "S-710", Check, NotConcerned,
        ja: "この利用カードには、番号が書き込まれていません。", "カードに印刷された番号を入力してください。";
        en: "No number is written on this card.", "Please type the number that is printed on it.";
    /// No card description finds a number on the card or in the scan.
    CardNotDescribed = "S-711", Check, NotConcerned,
        ja: "この利用カードの番号を、読み取れませんでした。", "カードに印刷された番号を入力してください。読み方は、設定の「カードの読み方」で確かめられます。";
        en: "The number of this card could not be read.", "Please type the number that is printed on it. How cards are read can be checked under Settings, Card descriptions.";
    /// The check character is wrong.
    CardNumberMisread = "S-712", Check, NotConcerned,
        ja: "読み取った番号が、正しい形ではありません。", "もう一度読み取るか、カードに印刷された番号を入力してください。";
        en: "The number that was read is not a right one.", "Please read the card again, or type the number that is printed on it.";
    /// More than one FeliCa card lies on the readers.
    SeveralLibraryCards = "S-713", Check, NotConcerned,
        ja: "利用カードが、2枚以上置かれています。", "登録するお客様の利用カードを、1枚だけ置いてください。";
        en: "More than one card of the institution lies on the readers.", "Please leave only the card of the customer who is being registered.";
    // B: other programs on this PC
    /// The request came under another name than the one of the loopback API: a page led it there.
    BridgeHostRefused = "B-801", Stop, NotConcerned,
        ja: "この名前のあて先では、受け付けません。", "プログラムの接続先を http://127.0.0.1:24725 にしてください。";
        en: "Requests under this host name are refused.", "Please let the program use http://127.0.0.1:24725.";
    /// The page's origin is not paired.
    PageNotPaired = "B-802", Stop, NotConcerned,
        ja: "このページは、窓口とつながれていません。", "窓口の設定の「ほかのプログラム」で、つないでください。";
        en: "This page is not paired with Madoguchi.", "Please pair it under Settings, Other programs.";
    /// There is no such call, or not in this way.
    BridgeCallUnknown = "B-803", Stop, NotConcerned,
        ja: "この呼び出しは、ありません。", "プログラムの作り手に、呼び出し方をお確かめください。";
        en: "There is no such call.", "Please ask the program's vendor to check how it calls.";
    /// The token is missing, unknown, or another program's.
    ProgramNotPaired = "B-804", Stop, NotConcerned,
        ja: "このプログラムは、窓口とつながれていません。", "窓口の設定の「ほかのプログラム」で、つないでください。";
        en: "This program is not paired with Madoguchi.", "Please pair it under Settings, Other programs.";
    /// The code is wrong, used, out of time, or was tried too often.
    PairingCodeWrong = "B-805", Check, NotConcerned,
        ja: "つなぐための番号がちがうか、使えなくなっています。", "窓口の画面で新しい番号を出し、2分のうちに入れてください。";
        en: "The pairing code is wrong or no longer good.", "Please show a new one in Madoguchi's window and enter it within two minutes.";
    /// The program's name is missing or too long.
    ProgramNameInvalid = "B-806", Check, NotConcerned,
        ja: "プログラムの名前は、1文字から40文字までです。", "名前を入力し直してください。";
        en: "A program's name has 1 to 40 characters.", "Please type the name again.";
    /// What was typed is no origin of a page over HTTPS.
    PageOriginInvalid = "B-807", Check, NotConcerned,
        ja: "ページの場所は、https:// とサーバーの名前だけを入力します。", "例のように、うしろを付けずに入力してください。";
        en: "A page's place is https:// and the server's name, nothing else.", "Please type it as in the example.";
    /// As many programs are paired as can be.
    TooManyPairings = "B-808", Check, NotConcerned,
        ja: "つなげるプログラムは、20までです。", "使わなくなったものを、はずしてください。";
        en: "Up to 20 programs can be paired.", "Please remove those no longer used.";

    /// The terminal's ID provider keeps no MyKey IDs, so nobody is told one.
    NoMykeyIdsHere = "B-809", Stop, NotConcerned,
        ja: "この端末のID付与事業者には、マイキーIDを渡せません。", "プログラムを「利用カード番号」でつなぎ直すか、自治体の担当者にお問い合わせください。";
        en: "This terminal's ID provider may not be told MyKey IDs.", "Please pair the program for the customer number, or ask the municipality.";
    /// The clerk did not let the program have the numbers of the ID provider's own cards.
    OwnCardsNotPaired = "B-810", Stop, NotConcerned,
        ja: "このプログラムは、利用カードの番号を渡すようには、つながれていません。", "渡すときは、窓口の設定の「ほかのプログラム」で、つなぎ直してください。";
        en: "This program was not paired for the institution's own cards.", "To let it have their numbers, please pair it again under Settings, Other programs.";
    // M: merging into a shopping street's points
    /// No service ID of the street.
    NotAMember = "M-901", Stop, No,
        ja: "この商店街の番号が、お客様に登録されていません。ポイントは動いていません。", "番号の登録をすませてから、もう一度行ってください。";
        en: "No number of this street is registered for the customer. No points have moved.", "Please have the number registered first, then try again.";
    /// The street has no key, or is another municipality's.
    StreetTakesNoMerges = "M-902", Stop, No,
        ja: "この商店街には、いま合算できません。ポイントは動いていません。", "自治体の担当課にお問い合わせください。";
        en: "Points cannot be merged into this street's now. No points have moved.", "Please contact the municipality.";
    /// The settings name no folder for the street.
    StreetFolderUnset = "M-903", Check, No,
        ja: "{street}のファイルを置くフォルダーが、設定されていません。ポイントは動いていません。", "設定でフォルダーを選んでから、もう一度行ってください。";
        en: "No folder is set for the files of {street}. No points have moved.", "Please choose the folder in the settings, then try again.";
    /// The street's folder is not there, not writable, or full.
    StreetFolderUnusable = "M-904", Check, No,
        ja: "{street}のフォルダーに、ファイルを書けません。ポイントは動いていません。", "ネットワークとディスクの空きを確かめ、もう一度行ってください。";
        en: "Files cannot be written to the folder of {street}. No points have moved.", "Please check the network and free space, then try again.";
    /// The points have been merged, and the file is not in its folder.
    MergeFileNotPut = "M-905", Check, NotConcerned,
        ja: "合算は成立しています。ファイルは、まだフォルダーに置けていません。", "フォルダーを確かめ、「もう一度置く」を押してください。";
        en: "The points have been merged. The file is not in its folder yet.", "Please check the folder, then press “Put it again”.";
    /// The number on the street's own card is registered for nobody.
    StreetCardUnknown = "M-906", Check, No,
        ja: "この商店街カードの番号は、まだ登録されていません。ポイントは動いていません。", "マイナンバーカードを置いていただくか、先に番号を登録してください。";
        en: "The number of this street card is not registered yet. No points have moved.", "Please use the My Number card, or register the number first.";
    /// No card description finds a number on the street's card or in the scan.
    StreetCardUnread = "M-907", Check, No,
        ja: "このカードから、商店街の番号を読み取れませんでした。ポイントは動いていません。", "マイナンバーカードを置いてください。読み方は、設定の「カードの読み方」で確かめられます。";
        en: "No number of the street could be read from this card. No points have moved.", "Please use the My Number card. How cards are read can be checked under Settings, Card descriptions.";
    /// Two streets were given one folder.
    StreetFolderShared = "M-908", Check, NotConcerned,
        ja: "2つの商店街（{streets}）に、同じフォルダーが指定されています。保存していません。", "商店街ごとに、別のフォルダーを指定してください。";
        en: "Two streets ({streets}) were given the same folder. Nothing was saved.", "Please give each street a folder of its own.";
}
