/** Training: the mark on every screen, the way in and out. */
import type { training as ja } from './ja.training';

export const training: typeof ja = {
  name: 'Training',
  promise: 'No real points move. Use training cards only.',
  residentPromise: 'No real points move.',
  end: 'End training',
  title: 'Training',
  about: 'Practise every step without moving real points.',
  open: 'Practise',
  say: 'Start training?',
  facts: [
    'No real points move. Balances and day closes in training are its own.',
    'The screen turns yellow and says "Training" everywhere. Papers say so as well.',
    'Do not use residents’ cards. Use training cards.',
  ],
  before: 'The counter is locked. After training you go on with the terminal password.',
  first:
    'The first time you need the training address (Settings) and a training terminal ID. Please ask the municipality.',
  start: 'Start training',
  starting: 'Starting training',
  cloud: 'Training cloud',
  signUp: 'Please type the terminal ID and password for training. The address is set under Settings.',
};
