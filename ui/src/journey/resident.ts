/** What of the clerk's step concerns the resident, for the screen turned to them. */
import type { ResidentStep } from '../generated/types';
import { partsOf, pointsOf } from './amounts';
import type { Model } from './model';

export function residentStepOf({ settings, task, card }: Model): ResidentStep {
  if (settings.resident_window.shown === 'off') return { step: 'rest' };
  switch (task.at) {
    case 'card':
      if (card.state === 'wants_pin') return { step: 'wait' };
      return { step: card.state === 'reading' ? 'reading' : 'card' };
    case 'amount':
    case 'last_day':
    case 'merge_street':
      return { step: 'amount', visit: task.visit.visit };
    case 'confirm':
    case 'confirm_issue':
    case 'confirm_merge':
    case 'pin': {
      const { visit } = task.visit;
      const each = partsOf(task.visit, task.typed);
      // Of several tickets the resident is asked about their sum.
      const all = each.map((part) => ({ ...part, typed: String(pointsOf(part.typed) * task.count) }));
      const parts = { visit, parts: task.count === 1 ? each : all };
      return { step: 'confirm', parts, last_day: task.lastDay, sending: task.sending };
    }
    case 'result':
      return task.operation.kind === 'use' ? { step: 'done', key: task.operation.key } : { step: 'rest' };
    case 'merge_result':
      return { step: 'done', key: task.operation.key };
    case 'ticket_result':
      return task.operation.kind === 'issue_ticket' ? { step: 'done', key: task.operation.key } : { step: 'rest' };
    case 'refused':
      return { step: 'wait' };
    case 'last_operation':
      return { step: task.since === 'now' && task.operation.state.state === 'checking' ? 'wait' : 'rest' };
    default:
      return { step: 'rest' };
  }
}

export const sameStep = (a: ResidentStep, b: ResidentStep): boolean => JSON.stringify(a) === JSON.stringify(b);
