/** The issuing desk's and the day close's screens, and how a clerk gets there. */
import type { Picture } from './gallery';
import type { Clerk } from './window';

const AT_DESK = 'place=chamber';

/** Numbers of the chamber's menu. */
const ISSUE = '1';
const TICKETS = '2';
const DAY = '4';

const toAmount = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.press(ISSUE);
  await clerk.sees('card');
  await clerk.putsCard();
  await clerk.sees('amount');
};
const toLastDay = async (clerk: Clerk) => {
  await toAmount(clerk);
  await clerk.type('1000');
  await clerk.press('Enter');
  await clerk.sees('last_day');
};
export const toConfirmIssue = async (clerk: Clerk) => {
  await toLastDay(clerk);
  await clerk.press('Enter');
  await clerk.sees('confirm_issue');
};
const issue = async (clerk: Clerk) => {
  await toConfirmIssue(clerk);
  await clerk.press('Enter');
};
const issueThree = async (clerk: Clerk) => {
  await toLastDay(clerk);
  await clerk.press('+', '+', 'Enter');
  await clerk.sees('confirm_issue');
  await clerk.press('Enter');
  await clerk.page.getByText(/ticket-2026/).waitFor();
};
const toList = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.press(TICKETS);
  await clerk.sees('tickets');
};
const toQuestion = (button: RegExp) => async (clerk: Clerk) => {
  await toList(clerk);
  await clerk.page.getByRole('button', { name: button }).first().click();
  await clerk.sees('confirm_ticket');
};
const toReissue = toQuestion(/^再発行|^Reissue/);
const toVoid = toQuestion(/^取消|^Void/);
const toDay = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.press(DAY);
  await clerk.sees('day');
};
const toClose = async (clerk: Clerk) => {
  await toDay(clerk);
  await clerk.press('Enter');
  await clerk.sees('confirm_close');
};
const then =
  (arrive: (clerk: Clerk) => Promise<void>, ...keys: string[]) =>
  async (clerk: Clerk) => {
    await arrive(clerk);
    await clerk.press(...keys);
  };

