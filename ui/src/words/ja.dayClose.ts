/** 日計: closing the day of this terminal. */
import type { OperationKind, PrintedPaper } from '../generated/types';
import { printed } from './ja.paper';
import { points, shortDay, day } from './ja.units';
import { grouped } from './numbers';

const kinds: Record<OperationKind, string> = {
  use: 'ポイント利用',
  void: '利用の取消',
  issue_ticket: 'ポイント券の発行',
  reissue_ticket: 'ポイント券の再発行',
  void_ticket: 'ポイント券の取消',
  clear_ticket: 'ポイント券の消込',
  unclear_ticket: 'ポイント券の消込の取消',
  merge_points: '商店街ポイント合算',
  close_day: '日計',
};

export const dayClose = {
  title: '日計',
  steps: ['内容', '確認', '完了'],
  say: '前の締めのあとの、この端末の分です',
  since: (iso: string, time: string) => `前の締め　${shortDay(iso)} ${time}`,
  first: 'はじめての締めです。',
  none: '前の締めのあと、まだ何もしていません',
  noneNote: 'ポイント利用や券の発行をすると、ここに出ます。',
  kinds,
  columns: { kind: '内容', currency: 'ポイント', count: '回数', points: 'ポイント数' },
  times: (n: number) => `${grouped(n)}回`,
  net: (kind: string) => `${kind}の差引`,
  byState: '発行した券の状態',
  sheets: (n: number) => `${grouped(n)}枚`,
  coming: '調べています',
  again: 'もう一度調べる',
  closes: 'これまでの締め',
  noCloses: 'まだありません',
  more: (n: number) => `ほか ${n}回分も見る`,
  named: (number: number, iso: string, time: string) => `第${number}号　${shortDay(iso)} ${time}`,
  stillOpen: {
    pile: (n: number) => `読み取りの途中の束があります（${grouped(n)}枚）。`,
    pileNote: '束の中の消し込んだ券は、締めたあとは戻せません。',
    unconfirmed: (n: number) => `まだ確認できていない券が ${grouped(n)}枚あります。`,
    next: 'これから消し込まれる券は、次の日計に入ります。',
  },
  next: '締めへ進む',
  question: {
    say: 'ここまでの分を締めますか',
    after: '締めると、その前の利用と券は、この端末では取り消せなくなります。',
    once: '締めたものは、変えられません。何度でも印刷できます。',
    ask: 'レジの記録と|合っているか、|お確かめください。',
    not: '締めない',
    act: '日計を締める',
    total: (kindsCount: number, n: number) => `${kindsCount}種類　合わせて ${grouped(n)}回`,
  },
  closed: {
    say: (number: number) => `日計 第${number}号を締めました`,
    shown: (number: number) => `日計 第${number}号`,
    when: (iso: string, time: string) => `${day(iso)} ${time}`,
    print: '控えを印刷',
    printAgain: (count: number) => `もう一度印刷する（再印刷 ${count}回目）`,
    printed: (to: PrintedPaper['to'], count: number) =>
      `${printed(to)}${count > 1 ? `（再印刷 ${count - 1}回目）` : ''}`,
    printedBefore: (count: number) => (count === 0 ? 'まだ印刷していません。' : `これまでに ${count}回 印刷しました。`),
    head: '台帳のしるし',
    done: '最初の画面へ',
  },
  sum: (n: number) => points(n),
};
