/** Address notices (row C6): the wish, the signing password, the word at a look-up. */
import type { addressNotice as ja } from './ja.addressNotice';

export const addressNotice: typeof ja = {
  title: 'Address notice',
  choice: 'Address notice',
  wished: 'Wanted',
  notWished: 'Not wanted',
  explained:
    'When an address changes, the signing certificate on the My Number card lapses. To tell you so at the next look-up, the serial number of that certificate is read and used, and nothing else: neither name nor address is read.',
  needs: 'The customer types the signing password (6 to 16 letters and digits).',
  stands: {
    not_wanted: 'Address notice: not wanted',
    wanted: 'Address notice: wanted',
    check_address: 'Address notice: the signing certificate has lapsed',
  },
  wish: 'Wants the notice',
  end: 'End the notice',
  steps: ['Number', 'Card', 'Check', 'Notice', 'Done'],
  say: 'Please ask the customer to type the signing password',
  purpose: 'So that you are told at a look-up that the address has changed.',
  label: 'Signing password',
  show: 'Show the characters',
  tries: (left: number) => `${left} ${left === 1 ? 'try' : 'tries'} left`,
  reading: 'Checking the card',
  hints: [
    '6 to 16 letters and digits. Small letters count as capitals.',
    'This is not the PIN of four digits.',
    'Forgotten? Finish without the notice: the number is registered.',
  ],
  lastTry: 'One more mistake locks the signing password',
  lastTryNote: 'A locked one is reset at the municipal office only. Please ask the customer whether to go on.',
  goOn: 'Go on',
  give: 'Set the notice',
  giving: 'Setting it',
  still: 'Please leave the card where it is.',
  needsSix: '6 to 16 characters.',
  without: 'Finish without',
  again: 'Try again',
  check: 'Please check the address',
  checkNote:
    'This customer’s signing certificate has lapsed. That happens when an address changes, and sometimes for other reasons.',
  checked: 'Address checked (end the notice)',
  checkedNote: 'To go on with notices, the customer asks for them anew at the registration.',
  ended: 'The notice has ended.',
};
