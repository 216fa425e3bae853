/** The settings form: what was typed, what is wrong with it, and the settings it makes. */
import type { Settings } from '../generated/types';

export interface TypedSettings {
  address: string;
  authority: string;
  to: 'folder' | 'queue';
  folder: string;
  queue: string;
}

export function typedSettings({ cloud_address, cloud_authority, printer }: Settings): TypedSettings {
  return {
    address: cloud_address,
    authority: cloud_authority ?? '',
    to: printer.to,
    folder: printer.to === 'folder' ? printer.path : '',
    queue: printer.to === 'queue' ? printer.name : '',
  };
}

/** Plain HTTP goes only to this PC itself, and only there no authority is needed. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?\/?$/;

export function wrongSettings(typed: TypedSettings): ('address' | 'authority' | 'folder' | 'queue')[] {
  const address = typed.address.trim();
  const isHere = LOOPBACK.test(address);
  const isHttps = /^https:\/\/[^\s/]+\/?$/.test(address);
  return [
    ...(isHere || isHttps ? [] : (['address'] as const)),
    ...(isHttps && typed.authority.trim() === '' ? (['authority'] as const) : []),
    ...(typed.to === 'folder' && typed.folder.trim() === '' ? (['folder'] as const) : []),
    ...(typed.to === 'queue' && typed.queue === '' ? (['queue'] as const) : []),
  ];
}

export function settingsOf(typed: TypedSettings, stand: Settings): Settings {
  const authority = typed.authority.trim();
  return {
    ...stand,
    cloud_address: typed.address.trim(),
    cloud_authority: authority === '' ? null : authority,
    printer: typed.to === 'folder' ? { to: 'folder', path: typed.folder.trim() } : { to: 'queue', name: typed.queue },
  };
}
