/** The border to the program as the window turned to the resident sees it: it is told, and asks nothing. */
import type { ResidentScreen } from '../generated/types';

export async function follow(show: (screen: ResidentScreen) => void): Promise<void> {
  if (__DOUBLE__ && !('__TAURI_INTERNALS__' in window)) {
    const { showSamples } = await import('./double/resident');
    return showSamples(new URLSearchParams(location.search), show);
  }
  const { Channel, invoke } = await import('@tauri-apps/api/core');
  await invoke('follow_resident_screen', { screen: new Channel<ResidentScreen>(show) });
}
