/**
 * The journey of the counter's window: `step(model, event)` gives the next model and what to ask for.
 *
 * Pure: no clock, no program, no screen. What a person does is handed on in `done.ts`, what the program answers
 * in `answered.ts`, what it tells unasked in `told.ts`. Effects that follow from where one stands, not
 * from how one got there, are derived here once.
 */
import { answered, failed } from './answered';
import { done } from './done';
import type { CounterEvent, Effect } from './events';
import { looksAtClearing } from './clearing';
import { expectationOf } from './expectation';
import { mayClearTickets, mayIssueTickets, mayUsePoints, type Model } from './model';
import { lookedAfter } from './readerDoctor';
import { residentStepOf, sameStep } from './resident';
import { behindSignIn } from './signingIn';
import { asksForTickets } from './tickets';
import { told } from './told';
import type { Turn } from './turn';

export function step(model: Model, event: CounterEvent): Turn {
  const turn = handled(model, event);
  const examined = lookedAfter(withoutOldWords(model, event, behindSignIn(turn.model)));
  const effects = [...turn.effects, ...implied(model, examined.model), ...examined.effects];
  return { model: examined.model, effects };
}

function handled(model: Model, event: CounterEvent): Turn {
  switch (event.type) {
    case 'told':
      return told(model, event.notice);
    case 'answered':
      return answered(model, event);
    case 'failed':
      return failed(model, event);
    default:
      return done(model, event);
  }
}

/** That a scan was not taken is said until the clerk does something, or another task is in hand. */
function withoutOldWords(before: Model, event: CounterEvent, after: Model): Model {
  const isOfProgram = event.type === 'told' || event.type === 'answered' || event.type === 'failed';
  const stands = event.type === 'scanned' || (isOfProgram && before.task.at === after.task.at);
  return stands || !after.untaken ? after : { ...after, untaken: false };
}

function implied(before: Model, after: Model): Effect[] {
  const effects: Effect[] = [];
  if (visitOf(before) !== null && visitOf(after) === null && !isLeftByProgram(after)) {
    effects.push({ effect: 'call', command: 'leave_visit', args: null });
  }
  const expectation = expectationOf(after);
  if (expectation !== expectationOf(before)) {
    effects.push({ effect: 'call', command: 'expect_card', args: expectation });
  }
  const resident = residentStepOf(after);
  if (!sameStep(resident, residentStepOf(before))) {
    effects.push({ effect: 'call', command: 'show_resident', args: resident });
  }
  if (after.task.at === 'home' && before.task.at !== 'home') {
    if (mayUsePoints(after)) effects.push({ effect: 'call', command: 'list_operations', args: null });
    if (mayIssueTickets(after)) effects.push(...asksForTickets);
    if (mayClearTickets(after)) effects.push(...looksAtClearing());
  }
  return effects;
}

/** The next customer's card has ended the visit before it, or its time has: to leave it now would end the next one. */
const isLeftByProgram = ({ task }: Model): boolean =>
  task.at === 'service_id_card' && task.act === 'look_up_service_id' && task.asksFor === 'next_service_id';

function visitOf({ task }: Model): number | null {
  if ('visit' in task) return task.visit.visit;
  if ('found' in task) return task.found.visit;
  if (task.at === 'address_notice') return task.registered.noticeOf;
  // Its notice may still be wished for or ended; and like every number of somebody's it goes with its time.
  if (task.at === 'service_id_registered') return task.noticeOf;
  return task.at === 'refused' ? (task.amounts?.visit.visit ?? null) : null;
}
