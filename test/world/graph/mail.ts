import PostalMime, { type Email } from 'postal-mime';
import { checkedAddress } from './mailbox.js';
import { Refusal } from './refusal.js';

/** A mail as it was handed over: the MIME message, and what a mail program reads in it. */
export interface MailedMessage {
  readonly mime: string;
  readonly read: Email;
}

/** What one request may have (https://learn.microsoft.com/graph/api/user-sendmail). */
const largestRequest = 4 * 1024 * 1024;

/**
 * A MIME message that was handed to sendMail in base64, by the rules that no schema contains.
 * @param mailbox whose it is: it sends in no other name.
 */
export async function readMail(body: string, mailbox: string): Promise<MailedMessage> {
  if (body.length > largestRequest) throw new Refusal(413, 'RequestEntityTooLarge');
  if (!/^[A-Za-z0-9+/]+=*$/.test(body)) throw new Refusal(400, 'ErrorMimeContentInvalidBase64String');
  const mime = Buffer.from(body, 'base64').toString();
  const read = await PostalMime.parse(mime);
  const { from, to = [] } = read;
  if (from?.address !== undefined && from.address !== mailbox) throw new Refusal(403, 'ErrorSendAsDenied');
  if (to.length === 0) throw new Refusal(400, 'ErrorInvalidRecipients');
  for (const { address = '' } of to) checkedAddress(address);
  return { mime, read };
}

/** A mail as a JSON body has it; Big Room sends none. */
export interface JsonMail {
  readonly toRecipients: readonly { readonly emailAddress: { readonly address: string } }[];
  readonly internetMessageHeaders?: readonly { readonly name: string }[];
}

export function checkJsonMail({ toRecipients, internetMessageHeaders = [] }: JsonMail): void {
  for (const { emailAddress } of toRecipients) checkedAddress(emailAddress.address);
  for (const { name } of internetMessageHeaders)
    if (!/^x-/i.test(name)) throw new Refusal(400, 'InvalidInternetMessageHeader', name);
}
