/** The words of signing in and of the lock, in English. */
import type { Words } from './ja';

export const signIn: Words['signIn'] = {
  title: 'Sign in',
  locked: 'Locked',
  say: 'Please type the terminal password',
  sayNamed: 'Please type your name and the terminal password',
  sayLocked: 'To go on, please type the terminal password',
  where: 'The terminal password stands on the sheet “Form II” from the municipality.',
  lost: 'If the sheet cannot be found, please ask the municipality. With a new sheet this PC is registered again.',
  name: 'Your name',
  nameIfWanted: 'Your name (may be left out)',
  nameExample: 'such as Sato',
  nameWrong: 'Please type your name.',
  staff: (name) => `Staff: ${name}`,
  names: 'Names used here before',
  capsLock: 'Caps Lock is on. Please type small letters.',
  site: 'Place',
  begin: 'Sign in',
  unlock: 'Unlock',
  checking: 'Checking',
};
