import { expect, it } from 'vitest';
import type { FileSetAside } from '../../src/generated/types';
import { found, type QuarantineOrder } from '../../src/street/journey/quarantine';

const file = (name: string, verdict: FileSetAside['verdict'], at_ms: number, number: string | null, id?: string) => {
  const member_id = id === undefined ? null : ({ kind: 'point_id', id } as FileSetAside['member_id']);
  return { name, verdict, number, at_ms, member_id };
};

const FILES = [
  file('b.dat', 'unknown_member', 3, '20261121093015000002', '30010100000033'),
  file('damaged.dat', 'not_genuine', 1, null),
  file('a.dat', 'other_content', 2, '20261121093015000001', '30010100000017'),
];
const names = (part: string, order: QuarantineOrder) => found(FILES, part, order).map(({ name }) => name);

it('puts the files in quarantine in the order that was chosen', () => {
  expect(names('', 'newest')).toEqual(['b.dat', 'a.dat', 'damaged.dat']);
  expect(names('', 'oldest')).toEqual(['damaged.dat', 'a.dat', 'b.dat']);
  expect(names('', 'verdict')).toEqual(['damaged.dat', 'a.dat', 'b.dat']);
  expect(names('', 'number')).toEqual(['a.dat', 'b.dat', 'damaged.dat']);
});

it('finds a file by a part of its name, its number or its member, also where somebody left blanks', () => {
  expect(names('DAMAGED', 'newest')).toEqual(['damaged.dat']);
  expect(names('20261121 093015 000001', 'newest')).toEqual(['a.dat']);
  expect(names('00033', 'newest')).toEqual(['b.dat']);
  expect(names('nothing such', 'newest')).toEqual([]);
});
