import { checkedAddress } from './mailbox.js';
import { Refusal } from './refusal.js';

/** A mail as it was handed over. */
export interface MailedMessage {
  readonly subject: string;
  readonly body: { readonly contentType: string; readonly content: string };
  readonly toRecipients: readonly {
    readonly emailAddress: { readonly address: string; readonly name?: string };
  }[];
  readonly internetMessageHeaders?: readonly { readonly name: string; readonly value: string }[];
  readonly attachments?: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly contentBytes: string;
  }[];
}

const largestAttachment = 3 * 1024 * 1024;

/** The rules of sendMail that its schema does not contain. */
export function checkMail(message: MailedMessage): void {
  for (const { emailAddress } of message.toRecipients) checkedAddress(emailAddress.address);
  for (const { name } of message.internetMessageHeaders ?? [])
    if (!/^x-/i.test(name)) throw new Refusal(400, 'InvalidInternetMessageHeader', name);
  for (const { contentBytes } of message.attachments ?? [])
    if (Buffer.from(contentBytes, 'base64').length > largestAttachment)
      throw new Refusal(413, 'RequestEntityTooLarge');
}
