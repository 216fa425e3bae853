/** The way a number is handed over as it is being set: what was typed, what is wrong with it, the setting. */
import type { HandOver, TypedEnd } from '../generated/types';

export interface TypedHandOver {
  handOver: HandOver['by'];
  typedEnd: TypedEnd;
  /** Milliseconds between two keys. */
  typedPause: number;
  dropFolder: string;
  dropName: string;
}

export type HandOverField = 'drop-folder' | 'drop-name';

const USUAL_PAUSE_MS = 20;
const USUAL_NAME = 'madoguchi-{date}-{time}.txt';

export const typedHandOver = (way: HandOver): TypedHandOver => ({
  handOver: way.by,
  typedEnd: way.by === 'typed' ? way.end : 'enter',
  typedPause: way.by === 'typed' ? way.pause_ms : USUAL_PAUSE_MS,
  dropFolder: way.by === 'file' ? way.folder : '',
  dropName: way.by === 'file' ? way.name : USUAL_NAME,
});

/** What is left out; what else makes no file name, the program says. */
export function wrongHandOver(typed: TypedHandOver): HandOverField[] {
  if (typed.handOver !== 'file') return [];
  return [
    ...(typed.dropFolder.trim() === '' ? (['drop-folder'] as const) : []),
    ...(typed.dropName.trim() === '' ? (['drop-name'] as const) : []),
  ];
}

export function handOverOf(typed: TypedHandOver): HandOver {
  switch (typed.handOver) {
    case 'file':
      return { by: 'file', folder: typed.dropFolder.trim(), name: typed.dropName.trim() };
    case 'typed':
      return { by: 'typed', end: typed.typedEnd, pause_ms: typed.typedPause };
    default:
      return { by: typed.handOver };
  }
}
