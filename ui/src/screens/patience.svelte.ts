/**
 * How long one has been waiting for the cloud: after 0.3 s words replace the button's label, after 3 s a
 * sentence explains. (After 10 s the program itself answers that it is finding out.)
 */
const NOTICED_MS = 300;
const LONG_MS = 3000;

/** When somebody who waits notices that they do. */
export const noticed = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, NOTICED_MS));

export class Patience {
  isNoticed = $state(false);
  isLong = $state(false);

  constructor(isWaiting: () => boolean) {
    $effect(() => {
      this.isNoticed = false;
      this.isLong = false;
      if (!isWaiting()) return;
      const noticed = setTimeout(() => (this.isNoticed = true), NOTICED_MS);
      const long = setTimeout(() => (this.isLong = true), LONG_MS);
      return () => {
        clearTimeout(noticed);
        clearTimeout(long);
      };
    });
  }
}
