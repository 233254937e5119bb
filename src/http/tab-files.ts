import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { send, type SendResult } from '@fastify/send';
import type { Request, Response } from 'restify';
import { AppError } from '../platform/errors.js';
import { contentSecurityPolicy } from './security.js';

/**
 * Answers a request for one of the tab's files.
 * @returns false where there is no such file.
 * @throws AppError `storage.unavailable` where it is there and cannot be read now, as with too many open files.
 */
export type TabFiles = (request: Request, response: Response) => Promise<boolean>;

/** Packed copies beside the files, by what a browser must accept for them; the smaller one first. */
const packed = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

const accepts = (request: Request, encoding: string): boolean =>
  (request.headers['accept-encoding'] ?? '').split(/\s*,\s*/).some((each) => {
    const [name, weight] = each.split(/\s*;\s*/);
    return name === encoding && weight !== 'q=0';
  });

function contentType(file: string): string {
  const type = send.mime.getType(file) ?? 'application/octet-stream';
  return /^text\/|javascript|json/.test(type) ? `${type}; charset=utf-8` : type;
}

/**
 * The built tab: files with a hash in their name are kept for a year, the page itself is never cached. Each request opens
 * its file again, so that a build may replace them under a running instance.
 * @returns undefined where nothing is built.
 */
export function tabFiles(folder: string): TabFiles | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;

  return async (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const file = path === '/' ? '/index.html' : path;
    // Routes have no dot in their last part, and cost no look at the disk.
    if (!/\.\w+$/.test(file)) return false;
    // Before the page is opened: what is opened must be read at once.
    if (file === '/index.html') response.setHeader('Content-Security-Policy', await pagePolicy(folder));
    const copies = [...packed.filter(([encoding]) => accepts(request, encoding)), [undefined, ''] as const];
    for (const [encoding, ending] of copies) {
      const found = await send(request, file + ending, { root: folder, index: false, cacheControl: false });
      if (found.type !== 'file' && found.statusCode < 500) continue;
      if (found.type !== 'file') throw new AppError('storage.unavailable');
      await sendFile(response, file, encoding, found);
      return true;
    }
    return false;
  };
}

/** The policy of the page, which allows the script that stands in it. */
async function pagePolicy(folder: string): Promise<string> {
  try {
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    return contentSecurityPolicy(
      [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script),
    );
  } catch (error) {
    // Taken away by a build: there is nothing to allow then.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return contentSecurityPolicy();
    throw new AppError('storage.unavailable', {}, { cause: error });
  }
}

async function sendFile(
  response: Response,
  file: string,
  encoding: string | undefined,
  { statusCode, headers, stream }: SendResult,
): Promise<void> {
  try {
    // The file opens only now; what can go wrong then is known before anything is sent.
    await once(stream, 'readable');
  } catch (error) {
    throw new AppError('storage.unavailable', {}, { cause: error });
  }
  response.writeHead(statusCode, {
    ...headers,
    'Content-Type': contentType(file),
    ...(encoding && { 'Content-Encoding': encoding }),
    Vary: 'Accept-Encoding',
    'Cache-Control': file.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  // Whoever went away meanwhile misses nothing; a file that ends too soon cuts the answer, which the browser asks for again.
  await pipeline(stream, response).catch(() => response.destroy());
}
