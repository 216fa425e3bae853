/**
 * Clearing used tickets by the pile (ポイント券消込, 画面 35–36): the shop, scan after scan, the check of the sum.
 *
 * A scan counts wherever in the pile one stands: it is taken, and the scanning screen shows it. What becomes of
 * it is told later; nothing here waits for that.
 */
import type {
  Clearing,
  ClearingSite,
  Failure,
  Pile,
  Scan,
  ScanHeard,
  ScanTold,
  TicketLookedUp,
} from '../generated/types';
import type { Scan as ScannerScan } from '../scanner/recogniser';
import type { Effect } from './events';
import {
  mayClearForOthers,
  mayClearTickets,
  type Finished,
  type Model,
  type PileInHand,
  type Task,
  type TaskAt,
} from './model';
import { call, goTo, rest, sound, stay, type Turn } from './turn';

/** The pile's screens: all of them hold the pile. */
type PileTask = Extract<Task, { pile: Pile }>;

const pileOf = (model: Model): PileTask | null => ('pile' in model.task ? model.task : null);

const inHand = ({ pile, heard }: PileInHand): PileInHand => ({ pile, heard });

const scanning = ({ pile, heard }: PileInHand): Task => ({ at: 'scanning', pile, heard });

/** From the menu: goes on with the pile that is open, else to the shops, or at once for one's own. */
export function clearingChosen(model: Model): Turn {
  const open = model.clearing.is === 'here' ? model.clearing.value.open : null;
  if (open) return opensPile(model, open.site);
  return mayClearForOthers(model) ? choosesSite(model) : opensPile(model, null);
}

/** The shops, from the menu or in the middle of a pile. */
function choosesSite(model: Model): Turn {
  const task: Task = {
    at: 'clearing_sites',
    sites: { is: 'coming' },
    before: heldPile(model),
    failure: null,
  };
  return goTo(model, task, call({ command: 'list_clearing_sites', args: null }));
}

const heldPile = (model: Model): PileInHand | null => {
  const task = pileOf(model);
  return task ? inHand(task) : null;
};

export const siteChanged = (model: Model): Turn =>
  model.task.at === 'scanning' && mayClearForOthers(model) ? choosesSite(model) : stay(model);

export const sitesAskedAgain = (model: Model): Turn =>
  model.task.at === 'clearing_sites'
    ? goTo(
        model,
        { ...model.task, sites: { is: 'coming' }, failure: null },
        call({ command: 'list_clearing_sites', args: null }),
      )
    : stay(model);

export const siteChosen = (model: Model, site: ClearingSite): Turn =>
  model.task.at === 'clearing_sites' ? opensPile(model, site) : stay(model);

const opensPile = (model: Model, site: ClearingSite | null): Turn => ({
  model,
  effects: [call({ command: 'open_pile', args: { site } })],
});

/** The program has the pile: on with scanning, unless the clerk has gone elsewhere meanwhile. */
export function pileOpened(model: Model, pile: Pile): Turn {
  const { task } = model;
  if (task.at !== 'home' && task.at !== 'clearing_sites') return stay(model);
  // A notice overtook this answer while no pile was on the screen to take it: what it said is asked for.
  if (pile.sums.revision < model.scanRevision) return opensPile(model, pile.site);
  const before = task.at === 'clearing_sites' ? task.before : null;
  return goTo(model, { at: 'scanning', pile, heard: before?.heard ?? null });
}

export function pileNotOpened(model: Model, failure: Failure): Turn {
  const { task } = model;
  if (task.at === 'clearing_sites') return goTo(model, { ...task, failure }, sound(failure.tone));
  return task.at === 'home'
    ? goTo(
        model,
        { at: 'clearing_sites', sites: { is: 'failed', failure }, before: null, failure: null },
        sound(failure.tone),
      )
    : stay(model);
}

