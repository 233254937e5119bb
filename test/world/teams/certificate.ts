import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** DER: a tag, the length, the contents. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: readonly Buffer[]) => der(0x30, ...contents);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const time = (text: string) => der(0x17, Buffer.from(text, 'ascii'));

/** How each kind of key signs: with SHA-256 (RFC 5758, 3.2; RFC 4055, 5). */
const kinds = {
  ec: {
    algorithm: sequence(objectId('2a8648ce3d040302')),
    keys: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  },
  rsa: {
    algorithm: sequence(objectId('2a864886f70d01010b'), der(0x05)),
    keys: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  },
};

function nameOf(host: string): Buffer {
  return sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(host, 'utf8')))));
}

/** A key and a certificate that it signed itself, as PEM: nobody trusts it (RFC 5280, 4.1). */
export function selfSigned(
  host: string,
  kind: keyof typeof kinds = 'ec',
): { readonly key: string; readonly cert: string } {
  const { algorithm, keys } = kinds[kind];
  const { privateKey, publicKey } = keys();
  const serial = der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)]));
  const name = nameOf(host);
  const valid = sequence(time('250101000000Z'), time('450101000000Z'));
  const publicInfo = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(serial, algorithm, name, valid, name, publicInfo);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const base64 = sequence(body, algorithm, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
  };
}
