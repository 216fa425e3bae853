/** Every view of the screen turned to the resident: how it is asked for, and what the screen then says it shows. */
export const RESIDENT_VIEWS = [
  { name: 'rest', query: 'view=rest', view: 'rest' },
  { name: 'rest-unregistered', query: 'view=rest&unregistered', view: 'rest' },
  { name: 'card', query: 'view=card', view: 'card' },
  { name: 'reading', query: 'view=reading', view: 'reading' },
  { name: 'balances', query: 'view=balances', view: 'balances' },
  { name: 'balances-several', query: 'view=balances&accounts=3', view: 'balances' },
  { name: 'ask', query: 'view=ask', view: 'ask' },
  { name: 'ask-several', query: 'view=ask&accounts=2', view: 'ask' },
  { name: 'sending', query: 'view=sending', view: 'ask' },
  { name: 'wait', query: 'view=wait', view: 'wait' },
  { name: 'done', query: 'view=done', view: 'done' },
  { name: 'ask-ticket', query: 'view=ask_ticket', view: 'ask' },
  { name: 'done-ticket', query: 'view=done_ticket', view: 'done' },
];
