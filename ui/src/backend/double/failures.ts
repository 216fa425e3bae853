/** The failures the double can answer with, in the catalogue's words. */
import type { ErrorCode, Failure } from '../../generated/types';
import { UNFORESEEN } from '../backend';
import { MERGE_FAILURES } from './mergeFailures';
import { SERVICE_ID_FAILURES } from './serviceIdFailures';
import { PROGRAM_FAILURES } from './programFailures';
import { TICKET_FAILURES } from './ticketFailures';

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
    'operation_unresolved',
    'P-313',
    'check',
    'unknown',
    ['前の操作がどうなったか、まだ確かめています。', '確かめ終わるまで、次の操作をお待ちください。'],
    ['We are still finding out what became of the last operation.', 'Please wait before the next one.'],
  ),
  failure(
    'wrong_password',
    'T-101',
    'stop',
    'not_concerned',
    ['端末IDまたは端末パスワードがちがいます。', '配られた用紙のとおりに、もう一度入力してください。'],
    ['The terminal ID or password is wrong.', 'Please type both again as they stand on the sheet you were given.'],
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
    'password_slowed',
    'T-102',
    'check',
    'not_concerned',
    ['まちがいが続いたため、しばらく受け付けません。', '16秒たってから、もう一度入力してください。'],
    ['After several wrong tries, entry is paused.', 'Please try again in 16 seconds.'],
  ),
  failure(
    'fingerprint_changed',
    'T-105',
    'stop',
    'not_concerned',
    [
      'このパソコンは、登録したときと変わっています（基板の番号）。',
      '自治体に「端末の解除」をお願いし、登録し直してください。',
    ],
    [
      'This PC has changed since it was registered (board number).',
      'Please ask the municipality to release the terminal, then register again.',
    ],
  ),
  failure(
    'terminal_suspended',
    'T-106',
    'stop',
    'not_concerned',
    ['この端末は、自治体により停止されています。', '自治体の担当課にお問い合わせください。'],
    ['This terminal has been suspended by the municipality.', 'Please contact the municipality.'],
  ),
  failure(
    'registration_ended',
    'T-107',
    'stop',
    'not_concerned',
    ['この端末の登録は、解除されています。', '自治体から端末パスワードを受け取り、登録し直してください。'],
    [
      "This terminal's registration has been released.",
      'Please get a terminal password from the municipality and register again.',
    ],
  ),
  failure(
    'vault_absent',
    'T-111',
    'stop',
    'not_concerned',
    [
      '鍵をしまう場所（資格情報ストア）が使えません。',
      'パソコンにサインインし直してください。続くときは、パソコンの管理者にお知らせください。',
    ],
    [
      'The credential store, where keys are kept, is not available.',
      'Please sign in to the PC again. If this continues, tell its administrator.',
    ],
  ),
  failure(
    'cloud_unreachable',
    'N-201',
    'check',
    'not_concerned',
    ['クラウドにつながりません。', 'ネットワークの線と無線を確かめてください。つながると、自動で続きます。'],
    ['The cloud cannot be reached.', 'Please check the network. It goes on by itself once connected.'],
  ),
  failure(
    'card_service_absent',
    'C-101',
    'check',
    'not_concerned',
    [
      'カードを読むしくみ（PC/SC）が動いていません。',
      '自動で動き出すのを待っています。続くときは、パソコンを再起動してください。',
    ],
    ['The card service (PC/SC) is not running.', 'Waiting for it to start. If this continues, please restart the PC.'],
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
    'reader_absent',
    'C-103',
    'check',
    'not_concerned',
    ['読取装置が見つかりません。', 'USBケーブルを抜き、5秒待って差し直してください。'],
    ['The reader cannot be found.', 'Unplug the USB cable, wait 5 seconds and plug it in again.'],
  ),
  failure(
    'not_my_number_card',
    'C-104',
    'stop',
    'no',
    ['このカードは、マイナンバーカードではないようです。', 'カードをお確かめのうえ、置き直してください。'],
    ['This does not seem to be a My Number card.', 'Please check the card and put it on again.'],
  ),
  failure(
    'card_busy',
    'C-105',
    'check',
    'no',
    ['ほかのソフトが、カードを使っています。', 'ほかのソフトを閉じ、カードを置き直してください。'],
    ['Another program is using the card.', 'Please close the other program and put the card on again.'],
  ),
  failure(
    'card_unresponsive',
    'C-106',
    'check',
    'no',
    ['カードから返事がありません。', '財布やケースから出し、向きを確かめて置き直してください。'],
    ['The card does not answer.', 'Please take it out of any wallet or case and put it on again.'],
  ),
  failure(
    'card_without_mykey_id',
    'C-107',
    'stop',
    'no',
    ['このカードには、まだマイキーIDがありません。', 'マイキーIDの登録を、お客様にご案内ください。'],
    ['This card has no MyKey ID yet.', 'Please tell the customer how to register a MyKey ID.'],
  ),
  failure(
    'insufficient',
    'P-302',
    'stop',
    'no',
    ['残高が足りません。使えるのは 1,000ポイントまでです。', '数を直してください。'],
    ['The balance is too low. Up to 1,000 points can be used.', 'Please change the number.'],
  ),
  failure(
    'visit_expired',
    'P-305',
    'check',
    'no',
    ['カードを読んでから時間がたちました。ポイントは動いていません。', 'もう一度カードを置いてください。'],
    ['It has been a while since the card was read. No points have moved.', 'Please put the card on again.'],
  ),
  failure(
    'already_voided',
    'P-307',
    'stop',
    'no',
    ['すでに取り消されています。ポイントは動いていません。', '一覧で、取消の記録をお確かめください。'],
    ['It was undone before. No points have moved.', 'Please see the record of it in the list.'],
  ),
  failure(
    'printer_refused',
    'R-404',
    'check',
    'not_concerned',
    ['プリンター counter が受け付けませんでした。', '電源と紙を確かめ、もう一度印刷してください。'],
    ['The printer counter did not take it.', 'Please check its power and paper and print again.'],
  ),
  failure(
    'paper_out',
    'R-406',
    'check',
    'not_concerned',
    ['プリンターの紙がありません。印刷していません。', '紙を入れてふたを閉め、もう一度印刷してください。'],
    ['The printer is out of paper. Nothing was printed.', 'Please put in paper, close the cover and print again.'],
  ),
  failure(
    'paper_incomplete',
    'R-409',
    'check',
    'not_concerned',
    [
      '印刷が途中で切れました。紙は途中までかもしれませんが、記録の内容は変わりません。',
      '出た紙を見て、足りなければもう一度印刷してください。次の紙には、2枚目のしるしが入ります。',
    ],
    [
      'Printing was cut short. The paper may be incomplete; what was booked stays as it is.',
      'Please look at the paper; if it is not whole, print again. The next one is marked as a second one.',
    ],
  ),
  failure(
    'store_damaged',
    'L-501',
    'stop',
    'not_concerned',
    ['このパソコンの記録が読めません。', '操作をやめ、自治体の担当課にお知らせください。'],
    ['The records on this PC cannot be read.', 'Please stop and tell the municipality.'],
  ),
  failure(
    'store_newer',
    'L-502',
    'stop',
    'not_concerned',
    ['このパソコンの記録は、新しい版のソフトのものです。', '新しい版のソフトでお使いください。'],
    ['The records on this PC belong to a newer version of the program.', 'Please use the newer version.'],
  ),
  failure(
    'settings_invalid',
    'L-504',
    'check',
    'not_concerned',
    ['設定に誤りがあります（接続先のアドレス）。', '設定を直してください。'],
    ['There is a mistake in the settings (address).', 'Please correct the settings.'],
  ),
  failure(
    'resident_monitor_gone',
    'L-506',
    'check',
    'not_concerned',
    [
      'お客様用画面（EIZO FlexScan S1934 1280×1024+1280+0）が、つながっていません。',
      'ケーブルと電源を確かめてください。つながるまでは、この画面をお客様にお見せください。',
    ],
    [
      "The customer's screen (EIZO FlexScan S1934 1280×1024+1280+0) is not connected.",
      'Please check its cable and power. Until it is back, let the customer look at this screen.',
    ],
  ),
  failure(
    'store_held',
    'L-507',
    'check',
    'no',
    [
      'このパソコンの記録は、別の窓口のプログラムが使っています。ポイントは動いていません。',
      '開いている窓口か、窓口のコマンドを終えて、もう一度お始めください。',
    ],
    [
      'Another Madoguchi program is using the records on this PC. No points have moved.',
      'Please end the counter that is open, or its command, and start again.',
    ],
  ),
  failure(
    'pin_locked',
    'C-111',
    'stop',
    'no',
    ['暗証番号が使えなくなっています。', 'お住まいの市区町村の窓口で、初期化をお願いしてください。'],
    ['This PIN is locked.', 'Please ask the customer to have it reset at their municipal office.'],
  ),
  failure(
    'not_felica',
    'C-119',
    'check',
    'not_concerned',
    ['このカードは、FeliCaのカードではありません。', '読み取るカードをお確かめのうえ、置き直してください。'],
    ['This is not a FeliCa card.', 'Please check which card is to be read and put it on again.'],
  ),
  failure(
    'other_card',
    'C-113',
    'stop',
    'no',
    ['はじめに読み取ったカードとは、ちがうカードです。ポイントは動いていません。', 'はじめのカードを置いてください。'],
    ['This is not the card that was read first. No points have moved.', 'Please put the first card back on.'],
  ),
  failure(
    'last_pin_try',
    'C-115',
    'check',
    'no',
    ['暗証番号は、あと1回まちがえると使えなくなります。', 'お客様に、続けてよいかお確かめください。'],
    ['One more mistake locks the PIN.', 'Please ask the customer whether to go on.'],
  ),
  failure(
    'card_absent',
    'C-117',
    'check',
    'no',
    ['読取装置に、カードがありません。ポイントは動いていません。', 'はじめに読み取ったカードを置いてください。'],
    ['There is no card on the reader. No points have moved.', 'Please put on the card that was read first.'],
  ),
];

/** A failure by its code; one that is not in the list is the unforeseen one. */
export const failureOf = (code: string | null): Failure =>
  [...ALL, ...TICKET_FAILURES, ...MERGE_FAILURES, ...SERVICE_ID_FAILURES, ...PROGRAM_FAILURES].find(
    (failure) => failure.code === code,
  ) ?? UNFORESEEN;

/** What a command without an answer of its own does: nothing, or it fails with this code. */
export function doneOr(outcome: string): null {
  if (outcome !== 'done') throw failureOf(outcome);
  return null;
}

/** A wrong PIN says how often it can still be wrong. */
export const wrongPin = (tries: number): Failure =>
  failure(
    'wrong_pin',
    'C-110',
    'check',
    'no',
    [`暗証番号がちがいます。あと${tries}回まちがえると使えなくなります。`, 'お客様に、続けてよいかお確かめください。'],
    [`The PIN is wrong. It locks after ${tries} more wrong tries.`, 'Please ask the customer whether to go on.'],
  );
