import { isIPv6 } from 'node:net';

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** The eight groups of an IPv6 address, each without leading zeros. */
function eightGroups(address: string): readonly string[] {
  // One way to write each address (RFC 5952), with an IPv4 tail as two groups.
  const { hostname } = new URL(`http://[${address}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')];
  return [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
}

/** Of an IPv4-mapped address (RFC 4291 2.5.5.2), such as ::ffff:203.0.113.7, the address that it stands for. */
function mappedIn(groups: readonly string[]): string | undefined {
  const [high = '', low = ''] = groups.slice(6);
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return undefined;
  return [high, low]
    .flatMap((group) => {
      const number = Number.parseInt(group, 16);
      return [number >> 8, number & 255];
    })
    .join('.');
}

/**
 * Names the network of whoever sent something: the whole IPv4 address, and of an IPv6 one its first 64 bits, since one
 * subscriber has all of these. What is no address stands for itself.
 */
export function networkOf(sender: string): string {
  // With a port in brackets as proxies write it, and with the zone of a link-local address (RFC 4007 11).
  const address = sender.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/%.*$/, '');
  if (!isIPv6(address)) return sender;
  const groups = eightGroups(address);
  return mappedIn(groups) ?? `${groups.slice(0, 4).join(':')}::/64`;
}