/** A ticket under the scanner: whatever is on the screen, or laid over it, it is taken, if anything can be. */
export function ticketScanned(model: Model, { text }: ScannerScan): Turn {
  const task = pileOf(model);
  if (task && takes(task, text))
    return goTo({ ...model, aside: null }, scanning(task), call({ command: 'scan_ticket', args: { text } }));
  // Where none is taken that is said and heard: whoever scans looks at the paper.
  return mayClearTickets(model) ? { model: { ...model, untaken: true }, effects: [sound('stop')] } : stay(model);
}

/** A finished pile takes none. Nor does a typed number that is still to be cleared: it would be gone without a word. */
function takes(task: PileTask, text: string): boolean {
  if (task.at === 'typed_ticket')
    return (task.looked.is !== 'coming' && !isClearable(task.looked)) || task.text === text;
  if (task.at === 'scans' || task.at === 'take_back') return task.of === null;
  return task.at !== 'pile_done' && !(task.at === 'pile_check' && task.finishing);
}

/** What the program says to a scan at once. */
export function scanHeard(model: Model, heard: ScanHeard): Turn {
  const task = pileOf(model);
  if (!task) return stay(model);
  if (heard.heard === 'again')
    return goTo(model, { ...task, heard: { is: 'again', first: heard.first } }, sound('check'));
  return scanTold({ ...model, task: { ...task, heard: { is: 'taken', key: heard.told.scan.key } } }, heard.told);
}

/** It was not taken: no ticket, or the disk is full. Nothing of it is kept, so it is said here or nowhere. */
export function scanNotTaken(model: Model, failure: Failure): Turn {
  const task = pileOf(model);
  if (!task) return stay(model);
  // What was pressed in the list of a pile is said there, wherever in a finished one the clerk has gone since.
  if (task.at === 'scans') return goTo(model, { ...task, failure }, sound(failure.tone));
  const of = task.at === 'pile_done' ? finished(task) : task.at === 'take_back' ? task.of : null;
  if (of) return goTo(model, { at: 'scans', of, failure, ...inHand(task) }, sound(failure.tone));
  return goTo(model, { ...scanning(task), heard: { is: 'not_taken', failure } } as Task, sound(failure.tone));
}

/** What has become of a scan. `isNew`: it is the answer to the scan itself. */
export function scanTold(before: Model, told: ScanTold): Turn {
  const model = { ...before, scanRevision: Math.max(before.scanRevision, told.scan.revision) };
  const task = pileOf(model);
  if (!task || told.scan.pile !== task.pile.sums.pile) {
    return model.task.at === 'home' ? { model, effects: looksAtClearing() } : stay(model);
  }
  const known = task.pile.scans.find(({ key }) => key === told.scan.key);
  const pile = withTold(task.pile, told);
  // The sums of a pile that is not the one in hand are the program's to add up anew.
  const sums: Effect[] = told.sums ? [] : [call({ command: 'show_pile', args: { pile: told.scan.pile } })];
  // A notice can overtake an answer, and one notice another: what is older says nothing.
  if (known && known.revision >= told.scan.revision) return goTo(model, { ...task, pile } as Task, ...sums);
  const isRefused = told.scan.state.state === 'refused';
  const heard = isRefused || !known ? ({ is: 'taken', key: told.scan.key } as const) : task.heard;
  return goTo(model, { ...task, pile, heard } as Task, ...soundOf(told.scan, known), ...sums);
}

/** The pile after what was told; of two words about the same the later holds, whenever it came. */
function withTold(pile: Pile, { scan, sums }: ScanTold): Pile {
  const latest = (known: Scan) => (known.key === scan.key && known.revision < scan.revision ? scan : known);
  const isKnown = pile.scans.some(({ key }) => key === scan.key);
  const scans = isKnown ? pile.scans.map(latest) : [scan, ...pile.scans];
  return { ...pile, scans, sums: sums && sums.revision > pile.sums.revision ? sums : pile.sums };
}

