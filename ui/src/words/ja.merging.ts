/** 商店街ポイント合算: 画面 37〜39, what lies in the streets' folders. */
import type { MergeFileState, MergeReception } from '../generated/types';
import { points } from './ja.units';
import { grouped } from './numbers';

const receptions: Record<MergeReception, string> = {
  received: '商店街が受け取りました',
  unknown_member: '商店街に、この番号の会員がいません',
  other_content: '商店街が、内容を確かめています',
  booked_back: '商店街が取り消しました。自治体がポイントを戻します',
  declined: '商店街は受け取りません。自治体がポイントを戻します',
};

const files: Record<MergeFileState['is'], string> = {
  put: '置きました',
  lies: 'まだ受け取られていません',
  taken: '返事を待っています',
  not_put: '置けていません',
  unseen: 'フォルダーが見えません',
};

export const merging = {
  title: '商店街ポイント合算',
  /** To the street's own software, from the first screen of a PC that is no terminal yet. */
  ownSoftware: '商店街ポイントのソフトを使う',
  steps: ['カード', 'ポイント数', '確認', '完了'],
  menu: '商店街ポイント合算',
  menuNote: 'お客様の自治体ポイントを、商店街のポイントにします',
  card: {
    say: 'マイナンバーカードか商店街カードを|読取装置に置いてください',
    hints: [
      '「読み取りました」と表示されるまで、そのままお待ちください。',
      'バーコードの商店街カードは、スキャナーで読み取ってください。',
      '商店街カードで合算できるのは、暗証番号なしの上限までです。',
    ],
    register: '番号を登録する',
  },
  street: {
    coming: '合算できる商店街を調べています',
    say: 'どの商店街のポイントにしますか',
    none: '合算できる商店街が、ありません',
    noneNote: '自治体の担当課にお問い合わせください。',
    noneUsable: 'いま合算できる商店街が、ありません',
    notMember: 'お客様の番号が、登録されていません',
    noFolder: 'ファイルを置くフォルダーが、設定されていません',
    usable: '合算できます',
    register: '番号を登録する',
    settings: 'フォルダーを設定する',
    again: 'もう一度調べる',
    still: 'まだポイントは動いていません。',
  },
  /** In place of those of a use, on the same screens. */
  amount: {
    say: 'いくつを合算しますか',
    from: (currency: string) => `${currency}から合算するポイント数`,
    columns: { name: '合算できるポイント', balance: 'いまの残高', used: '合算する', rest: '残り' },
    limits: (perUse: number, leftToday: number) =>
      `暗証番号なしで合算できるのは、1回 ${points(perUse)}まで、本日はあと ${points(leftToday)}です。`,
    limitsByStreetCard: (perUse: number, leftToday: number) =>
      `商店街カードで合算できるのは、1回 ${points(perUse)}まで、本日はあと ${points(leftToday)}です。`,
    all: '残高を|全部|合算する',
    needsPin: 'この合算には、お客様の暗証番号が必要です。',
    next: '確認へ進む',
    nothingUsable: '合算できるポイントが、ありません',
    into: (street: string) => `${street}のポイントにします。|合算は、この端末では取り消せません。`,
  },
  confirm: {
    say: (street: string) => `${street}のポイントに|合算しますか`,
    use: '合算する',
    after: '残り',
    still: 'まだポイントは動いていません。',
    ask: (n: number, street: string) => `「${points(n)}を、|${street}のポイントにして|よろしいでしょうか」`,
    final: '合算すると、この端末では取り消せません。|間違いのときは、商店街と自治体が手続きします。',
    correct: '数を直す',
    merge: (n: number) => `${points(n)}を合算する`,
    needsPin: 'この合算には、お客様の暗証番号が必要です。',
  },
  pin: { toMerge: (n: number) => `${points(n)}を合算するための、本人確認です。` },
  result: {
    merged: (n: number, street: string) => `${points(n)}を、|${street}のポイントに合算しました`,
    put: 'ファイルを、商店街のフォルダーに置きました',
    notPut: 'ファイルを、フォルダーに置けませんでした',
    notPutNote: '合算は成立しています。もう一度、合算しないでください。',
    putAgain: 'もう一度置く',
    putting: '置いています',
    receive: '商店街のソフトで、受け取る',
    receiveNote: '「合算ポイント受取」を押すと、商店街のポイントが増えます。',
    list: '合算とファイルを見る',
  },
  list: {
    title: '合算とファイル',
    say: 'この端末で合算したもの',
    note: (lying: number) =>
      lying === 0
        ? 'フォルダーに残っているファイルは、ありません。'
        : `まだ受け取られていないものが、${grouped(lying)}件あります。`,
    none: 'まだありません',
    noneNote: '合算すると、ここに出ます。',
    coming: '調べています',
    again: 'もう一度調べる',
    columns: { time: '時刻', street: '合算先', points: 'ポイント', file: 'ファイル' },
    files,
    receptions,
    page: (from: number, to: number, all: number) => `${grouped(from)}〜${grouped(to)}件目（全 ${grouped(all)}件）`,
    earlier: '新しい合算',
    later: '前の合算',
    put: 'もう一度置く',
    putNamed: (n: number, number: string) => `${points(n)}、取引済番号 ${number} のファイル`,
    isPut: 'ファイルを置きました。同じ取引済番号なので、二重には加算されません。',
    hint: 'ファイルをなくしたときは、もう一度置けます。|ポイントは、もう動きません。',
  },
  settings: {
    title: '商店街のファイルを置くフォルダー',
    street: '商店街の番号',
    streetExample: '6桁。自治体から知らされた番号です。',
    folder: 'フォルダー',
    streetWrong: '番号は、6桁の数字です。同じ番号は、1つだけです。',
    folderWrong: 'フォルダーを入力してください。',
    more: '商店街をふやす',
    less: 'この商店街をはずす',
  },
};
