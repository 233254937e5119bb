import { AppError } from '../platform/errors.js';
import { open, type Route } from './route.js';

/** `/healthz`: the process lives. `/readyz`: it can serve, that is, its storage answers. */
export function healthRoutes(isReady: () => Promise<boolean>): Route[] {
  return [
    open('get', '/healthz', () => Promise.resolve({ text: 'ok\n', type: 'text/plain; charset=utf-8' })),
    open('get', '/readyz', async () => {
      if (!(await isReady())) throw new AppError('storage.unavailable');
      return { text: 'ready\n', type: 'text/plain; charset=utf-8' };
    }),
  ];
}
