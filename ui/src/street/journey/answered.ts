/** What the program answers and tells. An answer to a question that nobody asks any more changes nothing. */
import type { Failure, MemberHistory, StreetNotice, StreetPosting } from '../../generated/types';
import { cardFailed, cardRead } from './cards';
import type { Answered, Failed } from './events';
import { idKept } from './memberIds';
import { mergeIs, strangerJoined } from './merges';
import type { Model, TaskAt } from './model';
import { call, goTo, memberFound, rest, sound, stay, type Turn, withSettings } from './turn';

export function told(model: Model, notice: StreetNotice): Turn {
  if (notice.notice === 'received') {
    const { set_aside, unreadable, failure } = notice.content;
    const mark = failure || set_aside + unreadable > 0 ? 'check' : 'ok';
    return { model: { ...model, came: notice.content }, effects: [sound(mark)] };
  }
  return model.counter ? rest({ ...model, counter: { ...model.counter, sign_in: notice.content } }) : stay(model);
}

export function answered(model: Model, event: Answered): Turn {
  const { task } = model;
  switch (event.command) {
    case 'open_street':
    case 'register_street':
      return rest({ ...model, counter: event.answer });
    case 'change_street_contact':
      return changed({ ...model, counter: event.answer }, 'contact');
    case 'change_street_password':
      return changed(model, 'password');
    case 'take_merge_keys':
      return changed(model, event.answer.keys > 1 ? 'keysBeside' : 'keys');
    case 'show_street_contact':
      return task.at === 'shop' ? goTo(model, { ...task, contact: { is: 'here', value: event.answer } }) : stay(model);
    case 'sign_in_to_street':
      return signInIs(model, 'signed_in');
    case 'lock_street':
      return signInIs(model, 'locked');
    case 'look_at_drop_folder':
      return task.at === 'receiving'
        ? goTo(model, { ...task, folder: { is: 'here', value: event.answer } })
        : stay(model);
    case 'receive_merges': {
      if (task.at !== 'receiving') return stay(model);
      const { set_aside, failure } = event.answer;
      return goTo(
        model,
        { ...task, received: { is: 'here', value: event.answer }, folder: { is: 'coming' } },
        sound(failure || set_aside > 0 ? 'check' : 'ok'),
        call({ command: 'look_at_drop_folder', args: null }),
      );
    }
    case 'find_merge':
      return mergeIs(model, event.answer, null);
    case 'decline_merge':
      return mergeIs(model, event.answer, 'declined');
    case 'answer_merge_again':
      return mergeIs(model, event.answer, 'answered');
    case 'join_set_aside':
      return strangerJoined(model);
    case 'find_member':
    case 'join_member':
      return task.at === 'seek' && task.waiting ? memberFound(model, task.purpose, event.answer) : stay(model);
    case 'read_member_card':
      return cardRead(model, event);
    case 'join_by_card':
      return task.at === 'card' && task.waiting && 'purpose' in task.cardFor
        ? memberFound(model, task.cardFor.purpose, event.answer)
        : stay(model);
    case 'add_member_id':
    case 'add_id_of_card':
      return idKept(model, 'added');
    case 'correct_member_id':
      return idKept(model, 'corrected');
    case 'remove_member_id':
      return idKept(model, 'removed');
    case 'pair_with_madoguchi':
      return pairingIs({ ...model, counter: event.answer }, 'paired');
    case 'forget_pairing':
      return pairingIs({ ...model, counter: event.answer }, 'forgotten');
    case 'list_street_printers':
      return task.at === 'settings'
        ? goTo(model, { ...task, printers: { is: 'here', value: event.answer } })
        : stay(model);
    case 'print_street_test_paper':
      return task.at === 'settings'
        ? goTo(model, { ...task, tried: { is: 'here', value: null } }, sound('ok'))
        : stay(model);
    case 'show_member':
      if (task.at === 'ids') return goTo(model, { ...task, shown: { is: 'here', value: event.answer } });
      return historyIs(model, event.args.before, event.answer);
    case 'save_member_history':
      return task.at === 'member'
        ? goTo(model, { ...task, saved: { is: 'here', value: event.answer.path } })
        : stay(model);
    case 'worth_of_purchase': {
      if (task.at !== 'amount' || !task.waiting) return stay(model);
      const { act, member, typed } = task;
      return goTo(model, { at: 'confirm', act, member, typed, worth: event.answer, waiting: false, failure: null });
    }
    case 'act_on_points':
    case 'void_posting':
    case 'book_back':
      return isWaiting(model) ? tookPlace(model, event.answer, null) : stay(model);
    case 'charge_card':
      return isWaiting(model) ? tookPlace(model, event.answer.posting, event.answer.fate) : stay(model);
    case 'preview_street_receipt':
      return task.at === 'done' && task.posting.posting === event.args.posting
        ? goTo(model, { ...task, preview: { is: 'here', value: event.answer } })
        : stay(model);
    case 'print_street_receipt':
      if (task.at !== 'done') return stay(model);
      return goTo(
        model,
        { ...task, printed: { is: 'here', value: event.answer } },
        call({ command: 'preview_street_receipt', args: event.args }),
      );
    case 'list_street_day':
      return task.at === 'today' ? goTo(model, { ...task, day: { is: 'here', value: event.answer } }) : stay(model);
    case 'list_members':
      return task.at === 'members' && task.part === event.args.part && task.order === event.args.order
        ? goTo(model, { ...task, list: { is: 'here', value: event.answer } })
        : stay(model);
    case 'save_street_settings': {
      const kept = withSettings(model, event.answer);
      return task.at === 'settings' ? goTo(kept, { ...task, waiting: false, saved: true }, sound('ok')) : stay(kept);
    }
    default:
      return stay(model);
  }
}

