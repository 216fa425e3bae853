/** 商店街ポイント合算: the street, the merge, its file, and what still lies in the folders (画面 37–39). */
import type {
  Failure,
  LastOperation,
  MergeOfOperation,
  MergePointsArguments,
  MergesOfTheTerminal,
  MergeStreets,
  MergeStreetShown,
  TypedPin,
  Visit,
} from '../generated/types';
import type { Scan } from '../scanner/recogniser';
import { amountsOf, partsOf } from './amounts';
import { registrationChosen } from './serviceIds';
import { mayHaveServiceIds, takesStreetCards, type Amounts, type Asked, type Model, type TaskAt } from './model';
import { pinAsked } from './pin';
import { acknowledged } from './seeing';
import { call, goTo, sound, stay, type Turn } from './turn';

/** Only the municipality's own points are merged. */
const municipalOnly = (visit: Visit): Visit => ({
  ...visit,
  accounts: visit.accounts.filter(({ kind }) => kind === 'municipal'),
});

const asksStreets = ({ visit }: Visit) => call({ command: 'list_merge_streets', args: { visit } });

/** The card is read: which streets there are comes next, unless the card is that of one. */
export function streetsAsked(model: Model, visit: Visit): Turn {
  const street = visit.by_card_of;
  const coming = goTo(model, { at: 'merge_street', visit: municipalOnly(visit), streets: { is: 'coming' } });
  if (street === null) return { ...coming, effects: [asksStreets(visit)] };
  return streetsKnown(coming.model, visit.visit, { is: 'here', value: { streets: [street] } });
}

/** Where a card for a merge is awaited, the scanner may bring that of the street. `null` elsewhere. */
export function streetCardScanned(model: Model, { text }: Scan): Turn | null {
  const { task } = model;
  if (task.at !== 'card' || task.purpose !== 'merge_points' || !takesStreetCards(model)) return null;
  return { model, effects: [call({ command: 'scan_street_card', args: text })] };
}

export function streetsAskedAgain(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'merge_street') return stay(model);
  return goTo(model, { ...task, streets: { is: 'coming' } }, asksStreets(task.visit));
}

export const canTake = ({ is_member, has_folder }: MergeStreetShown): boolean => is_member && has_folder;

/** Where there is one street, nobody is asked which. */
export function streetsKnown(model: Model, visit: number, streets: Asked<MergeStreets>): Turn {
  const { task } = model;
  if (task.at !== 'merge_street' || task.visit.visit !== visit) return stay(model);
  const known = streets.is === 'here' ? streets.value.streets : [];
  const [only] = known;
  if (only && known.length === 1 && canTake(only)) return streetTaken(model, task.visit, only);
  const effects = streets.is === 'failed' ? [sound(streets.failure.tone)] : [];
  return goTo(model, { ...task, streets }, ...effects);
}

export function streetChosen(model: Model, street: MergeStreetShown): Turn {
  const { task } = model;
  return task.at === 'merge_street' && canTake(street) ? streetTaken(model, task.visit, street) : stay(model);
}

const streetTaken = (model: Model, visit: Visit, street: MergeStreetShown): Turn =>
  goTo(model, { at: 'amount', ...amountsOf(visit, 'merge_points'), street });

/** The number on the street's card is nobody's yet. */
export const streetCardUnknown = ({ task, card }: Model): boolean =>
  task.at === 'card' && card.state === 'failed' && card.failure.code === 'street_card_unknown';

/** No number of the street is registered: the way to registering one. */
export const registersForStreet = (model: Model): Turn =>
  mayHaveServiceIds(model) && (model.task.at === 'merge_street' || streetCardUnknown(model))
    ? registrationChosen(model)
    : stay(model);

export function merges(model: Model, task: TaskAt<'confirm_merge'>): Turn {
  const args = mergeOf(task);
  if (task.sending || args === null) return stay(model);
  return pinAsked(model, task) ?? goTo(model, { ...task, sending: true }, call({ command: 'merge_points', args }));
}

/** Above the limits: the card signs this very merge. */
export function mergesWithPin(model: Model, task: TaskAt<'pin'>, pin: TypedPin): Turn {
  const merge = mergeOf(task);
  if (merge === null) return stay(model);
  const asks = call({ command: 'merge_points_with_pin', args: { ...merge, pin } });
  return goTo(model, { ...task, sending: true, wrong: null }, asks);
}

function mergeOf({ visit, typed, street }: Amounts): MergePointsArguments | null {
  const [part] = partsOf(visit, typed);
  return part && street !== null ? { visit: visit.visit, street: street.street, part } : null;
}

/** The file of a merge, where the operation is one that took place. */
export const mergeIn = ({ state }: LastOperation): MergeOfOperation | null =>
  state.state === 'done' ? state.merge : null;

/** The newest merges, from the screen that waits for a card or from a result. */
export function mergesShown(model: Model): Turn {
  const seen = model.task.at === 'merge_result' ? acknowledged(model) : stay(model);
  const asks = call({ command: 'list_merges', args: null });
  return goTo(
    seen.model,
    { at: 'merges', list: { is: 'coming' }, putting: null, put: false, failure: null },
    ...seen.effects,
    asks,
  );
}

export function mergesListed(model: Model, list: Asked<MergesOfTheTerminal>): Turn {
  const { task } = model;
  return task.at === 'merges' ? goTo(model, { ...task, list }) : stay(model);
}

/** Lays the file of a merge down once more; one at a time. */
export function fileAskedAgain(model: Model, key: string): Turn {
  const { task } = model;
  const asks = call({ command: 'put_merge_file', args: { key } });
  if (task.at === 'merge_result' && !task.putting) return goTo(model, { ...task, putting: true }, asks);
  if (task.at === 'merges' && task.putting === null) {
    return goTo(model, { ...task, putting: key, put: false, failure: null }, asks);
  }
  return stay(model);
}

export function filePut(model: Model, key: string, merge: MergeOfOperation): Turn {
  const { task } = model;
  if (task.at === 'merge_result' && task.operation.key === key) {
    const operation = withMerge(task.operation, merge);
    const known = model.last?.key === key ? { ...model, last: operation } : model;
    return goTo(known, { ...task, operation, putting: false }, sound('ok'));
  }
  if (task.at !== 'merges') return stay(model);
  const again = { ...task, putting: null, put: true };
  return goTo(model, again, sound('ok'), call({ command: 'list_merges', args: null }));
}

export function fileNotPut(model: Model, failure: Failure): Turn {
  const { task } = model;
  if (task.at === 'merge_result') return goTo(model, { ...task, putting: false }, sound(failure.tone));
  return task.at === 'merges' ? goTo(model, { ...task, putting: null, failure }, sound(failure.tone)) : stay(model);
}

const withMerge = (operation: LastOperation, merge: MergeOfOperation): LastOperation =>
  operation.state.state === 'done' ? { ...operation, state: { ...operation.state, merge } } : operation;
