/** A part of a mail: its headers, unfolded, and its content, decoded. */
export interface MailPart {
  readonly headers: string;
  readonly content: string;
}

const unfolded = (text: string): string => text.replace(/\r\n[ \t]/g, ' ');

function decoded(headers: string, body: string): string {
  if (/base64/i.test(headers)) return Buffer.from(body, 'base64').toString();
  if (!/quoted-printable/i.test(headers)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** Headers and body of a mail or a part, and the parts inside where it has some. */
function opened(text: string) {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const headers = unfolded(head);
  const body = rest.join('\r\n\r\n');
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1];
  const inside = boundary === undefined ? undefined : body.split(`--${boundary}`).slice(1, -1);
  return { headers, body, inside: inside?.map((part) => part.replace(/^\r\n/, '')) };
}

/** The leaves of a mail as it travels, in order. */
export function partsOf(text: string): readonly MailPart[] {
  const { headers, body, inside } = opened(text);
  return inside?.flatMap(partsOf) ?? [{ headers, content: decoded(headers, body).trimEnd() }];
}

/** The types of a mail's parts as they are nested, each with its method where it has one. */
export function shapeOf(text: string): string {
  const { headers, inside } = opened(text);
  const type = /^content-type: ([\w/]+)/im.exec(headers)?.[1] ?? '';
  const method = /method=\w+/.exec(headers)?.[0];
  if (inside !== undefined) return `${type.replace('multipart/', '')}(${inside.map(shapeOf).join(', ')})`;
  return method === undefined ? type : `${type} ${method}`;
}
