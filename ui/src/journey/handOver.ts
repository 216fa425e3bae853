/** The way a number is handed over as it is being set: what was typed, what is wrong with it, the setting. */
import type { HandOver } from '../generated/types';

export interface TypedHandOver {
  handOver: HandOver['by'];
  dropFolder: string;
  dropName: string;
}

export type HandOverField = 'drop-folder' | 'drop-name';

const USUAL_NAME = 'madoguchi-{date}-{time}.txt';

export const typedHandOver = (way: HandOver): TypedHandOver => ({
  handOver: way.by,
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

export const handOverOf = (typed: TypedHandOver): HandOver =>
  typed.handOver === 'file'
    ? { by: 'file', folder: typed.dropFolder.trim(), name: typed.dropName.trim() }
    : { by: typed.handOver };
