/** 最後の操作: what became of an operation, one set of sentences per kind (row K4). */
import type { OperationKind } from '../generated/types';
import { points, yen } from './ja.units';

/** What is said of an operation of one kind. */
export interface LastOfKind {
  /** Its name and its points, for a line of its own. */
  name: (n: number) => string;
  /** It took place; `time` is when. */
  taken: (time: string, n: number) => string;
  /** What may be left to do. */
  takenNote: (n: number) => string;
  notTaken: (time: string, n: number) => string;
  /** What did not move, said first. */
  nothingMoved: string;
  notTakenNote: string;
  /** Its name with the currencies it moved. */
  what: (currencies: string[]) => string;
}

const of = (currencies: string[], what: string): string =>
  currencies.length === 0 ? what : `${currencies.join('・')}の${what}`;

const kinds: Record<OperationKind, LastOfKind> = {
  use: {
    name: (n) => `${points(n)}のご利用`,
    taken: (time, n) => `${time} の ${points(n)}のご利用は、終わっています。`,
    takenNote: (n) => `レジの値引きがまだのときは、${yen(n)} を差し引いてください。明細は、ここから印刷できます。`,
    notTaken: (time, n) => `${time} の ${points(n)}のご利用は、行われていません。`,
    nothingMoved: 'ポイントは減っていません。',
    notTakenNote: 'ご利用になるときは、はじめからやり直してください。レジで値引きをしていたら、取り消してください。',
    what: (currencies) => (currencies.length === 0 ? 'ポイントの利用' : of(currencies, '利用')),
  },
  void: {
    name: (n) => `${points(n)}の取消`,
    taken: (time, n) => `${time} の ${points(n)}の取消は、終わっています。`,
    takenNote: (n) => `レジの ${yen(n)} の値引きも、取り消してください。明細は、ここから印刷できます。`,
    notTaken: (time, n) => `${time} の ${points(n)}の取消は、行われていません。`,
    nothingMoved: 'ポイントは戻っていません。',
    notTakenNote: '取り消すときは、はじめからやり直してください。',
    what: (currencies) => of(currencies, '利用の取消'),
  },
  issue_ticket: {
    name: (n) => `${points(n)}の券の発行`,
    taken: (time, n) => `${time} の ${points(n)}の券の発行は、終わっています。`,
    takenNote: () => '券の紙が手もとにあるか、お確かめください。なければ、下のボタンから出せます。',
    notTaken: (time, n) => `${time} の ${points(n)}の券の発行は、行われていません。`,
    nothingMoved: 'ポイントは減っていません。',
    notTakenNote: '発行するときは、はじめからやり直してください。',
    what: (currencies) => of(currencies, '券の発行'),
  },
  reissue_ticket: {
    name: (n) => `${points(n)}の券の再発行`,
    taken: (time, n) => `${time} の ${points(n)}の券の再発行は、終わっています。`,
    takenNote: () => '前の番号の券は使えません。新しい券の紙がなければ、下のボタンから出せます。',
    notTaken: (time, n) => `${time} の ${points(n)}の券の再発行は、行われていません。`,
    nothingMoved: '前の券は、そのまま使えます。',
    notTakenNote: '再発行するときは、「発行した券」からやり直してください。',
    what: (currencies) => of(currencies, '券の再発行'),
  },
  void_ticket: {
    name: (n) => `${points(n)}の券の取消`,
    taken: (time, n) => `${time} の ${points(n)}の券の取消は、終わっています。`,
    takenNote: () => 'ポイントは、お客様の残高に戻っています。券の紙は、使えないようにしてください。',
    notTaken: (time, n) => `${time} の ${points(n)}の券の取消は、行われていません。`,
    nothingMoved: 'ポイントは戻っていません。',
    notTakenNote: '取り消すときは、「発行した券」からやり直してください。',
    what: (currencies) => of(currencies, '券の取消'),
  },
  clear_ticket: {
    name: (n) => `${points(n)}の券の消込`,
    taken: (time, n) => `${time} の ${points(n)}の券の消込は、終わっています。`,
    takenNote: () => '券は、消込済みのものといっしょにしてください。',
    notTaken: (time, n) => `${time} の ${points(n)}の券の消込は、行われていません。`,
    nothingMoved: '券は、そのまま使えます。',
    notTakenNote: '消し込むときは、もう一度読み取ってください。',
    what: (currencies) => of(currencies, '券の消込'),
  },
  unclear_ticket: {
    name: (n) => `${points(n)}の券の消込の取消`,
    taken: (time, n) => `${time} の ${points(n)}の券の消込の取消は、終わっています。`,
    takenNote: () => '券は、また使えます。',
    notTaken: (time, n) => `${time} の ${points(n)}の券の消込の取消は、行われていません。`,
    nothingMoved: '券は、消込済みのままです。',
    notTakenNote: '取り消すときは、はじめからやり直してください。',
    what: (currencies) => of(currencies, '券の消込の取消'),
  },
  merge_points: {
    name: (n) => `${points(n)}の商店街ポイント合算`,
    taken: (time, n) => `${time} の ${points(n)}の合算は、終わっています。`,
    takenNote: () => 'ファイルがフォルダーにあるかは、「商店街ポイント合算」の一覧で確かめられます。',
    notTaken: (time, n) => `${time} の ${points(n)}の合算は、行われていません。`,
    nothingMoved: 'ポイントは減っていません。',
    notTakenNote: '合算するときは、はじめからやり直してください。',
    what: (currencies) => of(currencies, '商店街ポイント合算'),
  },
  close_day: {
    name: () => '日計の締め',
    taken: (time) => `${time} の日計の締めは、終わっています。`,
    takenNote: () => '控えは、ここから印刷できます。',
    notTaken: (time) => `${time} の日計の締めは、行われていません。`,
    nothingMoved: '日計は、まだ締めていません。',
    notTakenNote: '締めるときは、「日計」からやり直してください。',
    what: () => '日計の締め',
  },
};

export const last = {
  title: '最後の操作',
  foundAtStart: '前に開いていたときの操作を、調べました。',
  findingAtStart: '前に開いていたときの操作を、調べています。',
  taken: '成立しています',
  dont: 'もう一度、行わないでください。',
  notTaken: '成立していません',
  checking: '確かめています',
  checkingNote: '通信が戻りしだい、成立したかどうかをお知らせします。',
  wait: '分かるまで、やり直さないでください。',
  waitNote: '1分たっても変わらないときは、お客様のご連絡先を控えてください。分かりしだい、この端末に大きく表示します。',
  when: 'いつ',
  whatLabel: '内容',
  count: 'ポイント数',
  number: '取引番号',
  none: 'ありません',
  byItself: 'ひとりでに問い合わせています',
  askNow: 'いま問い合わせる',
  asking: '問い合わせています',
  otherWork: 'ほかの仕事をする',
  seen: '確かめました',
  again: { use: 'ポイント利用をやり直す', issue_ticket: '券の発行をやり直す' },
  kinds,
};
