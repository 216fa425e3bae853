/** What the double says about service IDs, in the catalogue's words. */
import type { ErrorCode, Failure } from '../../generated/types';

const failure = (
  code: ErrorCode,
  number: string,
  tone: Failure['tone'],
  ja: [string, string],
  en: [string, string],
): Failure => ({
  code,
  number,
  tone,
  points: 'not_concerned',
  what: { ja: ja[0], en: en[0] },
  now: { ja: ja[1], en: en[1] },
});

/** A wrong signing password says how often it can still be wrong. */
export const wrongSigningPassword = (tries: number): Failure =>
  failure(
    'wrong_signing_password',
    'C-121',
    'check',
    [
      `署名用パスワードがちがいます。あと${tries}回まちがえると使えなくなります。`,
      'お客様に、続けてよいかお確かめください。',
    ],
    [
      `The signing password is wrong. It locks after ${tries} more wrong tries.`,
      'Please ask the customer whether to go on.',
    ],
  );

export const SERVICE_ID_FAILURES: Failure[] = [
  failure(
    'signing_password_locked',
    'C-122',
    'stop',
    [
      '署名用パスワードが使えなくなっています。',
      'お住まいの市区町村の窓口で、初期化をお願いしてください。通知は、なくてもかまいません。',
    ],
    [
      'The signing password is locked.',
      'Please ask the customer to have it reset at their municipal office. The notice can be left out.',
    ],
  ),
  failure(
    'last_signing_password_try',
    'C-123',
    'check',
    ['署名用パスワードは、あと1回まちがえると使えなくなります。', 'お客様に、続けてよいかお確かめください。'],
    ['One more mistake locks the signing password.', 'Please ask the customer whether to go on.'],
  ),
  failure(
    'no_signing_certificate',
    'C-125',
    'stop',
    ['このカードには、署名用電子証明書がありません。', '住所の変更は、これまでどおりお客様からお聞きください。'],
    ['This card has no signing certificate.', 'Please go on asking the customer about a new address.'],
  ),
  failure(
    'customer_number_invalid',
    'S-702',
    'check',
    [
      '利用カード番号は、英数字と記号で64文字までです。コンマは使えません。',
      '番号を確かめて、もう一度入力してください。',
    ],
    [
      'A card number has up to 64 letters, digits and signs, without commas.',
      'Please check the number and type it again.',
    ],
  ),
  failure(
    'customer_number_taken',
    'S-703',
    'stop',
    ['この利用カード番号は、ほかの方に登録されています。登録していません。', '利用カードの番号を確かめてください。'],
    [
      'This card number is registered to somebody else. Nothing was registered.',
      'Please check the number on the card.',
    ],
  ),
  failure(
    'service_id_not_as_shown',
    'S-704',
    'check',
    [
      '登録の内容が、画面でご覧になったものと変わっています。登録していません。',
      'もう一度カードを置いて、いまの内容を確かめてください。',
    ],
    [
      'What is registered is no longer what was shown. Nothing was registered.',
      'Please put the card on again and check what is registered now.',
    ],
  ),
  failure(
    'service_id_unanswered',
    'S-705',
    'check',
    [
      'クラウドから返事がなく、登録できたか確かめられていません。',
      'カードを置いたまま、もう一度登録してください。2回登録されることはありません。',
    ],
    [
      'No answer came from the cloud, so it is not known whether the number was registered.',
      'Leave the card on and register again. It will not be registered twice.',
    ],
  ),
  failure(
    'card_number_blank',
    'S-710',
    'check',
    ['この利用カードには、番号が書き込まれていません。', 'カードに印刷された番号を入力してください。'],
    ['No number is written on this card.', 'Please type the number that is printed on it.'],
  ),
  failure(
    'card_not_described',
    'S-711',
    'check',
    [
      'この利用カードの番号を、読み取れませんでした。',
      'カードに印刷された番号を入力してください。読み方は、設定の「カードの読み方」で確かめられます。',
    ],
    [
      'The number of this card could not be read.',
      'Please type the number that is printed on it. How cards are read can be checked under Settings, Card descriptions.',
    ],
  ),
  failure(
    'several_library_cards',
    'S-713',
    'check',
    ['利用カードが、2枚以上置かれています。', '登録するお客様の利用カードを、1枚だけ置いてください。'],
    [
      'More than one card of the institution lies on the readers.',
      'Please leave only the card of the customer who is being registered.',
    ],
  ),
  failure(
    'clipboard_absent',
    'S-706',
    'check',
    ['番号を、クリップボードに入れられませんでした。', '画面の番号を、手で入力してください。'],
    ['The number could not be put into the clipboard.', 'Please type the number from the screen.'],
  ),
  failure(
    'no_other_window',
    'S-709',
    'check',
    [
      'ほかの窓が選ばれなかったため、番号を入力していません。',
      '画面の番号を、手で入力してください。次は30秒のうちに、入力欄をクリックしてください。',
    ],
    [
      'No other window was chosen, so the number was not typed.',
      'Please type the number from the screen. Next time click the field within 30 seconds.',
    ],
  ),
];
