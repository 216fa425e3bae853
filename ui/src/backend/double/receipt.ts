/** The receipt of an operation of the double, laid out like the program's. */
import type { LastOperation, PaperLine, ReceiptPreview } from '../../generated/types';
import { clockTime, grouped } from '../../words/numbers';
import { MASKED, SHOP } from './samples';

const line = (kind: PaperLine['kind'], text: string, value: string | null = null): PaperLine => ({ kind, text, value });
const RULE = line('rule', '');

export function receiptOf(operation: LastOperation, printed: number): ReceiptPreview {
  const { state, kind } = operation;
  const accounts = state.state === 'done' ? state.accounts : [];
  const used = kind === 'use';
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
