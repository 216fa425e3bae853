/** The real street's software, reached through Tauri: every command takes one argument named `arguments`. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { StreetNotice } from '../generated/types';
import { asFailure } from './backend';
import type { StreetBackend } from './street';

export const street: StreetBackend = {
  async call(command, args) {
    try {
      return await invoke(command, { arguments: args });
    } catch (thrown) {
      throw asFailure(thrown);
    }
  },
  async hear(listener) {
    await listen<StreetNotice>('street_notice', (event) => listener(event.payload));
  },
};