/** 〇 is one tick so that × stands out; what was △ before has had its sound. */
function soundOf({ state }: Scan, before: Scan | undefined): Effect[] {
  const was = before?.state.state;
  if (was === state.state) return [];
  if (state.state === 'refused') return [sound('stop')];
  if (state.state === 'unconfirmed') return [sound('check')];
  if (state.state !== 'cleared') return [];
  return was === 'taking_back' ? [sound('stop')] : was === 'unconfirmed' ? [] : [sound('read')];
}

/** 画面 35: a number that was typed is looked at before it is cleared. */
export function ticketTyped(model: Model, text: string): Turn {
  const task = pileOf(model);
  if (!task || task.at !== 'scanning' || text.trim() === '') return stay(model);
  return goTo(
    model,
    { at: 'typed_ticket', ...inHand(task), text, looked: { is: 'coming' } },
    call({ command: 'look_up_ticket', args: { text } }),
  );
}

export function ticketLookedUp(model: Model, text: string, looked: TaskAt<'typed_ticket'>['looked']): Turn {
  const { task } = model;
  if (task.at !== 'typed_ticket' || task.text !== text) return stay(model);
  const failure = looked.is === 'failed' ? looked.failure : looked.is === 'here' ? looked.value.failure : null;
  return goTo(model, { ...task, looked }, ...(failure ? [sound(failure.tone)] : []));
}

export const isClearable = (
  looked: TaskAt<'typed_ticket'>['looked'],
): looked is { is: 'here'; value: TicketLookedUp } => looked.is === 'here' && looked.value.failure === null;

export function typedCleared(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'typed_ticket' || !isClearable(task.looked)) return stay(model);
  return goTo(model, scanning(task), call({ command: 'scan_ticket', args: { text: task.text } }));
}

const finished = ({ since, isChanged }: Finished): Finished => ({ since, isChanged });

/** The whole list, with its order; of a pile that is finished, too. */
export function scansShown(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'scanning' && task.at !== 'pile_done') return stay(model);
  const of = task.at === 'pile_done' ? finished(task) : null;
  return goTo(model, { at: 'scans', of, failure: null, ...inHand(task) });
}

/** Undoing asks once, in a full screen. */
export function takeBackChosen(model: Model, scan: Scan): Turn {
  const task = pileOf(model);
  if (!task || (task.at !== 'scanning' && task.at !== 'scans') || scan.state.state !== 'cleared') return stay(model);
  const of = task.at === 'scans' ? task.of : null;
  return goTo(model, { at: 'take_back', ...inHand(task), scan, from: task.at, of });
}

export function takenBack(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'take_back') return stay(model);
  const heard = { is: 'taken', key: task.scan.key } as const;
  const next: Task = task.of
    ? { at: 'scans', of: { ...task.of, isChanged: true }, failure: null, pile: task.pile, heard }
    : { at: 'scanning', pile: task.pile, heard };
  return goTo(model, next, call({ command: 'take_back_scan', args: { key: task.scan.key } }));
}

/** A scan that only waits is given up without a question: it can be scanned again. */
export const scanDropped = (model: Model, { key, state }: Scan): Turn =>
  model.task.at === 'scans' && state.state === 'unconfirmed'
    ? goTo(model, { ...model.task, failure: null }, call({ command: 'drop_scan', args: { key } }))
    : stay(model);

/** The newest scan that can be taken back. */
export const newestCleared = (pile: Pile): Scan | null =>
  pile.scans.find(({ state }) => state.state === 'cleared') ?? null;

export const scanningFinished = (model: Model): Turn =>
  model.task.at === 'scanning' && model.task.pile.scans.length > 0
    ? goTo(model, { at: 'pile_check', ...inHand(model.task), finishing: false, failure: null })
    : stay(model);

export function pileFinished(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'pile_check' || task.finishing) return stay(model);
  return goTo(model, { ...task, finishing: true, failure: null }, call({ command: 'finish_pile', args: null }));
}

export const pileIsDone = (model: Model, pile: Pile): Turn =>
  model.task.at === 'pile_check'
    ? goTo(
        model,
        {
          at: 'pile_done',
          since: 'now',
          isChanged: false,
          pile: latestOf(model.task.pile, pile),
          heard: null,
          printed: null,
        },
        sound('ok'),
      )
    : stay(model);

