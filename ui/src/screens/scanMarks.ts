/** 〇 △ × of a scan. */
import type { Scan } from '../generated/types';

type Mark = 'ok' | 'check' | 'stop' | 'off';

const MARKS: Record<Scan['state']['state'], Mark> = {
  under_way: 'off',
  unconfirmed: 'check',
  cleared: 'ok',
  refused: 'stop',
  taking_back: 'off',
  taken_back: 'off',
};

export const markOf = ({ state }: Scan): Mark => MARKS[state.state];
