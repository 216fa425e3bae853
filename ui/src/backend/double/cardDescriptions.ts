/** What the double's card descriptions make of its card, or of a scan. */
import type { CardDescriptionsTried, DescriptionTried, NumberMade } from '../../generated/types';
import { failureOf } from './failures';

const NOT_TRIED: NumberMade = { made: 'not_tried' };
const none = (why: 'other_source' | 'not_on_this_card' | 'other_symbology'): NumberMade => ({
  made: 'none',
  why: { why },
});

/** `none`: no files; `wrong`: one of them is no description; `two`: two claim the same card. */
export function descriptionsTried(scenario: string, card: string, scanned: string | null): CardDescriptionsTried {
  const lies = scanned === null && card === 'felica';
  const files = scenario === 'none' ? [] : described(scenario, lies, scanned);
  return { folder: '/home/counter/.local/share/madoguchi/cards', tried: whatWasTried(card, scanned), files };
}

function whatWasTried(card: string, scanned: string | null): CardDescriptionsTried['tried'] {
  if (scanned !== null) return { tried: 'scan' };
  if (card === 'none') return { tried: 'nothing' };
  return card === 'felica' ? { tried: 'card' } : { tried: 'unread', failure: failureOf('not_felica') };
}

function described(scenario: string, lies: boolean, scanned: string | null): DescriptionTried[] {
  const onCard = (made: NumberMade): NumberMade => (lies ? made : scanned === null ? NOT_TRIED : none('other_source'));
  const isNw7 = /^[A-D]?[0-9]{8}[A-D]?$/.test(scanned ?? '');
  const number = (scanned ?? '').replace(/[A-D]/g, '');
  const onScan: NumberMade =
    scanned === null
      ? lies
        ? none('other_source')
        : NOT_TRIED
      : isNw7
        ? { made: 'number', number }
        : none('other_symbology');
  const files: DescriptionTried[] = [
    {
      file: '10-library.toml',
      said: {
        said: 'card',
        name: '見本市立図書館 利用者カード',
        source: 'felica',
        made: onCard({ made: 'number', number: '2900012345' }),
      },
    },
    {
      file: '20-street.toml',
      said: {
        said: 'card',
        name: '見本商店街 ポイントカード',
        source: 'felica',
        made: onCard(none('not_on_this_card')),
      },
    },
    { file: '30-nw7.toml', said: { said: 'card', name: '図書館のバーコード', source: 'wedge', made: onScan } },
  ];
  if (scenario === 'two')
    files.push({
      file: '90-idm.toml',
      said: {
        said: 'card',
        name: 'カード固有の番号',
        source: 'idm',
        made: onCard({ made: 'also_number', number: '01FE4D41444F0001' }),
      },
    });
  if (scenario === 'wrong')
    files.splice(1, 0, {
      file: '15-museum.toml',
      said: {
        said: 'wrong',
        line: 6,
        column: 12,
        wrong: {
          wrong: 'unknown_choice',
          word: 'encoding',
          known: ['ascii_digits', 'ascii', 'bcd', 'shift_jis', 'hex'],
        },
      },
    });
  return files;
}
