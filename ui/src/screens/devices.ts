/** Reader, printer, network and the resident's screen as marks and words, the same in the head and under 困ったとき. */
import type { DeviceState } from '../generated/types';
import type { Model } from '../journey/model';
import type { Words } from '../words';

/** As the program says it; `unasked` is a way to the cloud that only the registration will try. */
type Stand = DeviceState['state'] | 'unasked';

type Mark = 'ok' | 'check' | 'stop' | 'off';

export interface NamedDevice {
  name: string;
  device: DeviceState;
  stand: Stand;
  mark: Mark;
}

const MARKS: Record<Stand, Mark> = { ready: 'ok', looking: 'check', missing: 'stop', unasked: 'off' };

export function devicesOf({ devices, place }: Model, { head }: Words): NamedDevice[] {
  const named = (name: string, device: DeviceState, stand: Stand = device.state): NamedDevice => ({
    name,
    device,
    stand,
    mark: MARKS[stand],
  });
  const unasked = place.state === 'unregistered' && devices.network.state === 'looking';
  return [
    named(head.reader, devices.reader),
    named(head.printer, devices.printer),
    named(head.network, devices.network, unasked ? 'unasked' : devices.network.state),
    ...(devices.resident_screen ? [named(head.residentScreen, devices.resident_screen)] : []),
  ];
}
