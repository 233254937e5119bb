import { urlOf } from '../shared/links.js';

/** Whether a host, as an address or a URL names it and without a port, is this machine itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether the `Host` of a request names this machine, with or without a port: a stranger's name may lead here too. */
export function isLoopbackHost(header: string | undefined): boolean {
  return isLoopback((header ?? '').replace(/:\d+$/, ''));
}

/** Whether a URL leads to this machine itself; what is no URL does not. */
export function leadsToLoopback(url: string): boolean {
  const read = urlOf(url);
  return read !== undefined && isLoopback(read.hostname);
}
