/** カードの読み方: what each card description makes of a card or a scan, and what is wrong with a file. */
import type { DescriptionFault, NoNumber, NumberSource, SortOfValue } from '../generated/types';

/** What happened, and what to do now. */
export type TwoSentences = [string, string];

const SORTS: Record<SortOfValue, string> = {
  text: '引用符（"）で囲んだ文字',
  number: '整数',
  yes_or_no: 'true か false',
  part: '［ ］で囲んだ見出しのまとまり',
  number_or_range: '整数、または ［最小, 最大］',
};

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
  columns: { card: 'カード', made: '読んだ結果' },
  sources,
  notTried: '－',
  also: (number: string) => `${number}（上の読み方が使われます）`,
  alsoNow: '同じカードに、二つの読み方が当てはまります。片方のファイルを直すか、外してください。',
  place: (line: number, column: number) => `${line}行目の${column}文字目`,
  openFolder: 'フォルダーを開く',
  readAgain: '読み直す',
  folder: 'ファイルの場所',
  noNumber: (why: NoNumber): string => {
    switch (why.why) {
      case 'other_source':
        return '別の種類のカードの読み方です';
      case 'not_on_this_card':
        return 'このカードに、その場所はありません';
      case 'blank':
        return '番号が書かれていません';
      case 'other_encoding':
        return '書き方（encoding）がちがいます';
      case 'other_symbology':
        return 'バーコードの種類がちがいます';
      case 'other_length':
        return `長さがちがいます（${why.found}文字）`;
      case 'other_prefix':
        return 'はじまりの文字がちがいます';
      case 'wrong_check':
        return '検査用の文字が合いません';
      case 'no_customer_number':
        return '番号に使えない文字があるか、長すぎます';
    }
  },
  wrong: (fault: DescriptionFault): TwoSentences => {
    switch (fault.wrong) {
      case 'unreadable':
        return ['ファイルを開けません。', 'ほかのソフトで開いていないか、読み取りの許可があるかをお確かめください。'];
      case 'too_many':
        return [
          `ファイルが多すぎます（${fault.most}個まで）。`,
          '使わないファイルを、ほかのフォルダーに移してください。',
        ];
      case 'too_large':
        return ['読み方のファイルとしては大きすぎます。', '別のファイルでないか、お確かめください。'];
      case 'no_text':
        return ['文字のファイル（UTF-8）ではありません。', '「UTF-8」を選んで、保存し直してください。'];
      case 'no_toml':
        return [
          '書き方の決まりに合いません。',
          '引用符（"）や ＝ の抜け、同じ言葉のくり返しがないか、お確かめください。',
        ];
      case 'unknown_word':
        return [`「${fault.word}」という言葉はありません。`, knownWords(fault.known)];
      case 'missing_word':
        return [`「${fault.word}」がありません。`, 'この場所に書き足してください。'];
      case 'not_one_source':
        return ['読み方が一つに決まりません。', '［felica］［idm］［wedge］のうち、一つだけを書いてください。'];
      case 'other_sort':
        return [`「${fault.word}」の値の種類がちがいます。`, `${SORTS[fault.wanted]}を書いてください。`];
      case 'unknown_choice':
        return [`「${fault.word}」に、その値は使えません。`, knownWords(fault.known)];
      case 'no_code':
        return [`「${fault.word}」がコードになっていません。`, '16進の4けたを、"FE00" のように書いてください。'];
      case 'service_needs_key':
        return [
          'このサービスは、鍵がないと読めません。',
          '鍵のいらないサービスコードを、カードの発行元におたずねください。',
        ];
      case 'out_of_range':
        return [`「${fault.word}」の値が範囲の外です。`, `${fault.least}から${fault.most}までの数を書いてください。`];
      case 'text_length':
        return [`「${fault.word}」の長さが合いません。`, `1文字から${fault.most}文字で書いてください。`];
      case 'check_does_not_fit':
        return ['この検査のしかたは、このカードには使えません。', '［number］の check をお確かめください。'];
    }
  },
};

const knownWords = (known: string[]): string =>
  known.length === 0 ? '何も書かないでください。' : `使えるのは、${known.join('、')} です。`;
