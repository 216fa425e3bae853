/**
 * What the program would tell the resident's window, chosen by the page's address: `?view=ask&accounts=2`.
 * `window.showResident` tells it anew.
 */
import type { ResidentScreen, ResidentSum, ResidentView, Settings } from '../../generated/types';
import { ACCOUNTS, SHOP } from './samples';

declare global {
  interface Window {
    showResident(view: ResidentView): void;
  }
}

const USED = [1500, 800, 0];

function viewNamed(view: string, count: number): ResidentView {
  const accounts = ACCOUNTS.slice(0, count);
  const sums: ResidentSum[] = accounts.map(({ name, balance }, index) => {
    const points = USED[index] ?? 0;
    return { currency: name, before: balance, points, after: balance - points };
  });
  switch (view) {
    case 'balances':
      return { view, accounts: accounts.map(({ name, balance }) => ({ currency: name, points: balance })) };
    case 'ask':
      return { view, sums, last_day: null, sending: false };
    case 'sending':
      return { view: 'ask', sums, last_day: null, sending: true };
    case 'done':
      return { view, sums, last_day: null };
    case 'ask_ticket':
      return { view: 'ask', sums: sums.slice(0, 1), last_day: '2026-12-20', sending: false };
    case 'done_ticket':
      return { view: 'done', sums: sums.slice(0, 1), last_day: '2026-12-20' };
    case 'card':
    case 'reading':
    case 'wait':
      return { view };
    default:
      return { view: 'rest' };
  }
}

export function showSamples(query: URLSearchParams, show: (screen: ResidentScreen) => void): void {
  const told = (view: ResidentView): ResidentScreen => ({
    shop: query.has('unregistered') ? '' : SHOP.site_name,
    language: (query.get('language') ?? 'ja') as Settings['language'],
    theme: (query.get('theme') ?? 'light') as Settings['theme'],
    view,
  });
  window.showResident = (view) => show(told(view));
  show(told(viewNamed(query.get('view') ?? 'rest', Number(query.get('accounts') ?? 1))));
}
