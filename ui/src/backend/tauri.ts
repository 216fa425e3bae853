/**
 * The real program, reached through Tauri.
 *
 * Every command takes one argument named `arguments`; every notice comes as the event `notice`.
 */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Notice } from '../generated/types';
import { asFailure, type Backend } from './backend';

export const program: Backend = {
  async call(command, args) {
    try {
      return await invoke(command, { arguments: args });
    } catch (thrown) {
      throw asFailure(thrown);
    }
  },
  async hear(listener) {
    await listen<Notice>('notice', (event) => listener(event.payload));
  },
};
