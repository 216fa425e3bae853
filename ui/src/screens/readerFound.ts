/** What an examination of the reader says on the screen. */
import type { FindingMark, OperatingSystem, ReaderExamination, ReaderFinding, ReadingPart } from '../generated/types';
import type { Words } from '../words';
import type { ToDo } from '../words/ja.readerDoctor';

type DoctorWords = Words['readerDoctor'];

/** The way from this PC to the card. */
const PARTS: ReadingPart[] = ['service', 'reader', 'driver', 'card', 'kind', 'pin'];

export interface PartShown {
  name: string;
  note: string;
  /** `off`: not known. */
  mark: FindingMark | 'off';
  current: boolean;
}

/** The parts of the way: those in order, the one the finding concerns, those not reached. */
export function routeOf(seen: ReaderExamination | null, words: DoctorWords): PartShown[] {
  const reached = seen ? PARTS.indexOf(seen.part) : -1;
  return PARTS.map((part, index) => {
    const { name, off } = words.parts[part];
    if (!seen || index > reached) return { name, note: off, mark: 'off', current: false };
    if (index < reached) return { name, note: inOrder(part, seen, words), mark: 'ok', current: false };
    return { name, ...found(seen, words), current: true };
  });
}

function inOrder(part: ReadingPart, { finding, readers, taken }: ReaderExamination, words: DoctorWords): string {
  if (part !== 'reader') return words.parts[part].ok;
  if (readers.length > 1) return words.manyReaders(readers.length);
  return taken ?? (finding.finding === 'without_driver' ? finding.name : words.parts.reader.ok);
}

function found({ finding, mark, pin_tries_left: tries }: ReaderExamination, words: DoctorWords) {
  const note = words.found[finding.finding];
  if (finding.finding === 'ready' && tries !== null) return { mark, note: words.triesLeft(tries) };
  // What is not known yet is not said to be in order.
  const isUnknown = finding.finding === 'no_card' || finding.finding === 'ready';
  return { mark: isUnknown ? ('off' as const) : mark, note };
}

/** What is to be done about a finding. */
export const todoFor = ({ finding }: ReaderFinding, system: OperatingSystem, todo: DoctorWords['todo']): ToDo[] =>
  finding === 'service_stopped' ? todo[`service_stopped_${system}`] : todo[finding];