/** Lines that were asked for in addition come below those that stand there. */
function historyIs(model: Model, before: number | null, answer: MemberHistory): Turn {
  const { task } = model;
  if (task.at !== 'member') return stay(model);
  if (before === null) return goTo(model, { ...task, shown: { is: 'here', value: answer } });
  if (task.shown.is !== 'here' || task.shown.value.lines.at(-1)?.posting !== before) return stay(model);
  const lines = [...task.shown.value.lines, ...answer.lines];
  return goTo(model, { ...task, shown: { is: 'here', value: { ...answer, lines } } });
}

const changed = (model: Model, saved: TaskAt<'shop'>['saved']): Turn =>
  model.task.at === 'shop' ? goTo(model, { ...model.task, waiting: false, saved }, sound('ok')) : stay(model);

const pairingIs = (model: Model, saved: NonNullable<TaskAt<'pairing'>['saved']>): Turn =>
  model.task.at === 'pairing' ? goTo(model, { ...model.task, waiting: false, saved }, sound('ok')) : stay(model);

const isWaiting = ({ task }: Model): boolean => (task.at === 'confirm' || task.at === 'confirm_void') && task.waiting;

const signInIs = (model: Model, sign_in: 'signed_in' | 'locked'): Turn =>
  model.counter ? rest({ ...model, counter: { ...model.counter, sign_in } }) : stay(model);

const tookPlace = (model: Model, posting: StreetPosting, fate: TaskAt<'done'>['fate']): Turn =>
  goTo(
    model,
    { at: 'done', posting, fate, preview: { is: 'coming' }, printed: null, again: false },
    sound(fate === null || fate === 'on_the_card' ? 'ok' : 'check'),
    call({ command: 'preview_street_receipt', args: { posting: posting.posting } }),
  );

export function failed(model: Model, event: Failed): Turn {
  const { command, failure } = event;
  const { task } = model;
  // A new day, or somebody locked: what was in hand is left.
  if (failure.code === 'sign_in_needed' && model.counter) {
    return rest({ ...model, counter: { ...model.counter, sign_in: 'needed' } }, sound(failure.tone));
  }
  if (command === 'open_street') return goTo(model, { at: 'opening', failure });
  const is = { is: 'failed', failure } as const;
  switch (task.at) {
    case 'receiving':
      return goTo(
        model,
        command === 'receive_merges' ? { ...task, received: is } : { ...task, folder: is },
        sound(failure.tone),
      );
    case 'seek':
      return goTo(
        model,
        { ...task, waiting: false, failure, unknown: failure.code === 'member_unknown' },
        sound(failure.tone),
      );
    case 'card':
      return cardFailed(model, event);
    case 'ids':
      return command === 'show_member' ? goTo(model, { ...task, shown: is }) : stopsWaiting(model, failure);
    case 'settings':
      if (command === 'list_street_printers') return goTo(model, { ...task, printers: is });
      if (command !== 'print_street_test_paper') return stopsWaiting(model, failure);
      return goTo(model, { ...task, tried: is }, sound(failure.tone));
    case 'member':
      return goTo(model, command === 'save_member_history' ? { ...task, saved: is } : { ...task, shown: is });
    case 'done':
      return goTo(
        model,
        command === 'print_street_receipt' ? { ...task, printed: is } : { ...task, preview: is },
        sound(failure.tone),
      );
    case 'today':
      return goTo(model, { ...task, day: is });
    case 'members':
      return goTo(model, { ...task, list: is });
    case 'shop':
      return command === 'show_street_contact' ? goTo(model, { ...task, contact: is }) : stopsWaiting(model, failure);
    default:
      return 'waiting' in task ? stopsWaiting(model, failure) : stay(model);
  }
}

function stopsWaiting(model: Model, failure: Failure): Turn {
  const { task } = model;
  return 'waiting' in task ? goTo(model, { ...task, waiting: false, failure }, sound(failure.tone)) : stay(model);
}
