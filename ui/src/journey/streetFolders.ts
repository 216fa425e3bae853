/** The folders agreed on with shopping streets as they are being set. */
import type { StreetFolder } from '../generated/types';

export interface TypedStreetFolders {
  streetFolders: StreetFolder[];
}

/** A field of one of the rows: `street-0`, `street-folder-0`. */
export type StreetFolderField = `street-${number}` | `street-folder-${number}`;

/** One row more than there are is where the next street is typed. */
export const typedStreetFolders = (folders: StreetFolder[]): TypedStreetFolders => ({
  streetFolders: folders.length > 0 ? structuredClone(folders) : [NOTHING_TYPED],
});

export const NOTHING_TYPED: StreetFolder = { street: '', folder: '' };

const isEmpty = ({ street, folder }: StreetFolder): boolean => street.trim() === '' && folder.trim() === '';

export const streetFoldersOf = ({ streetFolders }: TypedStreetFolders): StreetFolder[] =>
  streetFolders
    .filter((row) => !isEmpty(row))
    .map(({ street, folder }) => ({ street: street.normalize('NFKC').trim(), folder: folder.trim() }));

/** A street has six digits and stands once; a row has both or neither. */
export function wrongStreetFolders(typed: TypedStreetFolders): StreetFolderField[] {
  const numbers = typed.streetFolders.map(({ street }) => street.normalize('NFKC').trim());
  return typed.streetFolders.flatMap((row, index): StreetFolderField[] => {
    if (isEmpty(row)) return [];
    const number = numbers[index] ?? '';
    const isNumber = /^[0-9]{6}$/.test(number) && numbers.indexOf(number) === index;
    return [
      ...(isNumber ? [] : ([`street-${index}`] as const)),
      ...(row.folder.trim() === '' ? ([`street-folder-${index}`] as const) : []),
    ];
  });
}
