/** Card descriptions, in English. `ja.cardDescriptions.ts` is the measure. */
import type { cardDescriptions as japanese } from './ja.cardDescriptions';

const knownWords = (known: string): string => (known === '' ? 'Please leave it out.' : `Possible are ${known}.`);

export const cardDescriptions: typeof japanese = {
  title: 'Card descriptions',
  link: 'Card descriptions',
  say: {
    nothing: 'Put a card on, or scan a bar code',
    card: 'The card was read',
    scan: 'The bar code was read',
    unread: 'The card could not be read',
    coming: 'Looking',
  },
  unmet: 'No description fits',
  noFiles: 'There are no card descriptions yet',
  noFilesNote: 'The folder “examples” has some to copy one folder up and change.',
  sources: { felica: 'FeliCa card', idm: 'FeliCa card’s own number', wedge: 'Bar code' },
  sorts: {
    text: 'a text between quotation marks',
    number: 'a whole number',
    yes_or_no: 'true or false',
    part: 'a part under its word in brackets',
    number_or_range: 'a whole number, or [least, most]',
  },
  notTried: '–',
  also: (number) => `${number} (the one above is used)`,
  alsoNow: 'Two descriptions fit the same card. Please change one of the files or take it away.',
  place: (line, column) => `Line ${line}, character ${column}`,
  openFolder: 'Open the folder',
  readAgain: 'Read again',
  folder: 'Where the files are',
  noNumber: {
    other_source: 'Describes another sort of card',
    not_on_this_card: 'This card has no such place',
    blank: 'No number is written there',
    other_encoding: 'Written otherwise (encoding)',
    other_symbology: 'Another sort of bar code',
    other_length: (found) => `Another length (${found} characters)`,
    other_prefix: 'Begins otherwise',
    wrong_check: 'The check character is wrong',
    no_customer_number: 'Too long, or with characters no number has',
  },
  wrong: {
    unreadable: [
      'The file cannot be opened.',
      'Please check whether another program has it open and whether you may read it.',
    ],
    too_many: (most) => [
      `There are too many files (at most ${most}).`,
      'Please move those not in use to another folder.',
    ],
    too_large: ['This is too large for a card description.', 'Please check whether it is another file.'],
    no_text: ['This is no text in UTF-8.', 'Please save it again as UTF-8.'],
    no_toml: [
      'This is not written as a description is.',
      'Please look for a missing quotation mark or = and for a word that stands twice.',
    ],
    unknown_word: (word, known) => [`There is no word “${word}”.`, knownWords(known)],
    missing_word: (word) => [`“${word}” is missing.`, 'Please add it here.'],
    not_one_source: ['It does not say one way to read.', 'Please write exactly one of [felica], [idm] and [wedge].'],
    other_sort: (word, wanted) => [`“${word}” has the wrong sort of value.`, `Please write ${wanted}.`],
    unknown_choice: (word, known) => [`“${word}” cannot be that.`, knownWords(known)],
    no_code: (word) => [`“${word}” is no code.`, 'Please write four hexadecimal digits, as in "FE00".'],
    service_needs_key: [
      'This service cannot be read without a key.',
      'Please ask the card’s issuer for a service code that needs none.',
    ],
    out_of_range: (word, least, most) => [
      `“${word}” is out of range.`,
      `Please write a number from ${least} to ${most}.`,
    ],
    text_length: (word, most) => [`“${word}” is too short or too long.`, `Please write 1 to ${most} characters.`],
    check_does_not_fit: ['This check does not suit this card.', 'Please look at check under [number].'],
  },
};
