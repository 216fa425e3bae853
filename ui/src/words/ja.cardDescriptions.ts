/** カードの読み方: what each card description makes of a card or a scan, and what is wrong with a file. */
import type { NumberSource, SortOfValue } from '../generated/types';

const sorts: Record<SortOfValue, string> = {
  text: '引用符（"）で囲んだ文字',
  number: '整数',
  yes_or_no: 'true か false',
  part: '［ ］で囲んだ見出しのまとまり',
  number_or_range: '整数、または ［最小, 最大］',
};

/** What may stand there; `known` is empty where nothing may. */
const knownWords = (known: string): string =>
  known === '' ? '何も書かないでください。' : `使えるのは、${known} です。`;

const sources: Record<NumberSource, string> = {
  felica: 'FeliCaのカード',
  idm: 'FeliCa固有の番号',
  wedge: 'バーコード',
};

export const cardDescriptions = {
  title: 'カードの読み方',
  link: 'カードの読み方',
  say: {
    nothing: 'カードを置くか、|バーコードを|読み取ってください',
    card: 'カードを|読みました',
    scan: 'バーコードを|読みました',
    unread: 'カードを|読めませんでした',
    coming: '調べています',
  },
  unmet: 'どの読み方にも、当てはまりませんでした',
  noFiles: '読み方のファイルが、まだありません',
  noFilesNote: 'フォルダーの「examples」に見本があります。ひとつ上にコピーし、カードに合わせて書きかえてください。',
  sources,
  sorts,
  notTried: '－',
  also: (number: string) => `${number}（上の読み方が使われます）`,
  alsoNow: '同じカードに、二つの読み方が当てはまります。片方のファイルを直すか、外してください。',
  place: (line: number, column: number) => `${line}行目の${column}文字目`,
  openFolder: 'フォルダーを開く',
  readAgain: '読み直す',
  folder: 'ファイルの場所',
  noNumber: {
    other_source: '別の種類のカードの読み方です',
    not_on_this_card: 'このカードに、その場所はありません',
    blank: '番号が書かれていません',
    other_encoding: '書き方（encoding）がちがいます',
    other_symbology: 'バーコードの種類がちがいます',
    other_length: (found: number) => `長さがちがいます（${found}文字）`,
    other_prefix: 'はじまりの文字がちがいます',
    wrong_check: '検査用の文字が合いません',
    no_customer_number: '番号に使えない文字があるか、長すぎます',
  },
  wrong: {
    unreadable: ['ファイルを開けません。', 'ほかのソフトで開いていないか、読み取りの許可があるかをお確かめください。'],
    too_many: (most: number) => [
      `ファイルが多すぎます（${most}個まで）。`,
      '使わないファイルを、ほかのフォルダーに移してください。',
    ],
    too_large: ['読み方のファイルとしては大きすぎます。', '別のファイルでないか、お確かめください。'],
    no_text: ['文字のファイル（UTF-8）ではありません。', '「UTF-8」を選んで、保存し直してください。'],
    no_toml: [
      '書き方の決まりに合いません。',
      '引用符（"）や ＝ の抜け、同じ言葉のくり返しがないか、お確かめください。',
    ],
    unknown_word: (word: string, known: string) => [`「${word}」という言葉はありません。`, knownWords(known)],
    missing_word: (word: string) => [`「${word}」がありません。`, 'この場所に書き足してください。'],
    not_one_source: ['読み方が一つに決まりません。', '［felica］［idm］［wedge］のうち、一つだけを書いてください。'],
    other_sort: (word: string, wanted: string) => [
      `「${word}」の値の種類がちがいます。`,
      `${wanted}を書いてください。`,
    ],
    unknown_choice: (word: string, known: string) => [`「${word}」に、その値は使えません。`, knownWords(known)],
    no_code: (word: string) => [
      `「${word}」がコードになっていません。`,
      '16進の4けたを、"FE00" のように書いてください。',
    ],
    service_needs_key: [
      'このサービスは、鍵がないと読めません。',
      '鍵のいらないサービスコードを、カードの発行元におたずねください。',
    ],
    out_of_range: (word: string, least: number, most: number) => [
      `「${word}」の値が範囲の外です。`,
      `${least}から${most}までの数を書いてください。`,
    ],
    text_length: (word: string, most: number) => [
      `「${word}」の長さが合いません。`,
      `1文字から${most}文字で書いてください。`,
    ],
    check_does_not_fit: ['この検査のしかたは、このカードには使えません。', '［number］の check をお確かめください。'],
  },
};
