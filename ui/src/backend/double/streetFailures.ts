/** The failures the street's double can answer with, in the catalogue's words. */
import type { ErrorCode, Failure } from '../../generated/types';

const failure = (
  code: ErrorCode,
  number: string,
  tone: Failure['tone'],
  points: Failure['points'],
  ja: [string, string],
  en: [string, string],
): Failure => ({ code, number, tone, points, what: { ja: ja[0], en: en[0] }, now: { ja: ja[1], en: en[1] } });

const ALL: Failure[] = [
  failure(
    'member_unknown',
    'G-201',
    'check',
    'no',
    ['この番号の会員は、いません。ポイントは動いていません。', '番号を確かめるか、会員として登録してください。'],
    ['No member has this number. No points have moved.', 'Please check the number, or let the customer join.'],
  ),
  failure(
    'merge_number_invalid',
    'G-206',
    'check',
    'not_concerned',
    ['取引済番号は、20桁の数字です。', '自治体の一覧か、お客様の控えを見て、もう一度入力してください。'],
    [
      'A transaction number has 20 digits.',
      "Please look at the municipality's list or the customer's receipt and type it again.",
    ],
  ),
  failure(
    'file_names_nobody',
    'G-207',
    'check',
    'no',
    [
      'この番号のファイルからは、どなたのものか分かりません。ポイントは動いていません。',
      '会員の番号を入力して登録し、もう一度受け取ってください。',
    ],
    [
      'The file of this number does not tell whose it is. No points have moved.',
      "Please type the member's number to let them join, then receive again.",
    ],
  ),
  failure(
    'key_sheet_unreadable',
    'G-107',
    'check',
    'not_concerned',
    ['鍵のファイルが読めません。', 'USBメモリーなどが差してあるか、場所の入力が合っているかを確かめてください。'],
    [
      'The file with the keys cannot be read.',
      'Please check that its stick is plugged in and its place is typed right.',
    ],
  ),
  failure(
    'ticket_added_before',
    'G-302',
    'stop',
    'no',
    [
      'このポイント券は、この商店街ですでに加算されています。ポイントは動いていません。',
      '券の利用店舗印を確かめてください。',
    ],
    [
      'This ticket was added in this street before. No points have moved.',
      'Please look for a shop\u2019s stamp on the ticket.',
    ],
  ),
  failure(
    'street_points_short',
    'G-301',
    'stop',
    'no',
    ['残高が足りません。使えるのは 1,200ポイントまでです。ポイントは動いていません。', 'ポイント数を直してください。'],
    [
      'The balance is too low. Up to 1,200 points can be used. No points have moved.',
      'Please correct the number of points.',
    ],
  ),
  failure(
    'wrong_terminal_password',
    'T-116',
    'check',
    'not_concerned',
    ['端末パスワードがちがいます。', '配られた用紙を見て、もう一度入力してください。'],
    ['The terminal password is wrong.', 'Please look at the sheet you were given and type it again.'],
  ),
  failure(
    'drop_folder_gone',
    'G-401',
    'check',
    'not_concerned',
    ['合算ポイントの受取フォルダーが、見つかりません。', 'ネットワークと、設定のフォルダーの場所を確かめてください。'],
    ['The folder for merged points cannot be found.', 'Please check the network, and the folder in the settings.'],
  ),
  failure(
    'street_books_damaged',
    'G-101',
    'stop',
    'not_concerned',
    ['このパソコンの帳簿が読めません。', '操作をやめ、商店街の事務局にお知らせください。'],
    ['The books on this PC cannot be read.', 'Please stop and tell the street\u2019s office.'],
  ),
  failure(
    'card_reading_not_paired',
    'G-501',
    'check',
    'no',
    [
      'カードを読む準備が、まだできていません。',
      '設定の「カードの読み取り」で、窓口とつないでください。番号の入力でも、さがせます。',
    ],
    [
      'Reading cards is not set up yet.',
      'Please pair with Madoguchi under Settings, Reading cards. The number can also be typed.',
    ],
  ),
  failure(
    'madoguchi_not_there',
    'G-502',
    'check',
    'no',
    [
      'このパソコンの窓口（自治体ポイントのソフト）が、答えません。ポイントは動いていません。',
      '窓口を開き、設定の「ほかのプログラム」で使えるようにしてください。番号の入力でも、さがせます。',
    ],
    [
      'Madoguchi, the municipal points program on this PC, does not answer. No points have moved.',
      'Please open it and allow other programs in its settings. The number can also be typed.',
    ],
  ),
  failure(
    'pairing_ended',
    'G-503',
    'stop',
    'no',
    [
      '窓口とのつながりが、切られています。ポイントは動いていません。',
      '設定の「カードの読み取り」で、つなぎ直してください。番号の入力でも、さがせます。',
    ],
    [
      'The pairing with Madoguchi was ended there. No points have moved.',
      'Please pair again under Settings, Reading cards. The number can also be typed.',
    ],
  ),
  failure(
    'no_card_in_time',
    'G-504',
    'check',
    'no',
    [
      'カードが、時間のうちに置かれませんでした。ポイントは動いていません。',
      'もう一度読み取るか、番号を入力してください。',
    ],
    ['No card was put on in time. No points have moved.', 'Please read again, or type the number.'],
  ),
  failure(
    'no_number_of_this_street',
    'G-505',
    'check',
    'no',
    [
      'このマイナンバーカードには、この商店街の番号が登録されていません。ポイントは動いていません。',
      '窓口の「サービスIDの登録」で登録するか、会員証をお使いください。',
    ],
    [
      'This My Number card has no number of this street. No points have moved.',
      'Please register one in Madoguchi under service IDs, or use the member\u2019s card.',
    ],
  ),
  failure(
    'no_card_read',
    'G-507',
    'check',
    'no',
    ['読み取ったカードがありません。ポイントは動いていません。', 'カードを、もう一度読み取ってください。'],
    ['No card was read. No points have moved.', 'Please read the card again.'],
  ),
  failure(
    'card_removed',
    'C-102',
    'check',
    'no',
    [
      'カードが、読み終わる前に離れました。ポイントは動いていません。',
      'もう一度カードを置き、「読み取りました」と出るまでお待ちください。',
    ],
    ['The card was lifted before reading ended. No points have moved.', 'Put it back and wait for "Card read".'],
  ),
  failure(
    'pairing_code_wrong',
    'B-805',
    'check',
    'not_concerned',
    ['つなぐための番号がちがうか、使えなくなっています。', '窓口の画面で新しい番号を出し、2分のうちに入れてください。'],
    [
      'The pairing code is wrong or no longer good.',
      'Please show a new one in Madoguchi\u2019s window and enter it within two minutes.',
    ],
  ),
  failure(
    'member_id_taken',
    'G-203',
    'stop',
    'not_concerned',
    ['この番号の会員は、すでにいます。登録していません。', '番号を確かめてください。'],
    ['A member has this number already. Nothing was registered.', 'Please check the number.'],
  ),
  failure(
    'printer_unreachable',
    'R-405',
    'check',
    'not_concerned',
    [
      'プリンター {printer} から返事がありません。紙は出ていません。',
      '電源とケーブルを確かめ、もう一度印刷してください。',
    ],
    [
      'The printer {printer} does not answer. Nothing was printed.',
      'Please check its power and cable and print again.',
    ],
  ),
];

export function streetFailure(code: string): Failure {
  const found = ALL.find((one) => one.code === code);
  if (!found) throw new Error(`the street's double knows no failure ${code}`);
  return found;
}
