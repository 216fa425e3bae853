/** 読取装置を調べる, in Japanese. One sentence for each finding, then what to do, at most three things. */
import type { OperatingSystem, ReaderFinding } from '../generated/types';

/** What is to be done, one list for each finding; a stopped service is started in another way on each system. */
type Advised = Exclude<ReaderFinding['finding'], 'service_stopped'> | `service_stopped_${OperatingSystem}`;

/** One thing to do. */
export interface ToDo {
  what: string;
  note?: string;
}

export const readerDoctor = {
  title: '読取装置を調べる',
  open: '読取装置を調べる',
  route: '読み取りの道すじ',
  examining: '読取装置を調べています',
  parts: {
    service: { name: '読取サービス', ok: '動いています', off: '調べています' },
    reader: { name: '読取装置', ok: '見つかりました', off: 'サービスが動くと、調べます' },
    driver: { name: '読取装置のドライバー', ok: 'PC/SC で使えます', off: '装置が見つかると、調べます' },
    card: { name: 'カード', ok: '置かれています', off: '装置が使えると、調べます' },
    kind: { name: 'カードの種類', ok: 'マイナンバーカード', off: 'カードが置かれると、調べます' },
    pin: { name: '暗証番号の残り回数', ok: 'まだ調べていません', off: 'カードが置かれると、調べます' },
  },
  /** What stands below the part that a finding concerns. */
  found: {
    service_stopped: '止まっています',
    service_refused: '許されていません',
    no_reader: '見つかりません',
    without_driver: '入っていません',
    no_card: '置かれていません',
    card_left_early: '離れました',
    card_mute: '返事がありません',
    card_busy: 'ほかのソフトが使っています',
    other_card: 'マイナンバーカードではありません',
    felica_unread: 'FeliCaの番号を読めません',
    ready: 'まだ調べていません',
    last_try: '利用者証明用（数字4桁）　あと1回',
    pin_locked: '利用者証明用（数字4桁）　使えません',
  },
  /** Beside the way to the card: the port of ほかのプログラム. */
  portTaken: {
    say: 'ほかのプログラムのつなぎ口を、|別のプログラムが使っています',
    now: 'この窓口でカードを読むことには、|かかわりません。|図書館システムなどからは、番号をたずねられません。|そのプログラムを終えるか、パソコンの管理者にお知らせください。',
  },
  triesLeft: (tries: number) => `利用者証明用（数字4桁）　あと${tries}回`,
  manyReaders: (count: number) => `${count}台あります。カードを置いた方で読みます`,
  say: {
    service_stopped: 'カードを読むしくみが、|動いていません',
    service_refused: 'この利用者では、|読取装置を使えません',
    no_reader: '読取装置が、パソコンに|つながっていません',
    without_driver: '読取装置のドライバーが、|入っていません',
    no_card: '読取装置は|使えます',
    card_left_early: 'カードが、読み終わる前に|離れました',
    card_mute: 'カードから|返事がありません',
    card_busy: 'ほかのソフトが、|カードを使っています',
    felica_unread: 'この読取装置では、|FeliCaのカードの番号を|読めません',
    ready: 'このカードは|読み取れます',
    last_try: '読み取れます。|暗証番号は、あと1回です',
    pin_locked: '読み取れます。|暗証番号は、使えません',
  },
  sayOther: {
    felica: 'これは、交通系ICや|電子マネーなどの|カードです',
    driving_licence: 'これは、|運転免許証です',
    residence_card: 'これは、|在留カードです',
    bank_card: 'これは、銀行か|クレジットの|カードです',
    passport: 'これは、|パスポートです',
    unknown: 'このカードは、|マイナンバーカードでは|ないようです',
  },
  todo: {
    service_stopped_linux: [
      {
        what: 'パソコンを再起動し、窓口を開き直す',
        note: '最後の操作がどうなったかは、開いたときにお知らせします。',
      },
      {
        what: '続くときは、パソコンの管理者に知らせる',
        note: '管理者の方へ：pcscd を入れ、systemctl enable --now pcscd.socket を実行してください。',
      },
    ],
    service_stopped_windows: [
      { what: '読取装置のUSBケーブルを差し直す', note: '装置がつながると、サービスはひとりでに動き出します。' },
      {
        what: 'パソコンを再起動し、窓口を開き直す',
        note: '最後の操作がどうなったかは、開いたときにお知らせします。',
      },
      {
        what: '続くときは、パソコンの管理者に知らせる',
        note: '管理者の方へ：サービス「Smart Card」（SCardSvr）を開始してください。',
      },
    ],
    service_refused: [
      { what: 'パソコンに、いつもの利用者で入り直す', note: '離れた場所からの操作では、使えないことがあります。' },
      {
        what: 'パソコンの管理者に、利用の許可をお願いする',
        note: '管理者の方へ：Linux では polkit の org.debian.pcsc-lite です。',
      },
    ],
    no_reader: [
      { what: 'USBケーブルを抜き、5秒待って差し直す' },
      { what: '別の差し込み口に差してみる', note: '延長ケーブルは外してください。' },
      {
        what: 'ランプがつかないときは、装置の故障です',
        note: '予備の装置に替えるか、担当課へご連絡ください。',
      },
    ],
    without_driver: [
      {
        what: 'パソコンの管理者に、ドライバーをお願いする',
        note: '読取装置の型番と、「くわしい情報」の内容をお伝えください。',
      },
      { what: '予備の装置があれば、差し替える', note: 'いまの装置は、つながったままでもかまいません。' },
    ],
    no_card: [{ what: 'カードを置くと、そのカードを調べます', note: '財布やケースから出して置いてください。' }],
    card_left_early: [
      { what: 'もう一度カードを置き、そのままにする', note: '読み取りは、ふつう1秒ほどで終わります。' },
      { what: '何度も離れるときは、財布やケースから出す' },
    ],
    card_mute: [
      {
        what: '表と裏、向きを確かめて、置き直す',
        note: '差し込む装置では、金色の部分を先にして、奥まで差します。',
      },
      { what: '財布やケースから出し、1枚だけ置く', note: 'ほかのカードと重なると、読めません。' },
      { what: '別のカードでためす', note: 'そのカードが読めるときは、はじめのカードの故障です。' },
    ],
    card_busy: [
      { what: 'カードを使うほかのソフトを閉じる', note: '利用者クライアントソフトや、ブラウザーなどです。' },
      { what: '続くときは、パソコンを再起動する' },
    ],
    other_card: [
      {
        what: 'お客様に、マイナンバーカードをたずねる',
        note: 'いまのカードからは、種類のほかは何も読んでいません。',
      },
      { what: 'マイナンバーカードを置き直す' },
    ],
    felica_unread: [
      {
        what: 'バーコードがあれば、スキャナーで読む',
        note: 'マイナンバーカードは、この読取装置で読めます。',
      },
      {
        what: '読取装置の名前を、保守の窓口に知らせる',
        note: '「くわしい情報」に出ています。',
      },
    ],
    ready: [{ what: '「もどる」で、はじめの仕事にもどる', note: '読取装置もカードも、使えます。' }],
    last_try: [
      {
        what: 'お客様に、番号に自信があるかをたずねる',
        note: '次にまちがえると、この暗証番号は使えなくなります。',
      },
      {
        what: '自信がないときは、入力しないでおく',
        note: '暗証番号の初期化は、お住まいの市区町村の窓口でできます。',
      },
    ],
    pin_locked: [
      {
        what: '市区町村の窓口での初期化を、ご案内する',
        note: 'まちがいが続いたため、この暗証番号は使えなくなっています。',
      },
    ],
  } satisfies Record<string, ToDo[]> as Record<Advised, ToDo[]>,
  heals: {
    waiting: 'なおると、この画面はひとりでに変わります。',
    back: 'まもなく、もとの画面にもどります。',
    without_pin: '暗証番号のいらない照会や少額のご利用は、続けられます。',
  },
  stillWorks: '読取装置がなくても、利用の取消・集計と、今日の明細の再発行はできます。',
  askTries: '暗証番号の残り回数',
  automatic: (time: string) => `自動で調べています　最後 ${time}`,
  now: 'いま調べる',
  more: 'くわしい情報',
  less: '調べた結果',
  moreSay: 'お問い合わせのときに、お伝えください',
  details: {
    service: '読取サービス',
    reader: '読取装置',
    usb: 'USBの装置',
    atr: 'カードのATR',
    last_fault: '最後の失敗',
    version: '版',
  },
  copy: 'コピーする',
  copied: 'コピーしました',
  notCopied: 'コピーできませんでした。読み上げてお伝えください。',
};
