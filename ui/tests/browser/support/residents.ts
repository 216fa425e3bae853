/** Every view of the screen turned to the resident. */
export const RESIDENT_VIEWS = [
  { name: 'rest', query: 'view=rest' },
  { name: 'rest-unregistered', query: 'view=rest&unregistered' },
  { name: 'card', query: 'view=card' },
  { name: 'reading', query: 'view=reading' },
  { name: 'balances', query: 'view=balances' },
  { name: 'balances-several', query: 'view=balances&accounts=3' },
  { name: 'ask', query: 'view=ask' },
  { name: 'ask-several', query: 'view=ask&accounts=2' },
  { name: 'sending', query: 'view=sending' },
  { name: 'wait', query: 'view=wait' },
  { name: 'done', query: 'view=done' },
  { name: 'ask-ticket', query: 'view=ask_ticket' },
  { name: 'done-ticket', query: 'view=done_ticket' },
];
