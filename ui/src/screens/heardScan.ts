/** What the scan panel says of the last thing that was scanned or typed. */
import type { Failure, Scan } from '../generated/types';
import type { Heard, PileInHand } from '../journey/model';
import { nthOf } from '../journey/pile';
import { inLanguage, type Language, type Words } from '../words';

/** The panel's colour: an outcome, or none yet. */
export type PanelTone = 'ok' | 'check' | 'stop' | 'wait';

export interface Panel {
  tone: PanelTone;
  label: string;
  points: string | null;
  say: string | null;
  number: string | null;
}

/** The reason in a few words; the whole sentence where there are none. */
export const reasonOf = ({ code, what }: Failure, words: Words, language: Language): string =>
  words.clearing.reasons[code] ?? inLanguage(what, language).replace(/。.*$|\..*$/, '');

/** The same of a taking back. */
export const reasonNotTakenBack = (failure: Failure, words: Words, language: Language): string =>
  words.clearing.backReasons[failure.code] ?? reasonOf(failure, words, language);

export function heardScan({ pile, heard }: PileInHand): Scan | null {
  if (heard?.is !== 'taken') return null;
  return pile.scans.find(({ key }) => key === heard.key) ?? null;
}

export function panelOf(hand: PileInHand, words: Words, language: Language): Panel {
  const { heard, pile } = hand;
  const said = words.clearing;
  if (heard?.is === 'again') {
    const { first } = heard;
    return panel('check', said.again, { say: said.againSay(nthOf(pile, first)), number: first.number });
  }
  if (heard?.is === 'not_taken') {
    const { failure } = heard;
    return panel(failure.tone, said.notTaken, { say: reasonOf(failure, words, language) });
  }
  const scan = heardScan(hand);
  if (!scan) return panel('wait', '', { say: said.ready });
  return panelOfScan(scan, nthOf(pile, scan), words, language);
}

function panelOfScan(scan: Scan, nth: number, words: Words, language: Language): Panel {
  const said = words.clearing;
  const { state, points, number } = scan;
  switch (state.state) {
    case 'cleared':
      return state.not_taken_back
        ? panel('stop', said.notTakenBack, { say: reasonNotTakenBack(state.not_taken_back, words, language), number })
        : panel('ok', said.nth(nth), { points: words.number(points ?? 0), number });
    case 'refused':
      return panel('stop', said.refused, {
        say: reasonOf(state.failure, words, language),
        number: number ?? said.noNumber,
      });
    case 'unconfirmed':
      return panel('check', said.unconfirmed(nth), { say: said.unconfirmedSay, number });
    case 'taking_back':
      return panel('wait', said.takingBack, { points: words.number(points ?? 0), number });
    case 'taken_back':
      return panel('check', said.takenBack, { say: said.takenBackSay, number });
    case 'under_way':
      return panel('wait', said.underWay(nth), { say: '…', number });
  }
}

const panel = (tone: PanelTone, label: string, rest: Partial<Omit<Panel, 'tone' | 'label'>>): Panel => ({
  tone,
  label,
  points: null,
  say: null,
  number: null,
  ...rest,
});

/** A failure that is shown whole beside the panel: what was not taken. */
export const wholeFailure = (heard: Heard | null): Failure | null => (heard?.is === 'not_taken' ? heard.failure : null);
