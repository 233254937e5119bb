import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { send, type SendResult } from '@fastify/send';
import type { Request, Response } from 'restify';
import { AppError } from '../platform/errors.js';
import { escapeHtml } from '../platform/html.js';
import { contentSecurityPolicy } from './security.js';

/**
 * Answers a request for one of the tab's files.
 * @returns false where there is no such file.
 * @throws AppError `storage.unavailable` where it is there and cannot be read now, as with too many open files.
 */
export type TabFiles = (request: Request, response: Response) => Promise<boolean>;

const pack = promisify(gzip);

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
 * @param facts what the page says of this installation, as attributes `data-<name>` of its `html`; `login-url` is where the
 *   browser signs in
 * @returns undefined where nothing is built.
 */
export function tabFiles(folder: string, facts: Readonly<Record<string, string>> = {}): TabFiles | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;

  return async (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const file = path === '/' ? '/index.html' : path;
    // Routes have no dot in their last part, and cost no look at the disk.
    if (!/\.\w+$/.test(file)) return false;
    if (file === '/index.html' && Object.keys(facts).length > 0)
      return sendPage(request, response, folder, facts);
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

const policyOf = (page: string, signInOrigin?: string): string =>
  contentSecurityPolicy(
    [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script),
    signInOrigin,
  );

/** The page, or undefined where a build took it away. */
async function readPage(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AppError('storage.unavailable', {}, { cause: error });
  }
}

/** The policy of the page, which allows the script that stands in it. */
const pagePolicy = async (folder: string): Promise<string> => policyOf((await readPage(folder)) ?? '');

/** The page with what it says of this installation. It is a few kilobytes, so that it is packed each time. */
async function sendPage(
  request: Request,
  response: Response,
  folder: string,
  facts: Readonly<Record<string, string>>,
): Promise<boolean> {
  const page = await readPage(folder);
  if (page === undefined) return false;
  const attributes = Object.entries(facts).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  const text = page.replace('<html', `<html${attributes.join('')}`);
  const loginUrl = facts['login-url'];
  const isPacked = accepts(request, 'gzip');
  const body = isPacked ? await pack(text) : Buffer.from(text);
  response.writeHead(200, {
    'Content-Security-Policy': policyOf(page, loginUrl && new URL(loginUrl).origin),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    ...(isPacked && { 'Content-Encoding': 'gzip' }),
    Vary: 'Accept-Encoding',
    'Cache-Control': 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
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
