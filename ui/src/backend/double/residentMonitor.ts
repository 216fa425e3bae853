/** The monitors of the double's PC: which there are, and how the one chosen for the resident's screen is. */
import type { DeviceState, Monitor, ResidentWindow } from '../../generated/types';
import { failureOf } from './failures';

export const MONITORS: Monitor[] = [
  { name: 'DELL U2415 1280×800+0+0', is_clerks: true },
  { name: 'EIZO EV2495 1920×1200+1280+0', is_clerks: false },
];

/** One that was chosen and pulled out. */
const PULLED_OUT = 'EIZO FlexScan S1934 1280×1024+1280+0';

/** `monitor` and `monitor_gone` are one of the PC's, and one that is not there any more. */
export function residentWindowOf(shown: string): ResidentWindow {
  switch (shown) {
    case 'monitor':
      return { shown, name: 'EIZO EV2495 1920×1200+1280+0' };
    case 'monitor_gone':
      return { shown: 'monitor', name: PULLED_OUT };
    case 'movable':
      return { shown };
    default:
      return { shown: 'off' };
  }
}

export function residentScreenOf(chosen: ResidentWindow): DeviceState | null {
  if (chosen.shown !== 'monitor') return null;
  const isThere = MONITORS.some(({ name }) => name === chosen.name);
  return isThere
    ? { state: 'ready', name: chosen.name }
    : { state: 'missing', failure: failureOf('resident_monitor_gone') };
}
