/** Card descriptions, in English. `ja.cardDescriptions.ts` is the measure. */
import type { SortOfValue } from '../generated/types';
import type { cardDescriptions as japanese } from './ja.cardDescriptions';

const SORTS: Record<SortOfValue, string> = {
  text: 'a text between quotation marks',
  number: 'a whole number',
  yes_or_no: 'true or false',
  part: 'a part under its word in brackets',
  number_or_range: 'a whole number, or [least, most]',
};

const knownWords = (known: string[]): string =>
  known.length === 0 ? 'Please leave it out.' : `Possible are ${known.join(', ')}.`;

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
  columns: { card: 'Card', made: 'What was found' },
  sources: { felica: 'FeliCa card', idm: 'FeliCa card’s own number', wedge: 'Bar code' },
  notTried: '–',
  also: (number) => `${number} (the one above is used)`,
  alsoNow: 'Two descriptions fit the same card. Please change one of the files or take it away.',
  place: (line, column) => `Line ${line}, character ${column}`,
  openFolder: 'Open the folder',
  readAgain: 'Read again',
  folder: 'Where the files are',
  noNumber: (why) => {
    switch (why.why) {
      case 'other_source':
        return 'Describes another sort of card';
      case 'not_on_this_card':
        return 'This card has no such place';
      case 'blank':
        return 'No number is written there';
      case 'other_encoding':
        return 'Written otherwise (encoding)';
      case 'other_symbology':
        return 'Another sort of bar code';
      case 'other_length':
        return `Another length (${why.found} characters)`;
      case 'other_prefix':
        return 'Begins otherwise';
      case 'wrong_check':
        return 'The check character is wrong';
      case 'no_customer_number':
        return 'Too long, or with characters no number has';
    }
  },
  wrong: (fault) => {
    switch (fault.wrong) {
      case 'unreadable':
        return [
          'The file cannot be opened.',
          'Please check whether another program has it open and whether you may read it.',
        ];
      case 'too_many':
        return [`There are too many files (at most ${fault.most}).`, 'Please move those not in use to another folder.'];
      case 'too_large':
        return ['This is too large for a card description.', 'Please check whether it is another file.'];
      case 'no_text':
        return ['This is no text in UTF-8.', 'Please save it again as UTF-8.'];
      case 'no_toml':
        return [
          'This is not written as a description is.',
          'Please look for a missing quotation mark or = and for a word that stands twice.',
        ];
      case 'unknown_word':
        return [`There is no word “${fault.word}”.`, knownWords(fault.known)];
      case 'missing_word':
        return [`“${fault.word}” is missing.`, 'Please add it here.'];
      case 'not_one_source':
        return ['It does not say one way to read.', 'Please write exactly one of [felica], [idm] and [wedge].'];
      case 'other_sort':
        return [`“${fault.word}” has the wrong sort of value.`, `Please write ${SORTS[fault.wanted]}.`];
      case 'unknown_choice':
        return [`“${fault.word}” cannot be that.`, knownWords(fault.known)];
      case 'no_code':
        return [`“${fault.word}” is no code.`, 'Please write four hexadecimal digits, as in "FE00".'];
      case 'service_needs_key':
        return [
          'This service cannot be read without a key.',
          'Please ask the card’s issuer for a service code that needs none.',
        ];
      case 'out_of_range':
        return [`“${fault.word}” is out of range.`, `Please write a number from ${fault.least} to ${fault.most}.`];
      case 'text_length':
        return [`“${fault.word}” is too short or too long.`, `Please write 1 to ${fault.most} characters.`];
      case 'check_does_not_fit':
        return ['This check does not suit this card.', 'Please look at check under [number].'];
    }
  },
};