export const DESK: Picture[] = [
  { name: 'desk-home', screen: 'home', query: AT_DESK },
  { name: 'desk-home-new', screen: 'home', query: `${AT_DESK}&today=none` },
  {
    name: 'desk-card',
    screen: 'card',
    query: AT_DESK,
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press(ISSUE);
    },
  },
  { name: 'desk-amount', screen: 'amount', query: AT_DESK, arrive: then(toAmount, '5', '0', '0') },
  {
    name: 'desk-amount-event',
    screen: 'amount',
    query: `${AT_DESK}&accounts=2`,
    arrive: async (clerk) => {
      await toAmount(clerk);
      await clerk.type('500');
      await clerk.press('ArrowDown');
    },
  },
  { name: 'desk-last-day', screen: 'last_day', query: AT_DESK, arrive: toLastDay },
  { name: 'desk-last-day-week', screen: 'last_day', query: AT_DESK, arrive: then(toLastDay, '1', 'ArrowRight') },
  { name: 'desk-confirm', screen: 'confirm_issue', query: AT_DESK, arrive: toConfirmIssue },
  {
    name: 'desk-confirm-event',
    screen: 'confirm_issue',
    query: `${AT_DESK}&accounts=2&printer=paper_out`,
    arrive: async (clerk) => {
      await toAmount(clerk);
      await clerk.type('500');
      await clerk.press('ArrowDown', 'Enter');
      await clerk.sees('last_day');
      await clerk.press('2', 'Enter');
    },
  },
  {
    name: 'desk-pin',
    screen: 'pin',
    query: `${AT_DESK}&per_use=500`,
    arrive: then(toConfirmIssue, 'Enter'),
  },
  {
    name: 'desk-issued',
    screen: 'ticket_result',
    query: AT_DESK,
    arrive: async (clerk) => {
      await issue(clerk);
      await clerk.page.getByText(/ticket-2026/).waitFor();
    },
  },
  {
    name: 'desk-not-printed',
    screen: 'ticket_result',
    query: `${AT_DESK}&print=printer_refused`,
    arrive: async (clerk) => {
      await issue(clerk);
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'desk-paper-in-doubt',
    screen: 'ticket_result',
    query: `${AT_DESK}&print=paper_incomplete`,
    arrive: async (clerk) => {
      await issue(clerk);
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'desk-several-day',
    screen: 'last_day',
    query: AT_DESK,
    arrive: async (clerk) => {
      await toLastDay(clerk);
      await clerk.press('+', '+');
      await clerk.page.getByText(/あわせて|together/).waitFor();
    },
  },
  {
    name: 'desk-several-confirm',
    screen: 'confirm_issue',
    query: AT_DESK,
    arrive: async (clerk) => {
      await toLastDay(clerk);
      await clerk.press('+', '+', 'Enter');
      await clerk.sees('confirm_issue');
      await clerk.page.getByRole('img').waitFor();
    },
  },
  { name: 'desk-several-issued', screen: 'ticket_result', query: AT_DESK, arrive: issueThree },
  {
    name: 'desk-several-ended',
    screen: 'ticket_result',
    query: `${AT_DESK}&issue=insufficient`,
    arrive: issueThree,
  },
  { name: 'desk-refused', screen: 'refused', query: `${AT_DESK}&issue=insufficient`, arrive: issue },
  { name: 'desk-tickets', screen: 'tickets', query: AT_DESK, arrive: toList },
  {
    name: 'desk-tickets-soon',
    screen: 'tickets',
    query: AT_DESK,
    arrive: async (clerk) => {
      await toList(clerk);
      await clerk.page.locator('input[name="which"]').last().check();
    },
  },
  {
    name: 'desk-tickets-open',
    screen: 'tickets',
    query: AT_DESK,
    arrive: async (clerk) => {
      await toList(clerk);
      await clerk.page.getByRole('radio', { name: /使える券すべて|All open/ }).check();
      await clerk.page.getByRole('button', { name: /次の券|Next/ }).waitFor();
    },
  },
  {
    name: 'desk-tickets-cut',
    screen: 'tickets',
    query: `${AT_DESK}&most_listed=4`,
    arrive: async (clerk) => {
      await toList(clerk);
      await clerk.page.getByRole('radio', { name: /使える券すべて|All open/ }).check();
      await clerk.page.locator('#order').selectOption('largest');
    },
  },
  { name: 'desk-tickets-none', screen: 'tickets', query: `${AT_DESK}&today=none`, arrive: toList },
  {
    name: 'desk-tickets-failed',
    screen: 'tickets',
    query: `${AT_DESK}&today=failed&network=cloud_unreachable`,
    arrive: toList,
  },
  { name: 'desk-reissue', screen: 'confirm_ticket', query: AT_DESK, arrive: toReissue },
  { name: 'desk-reissued', screen: 'ticket_result', query: AT_DESK, arrive: then(toReissue, 'Enter') },
  { name: 'desk-void', screen: 'confirm_ticket', query: AT_DESK, arrive: toVoid },
  { name: 'desk-voided', screen: 'ticket_result', query: AT_DESK, arrive: then(toVoid, 'Enter') },
  { name: 'desk-last-done', screen: 'last_operation', query: `${AT_DESK}&last=done&last_kind=issue_ticket` },
  { name: 'desk-last-not-done', screen: 'last_operation', query: `${AT_DESK}&last=not_done&last_kind=issue_ticket` },
  { name: 'day-last-done', screen: 'last_operation', query: `${AT_DESK}&last=done&last_kind=close_day` },
  { name: 'day', screen: 'day', query: AT_DESK, arrive: toDay },
  { name: 'day-none', screen: 'day', query: `${AT_DESK}&today=none`, arrive: toDay },
  {
    name: 'day-failed',
    screen: 'day',
    query: `${AT_DESK}&today=failed&network=cloud_unreachable`,
    arrive: toDay,
  },
  { name: 'day-confirm', screen: 'confirm_close', query: AT_DESK, arrive: toClose },
  { name: 'day-closed', screen: 'day_closed', query: AT_DESK, arrive: then(toClose, 'Enter') },
  {
    name: 'day-printed-again',
    screen: 'day_closed',
    query: AT_DESK,
    arrive: async (clerk) => {
      await toDay(clerk);
      await clerk.page
        .getByRole('button', { name: /第12号|No 12/ })
        .first()
        .click();
      await clerk.sees('day_closed');
      await clerk.press('Enter');
      await clerk.page.getByText(/day-close-12/).waitFor();
    },
  },
];
