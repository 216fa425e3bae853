/** The receipt of an operation of the double, laid out like the program's. */
import type { LastOperation, PaperLine, PrintedPaper, Printer, ReceiptPreview } from '../../generated/types';
import { clockTime, grouped } from '../../words/numbers';
import { MASKED, SHOP } from './samples';

const line = (kind: PaperLine['kind'], text: string, value: string | null = null): PaperLine => ({ kind, text, value });
const RULE = line('rule', '');

export function receiptOf(operation: LastOperation, printed: number): ReceiptPreview {
  const { state, kind } = operation;
  const accounts = state.state === 'done' ? state.accounts : [];
  const used = kind === 'use';
  if (kind === 'merge_points' && state.state === 'done') return mergeReceiptOf(operation, printed);
  return {
    printed,
    lines: [
      line('title', used ? 'ポイントご利用明細' : 'ポイントご利用取消明細'),
      line('centred', '（お客様控え）'),
      RULE,
      line('text', SHOP.site_name),
      line('text', `2026年11月20日（金）${clockTime(operation.at_ms)}`),
      RULE,
      ...accounts.flatMap((account) => [
        line('strong', account.currency),
        line('pair', used ? 'ご利用前の残高' : '取消前の残高', grouped(account.before)),
        line('large_pair', used ? 'ご利用' : '取消', `${used ? '−' : '＋'}${grouped(account.points)}`),
        line('sum_pair', used ? 'ご利用後の残高' : '取消後の残高', grouped(account.after)),
      ]),
      RULE,
      line('small_pair', '取引番号', state.state === 'done' ? state.number : ''),
      line('small_pair', '端末', '1413 0001'),
      line('small_pair', 'マイキーID', MASKED),
      RULE,
      line(
        'note',
        used
          ? `お会計から ${grouped(operation.points)}円 を差し引きました。`
          : `${grouped(operation.points)}ポイントを残高に戻しました。`,
      ),
      line('note', 'この明細は領収書ではありません。'),
    ],
  };
}

/** Of a merge: where the points went, and under which number. */
function mergeReceiptOf({ state, at_ms, points }: LastOperation, printed: number): ReceiptPreview {
  const done = state.state === 'done' ? state : null;
  return {
    printed,
    lines: [
      line('title', '商店街ポイント合算明細'),
      line('centred', '（お客様控え）'),
      RULE,
      line('text', SHOP.site_name),
      line('text', `2026年11月20日（金）${clockTime(at_ms)}`),
      RULE,
      ...(done?.accounts ?? []).flatMap((account) => [
        line('strong', account.currency),
        line('pair', '合算前の残高', grouped(account.before)),
        line('large_pair', '合算', `−${grouped(account.points)}`),
        line('sum_pair', '合算後の残高', grouped(account.after)),
      ]),
      RULE,
      line('small_pair', '取引番号', done?.number ?? ''),
      line('small_pair', '合算先', done?.merge?.street_name ?? ''),
      line('small_pair', '取引済番号', done?.merge?.number ?? ''),
      line('small_pair', 'マイキーID', MASKED),
      RULE,
      line('note', `${grouped(points)}ポイントを、${done?.merge?.street_name ?? ''}のポイントに合算しました。`),
      line('note', '合算先の商店街が受け取ると、商店街のポイントが増えます。'),
    ],
  };
}

/** Where a paper came out. */
export function paperOf(printer: Printer, title: string, printed: number): PrintedPaper {
  switch (printer.to) {
    case 'folder':
      return { to: 'file', path: `${printer.path}/${title}.pdf`, printed };
    case 'queue':
      return { to: 'queue', printer: printer.name, printed };
    case 'receipt':
      return { to: 'paper', printer: '192.0.2.10:9100', printed };
  }
}
