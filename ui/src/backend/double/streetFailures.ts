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
];

export function streetFailure(code: string): Failure {
  const found = ALL.find((one) => one.code === code);
  if (!found) throw new Error(`the street's double knows no failure ${code}`);
  return found;
}
