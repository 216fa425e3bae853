/** What the double says about other programs, in the catalogue's words. */
import type { ErrorCode, Failure } from '../../generated/types';

const failure = (code: ErrorCode, number: string, ja: [string, string], en: [string, string]): Failure => ({
  code,
  number,
  tone: 'check',
  points: 'not_concerned',
  what: { ja: ja[0], en: en[0] },
  now: { ja: ja[1], en: en[1] },
});

export const PROGRAM_FAILURES: Failure[] = [
  failure(
    'program_name_invalid',
    'B-806',
    ['プログラムの名前は、1文字から40文字までです。', '名前を入力し直してください。'],
    ['A program’s name has 1 to 40 characters.', 'Please type the name again.'],
  ),
  failure(
    'page_origin_invalid',
    'B-807',
    ['ページの場所は、https:// とサーバーの名前だけを入力します。', '例のように、うしろを付けずに入力してください。'],
    ['A page’s place is https:// and the server’s name, nothing else.', 'Please type it as in the example.'],
  ),
];