/** The pile of an answer, with what notices that overtook it have said already. */
const latestOf = (told: Pile, answered: Pile): Pile =>
  told.scans.reduce((pile, scan) => withTold(pile, { scan, sums: told.sums }), answered);

export const pileNotFinished = (model: Model, failure: Failure): Turn =>
  model.task.at === 'pile_check'
    ? goTo(model, { ...model.task, finishing: false, failure }, sound(failure.tone))
    : stay(model);

/** The piles that were finished, for their lists. */
export const pilesShown = (model: Model): Turn =>
  goTo(model, { at: 'piles', list: { is: 'coming' } }, call({ command: 'list_piles', args: null }));

export const pilesListed = (model: Model, list: TaskAt<'piles'>['list']): Turn =>
  model.task.at === 'piles' ? goTo(model, { at: 'piles', list }) : stay(model);

export const pileChosen = (model: Model, pile: number): Turn =>
  model.task.at === 'piles' ? { model, effects: [call({ command: 'show_pile', args: { pile } })] } : stay(model);

export function pileFound(model: Model, pile: Pile): Turn {
  const { task } = model;
  if (task.at === 'piles')
    return goTo(model, { at: 'pile_done', since: 'earlier', isChanged: false, pile, heard: null, printed: null });
  // What was taken back from it is added up anew.
  return 'pile' in task && task.pile.sums.pile === pile.sums.pile
    ? goTo(model, { ...task, pile: { ...latestOf(task.pile, pile), sums: pile.sums } })
    : stay(model);
}

/** The next pile begins with the shop, or at once. */
export function nextPile(model: Model): Turn {
  if (model.task.at !== 'pile_done') return stay(model);
  const rested: Model = { ...model, task: { at: 'home' } };
  return mayClearForOthers(model) ? choosesSite(rested) : opensPile(rested, null);
}

/** One step back within the pile. A pile that is open stays open: it is gone on with from the menu. */
export function backInPile(model: Model, task: PileTask | TaskAt<'clearing_sites'>): Turn {
  switch (task.at) {
    case 'clearing_sites':
      return task.before ? goTo(model, scanning(task.before)) : rest(model);
    case 'scanning':
      return rest(model);
    case 'pile_done':
      return task.since === 'earlier' ? pilesShown(model) : rest(model);
    case 'take_back':
      return goTo(
        model,
        task.from === 'scans' ? { at: 'scans', of: task.of, failure: null, ...inHand(task) } : scanning(task),
      );
    case 'pile_check':
      return task.finishing ? stay(model) : goTo(model, scanning(task));
    case 'scans':
      return goTo(model, task.of ? { at: 'pile_done', ...task.of, printed: null, ...inHand(task) } : scanning(task));
    case 'typed_ticket':
      return goTo(model, scanning(task));
  }
}

/** What became known of finished piles, and that somebody has seen it. */
export const foundLaterShown = (model: Model): Turn =>
  model.task.at === 'home' && model.clearing.is === 'here' && model.clearing.value.found_later.length > 0
    ? goTo(model, { at: 'found_later', scans: model.clearing.value.found_later })
    : stay(model);

export const foundLaterSeen = (model: Model): Turn =>
  model.task.at === 'found_later'
    ? {
        ...rest(model),
        effects: [call({ command: 'acknowledge_found_later', args: { keys: model.task.scans.map(({ key }) => key) } })],
      }
    : stay(model);

export const looksAtClearing = (): Effect[] => [call({ command: 'look_at_clearing', args: null })];

/** Two answers can overtake each other: the later look holds. */
export const clearingSeen = (model: Model, clearing: Clearing): Turn =>
  model.clearing.is === 'here' && model.clearing.value.revision > clearing.revision
    ? stay(model)
    : stay({ ...model, clearing: { is: 'here', value: clearing } });
