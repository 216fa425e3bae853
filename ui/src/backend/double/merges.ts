/** The double's shopping streets: which take points, the file of each merge, what the street has taken. */
import type {
  Failure,
  MergeFileState,
  MergeOfOperation,
  MergeShown,
  MergesOfTheTerminal,
  MergeStreets,
  MergeStreetShown,
} from '../../generated/types';
import { failureOf } from './failures';
import { MASKED, NOW_MS } from './samples';
import type { Scenario } from './scenario';

const GINZA = { street: '140002', name: '銀座街商店会' };
const NAKAMISE = { street: '140003', name: '仲見世通り' };

/** Which streets there are, by the scenario's word. */
const STREETS: Record<string, MergeStreets['streets']> = {
  one: [{ ...GINZA, is_member: true, has_folder: true }],
  two: [
    { ...GINZA, is_member: true, has_folder: true },
    { ...NAKAMISE, is_member: true, has_folder: true },
  ],
  no_number: [{ ...GINZA, is_member: false, has_folder: true }],
  no_folder: [{ ...GINZA, is_member: true, has_folder: false }],
  none: [],
};

const nameOf = (number: string): string => `merge_140002_${number}.dat`;

/** 45 of them, more than two pages; most were received. */
const many = (): MergeShown[] =>
  Array.from({ length: 45 }, (_, row) => {
    const index = 45 - row;
    const number = `20261120140000${String(index).padStart(6, '0')}`;
    const file: MergeFileState = row < 2 ? { is: 'lies', name: nameOf(number) } : { is: 'taken' };
    const one = shown(index, 100 * index, 4 * row, file);
    return { ...one, key: `00000000-0000-7000-8000-0000000010${index + 10}`, merge: { ...one.merge, number } };
  });

const shown = (index: number, points: number, minutesAgo: number, file: MergeFileState): MergeShown => ({
  key: `00000000-0000-7000-8000-00000000100${index}`,
  at_ms: NOW_MS - minutesAgo * 60_000,
  points,
  masked_mykey_id: MASKED,
  merge: { street_name: GINZA.name, number: `2026112014000000000${index}`, file },
  reception: file.is === 'taken' ? 'received' : null,
});

export class Merges {
  readonly #scenario: Scenario;
  #merges: MergeShown[];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    const failure = failureOf('merge_file_not_put');
    this.#merges =
      scenario.merges === 'many'
        ? many()
        : scenario.merges === 'some'
          ? [
              shown(4, 1500, 4, { is: 'lies', name: nameOf('20261120140000000004') }),
              shown(3, 800, 31, { is: 'not_put', failure }),
              shown(2, 2000, 95, { is: 'taken' }),
              shown(1, 300, 130, { is: 'unseen' }),
            ]
          : [];
  }

  streets(): MergeStreets {
    const streets = STREETS[this.#scenario.streets];
    if (!streets) throw failureOf(this.#scenario.streets);
    return { streets };
  }

  /** The street whose card was shown, or why it leads to nobody. */
  byCard(): MergeStreetShown | Failure {
    const { streetCard, streets } = this.#scenario;
    if (streetCard !== 'known') return failureOf(streetCard);
    return { ...GINZA, is_member: true, has_folder: streets !== 'no_folder' };
  }

  /** A merge that took place, and whether its file could be put. */
  merged(street: string, points: number): MergeOfOperation {
    const number = `202611201432000000${15 + this.#merges.length}`;
    const file: MergeFileState = this.#isPut()
      ? { is: 'put', name: nameOf(number) }
      : { is: 'not_put', failure: failureOf('merge_file_not_put') };
    const known = [GINZA, NAKAMISE].find((one) => one.street === street) ?? GINZA;
    const merge = { street_name: known.name, number, file };
    this.#merges.unshift({ ...shown(9, points, 0, file), merge });
    return merge;
  }

  list = (): MergesOfTheTerminal => ({ merges: this.#merges });

  /** The file is put again; of the merge on the screen where the key is another's. */
  put(key: string): MergeOfOperation {
    if (!this.#isPut()) throw failureOf(this.#scenario.put);
    const found = this.#merges.find((one) => one.key === key) ?? this.#merges[0];
    if (!found) throw failureOf('unknown_operation');
    found.merge = { ...found.merge, file: { is: 'lies', name: nameOf(found.merge.number) } };
    return { ...found.merge, file: { is: 'put', name: nameOf(found.merge.number) } };
  }

  #isPut = (): boolean => this.#scenario.put === 'done';
}
