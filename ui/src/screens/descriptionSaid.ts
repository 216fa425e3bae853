/** What a card description found, or what is wrong with its file, in words. */
import type { DescriptionFault, NoNumber } from '../generated/types';
import type { Words } from '../words';

type DescriptionWords = Words['cardDescriptions'];

export const noNumberSaid = (why: NoNumber, { noNumber }: DescriptionWords): string =>
  why.why === 'other_length' ? noNumber.other_length(why.found) : noNumber[why.why];

/** What happened, and what to do now. */
export function faultSaid(fault: DescriptionFault, { wrong, sorts }: DescriptionWords): string[] {
  switch (fault.wrong) {
    case 'too_many':
      return wrong.too_many(fault.most);
    case 'unknown_word':
      return wrong.unknown_word(fault.word, fault.known.join(', '));
    case 'missing_word':
      return wrong.missing_word(fault.word);
    case 'other_sort':
      return wrong.other_sort(fault.word, sorts[fault.wanted]);
    case 'unknown_choice':
      return wrong.unknown_choice(fault.word, fault.known.join(', '));
    case 'no_code':
      return wrong.no_code(fault.word);
    case 'out_of_range':
      return wrong.out_of_range(fault.word, fault.least, fault.most);
    case 'text_length':
      return wrong.text_length(fault.word, fault.most);
    default:
      return wrong[fault.wrong];
  }
}
