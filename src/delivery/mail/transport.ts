import type { FanOutKinds, WrittenMail } from '../fan-out/kind.js';
import type { PreparedMessage, Transport } from '../fan-out/transport.js';
import type { Mailer } from './mailer.js';

/** Carries by mail what the kinds of fan-outs write. */
export function mailTransport(mailer: Mailer, kinds: Pick<FanOutKinds, 'mail'>): Transport {
  return {
    prepare: async (content, language) => (await kinds.mail(content, language)) as unknown as PreparedMessage,
    send: async (prepared, { key }) => {
      const mail = await (prepared as unknown as WrittenMail).to(key);
      return 'result' in mail ? mail : mailer.send(mail);
    },
  };
}
