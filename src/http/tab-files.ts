import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'restify';
import sirv from 'sirv';

/**
 * The built tab: files with a hash in their name are kept for a year, the page itself is always asked for anew.
 * Packed copies (`.br`, `.gz`) beside the files are sent to those who take them.
 * @returns undefined where nothing is built.
 */
export function tabFiles(folder: string): ((request: Request, response: Response) => boolean) | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const serve = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (response, path) => {
      const isHashed = path.startsWith('/assets/');
      response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request, response) => {
    let isFound = true;
    serve(request, response, () => {
      isFound = false;
    });
    return isFound;
  };
}
