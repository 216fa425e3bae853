/** Serves the double's build to the browser tests, on a free port of this PC. */
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await preview({
    mode: 'double',
    logLevel: 'error',
    build: { outDir: 'out/double' },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('the double is not served');
  project.provide('address', address);
  return () => server.close();
}
