import { whileConflicting, type Versioned } from '../platform/commit.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { AppError } from '../platform/errors.js';
import type { ContactId } from '../platform/ids.js';
import type { KeyedHash } from '../platform/keyed-hash.js';
import type { Contact, Suppression } from './contact.js';
import { isUnsubscribed, newStopKey, suppressionOf } from './forming.js';
import type { ContactStore } from './store.js';

export interface AddressDeps {
  readonly store: ContactStore;
  /** By which contacts are found by their addresses; ids can't be computed from these. */
  readonly keyedHash: KeyedHash;
  readonly outbox: Pick<Outbox, 'commit'>;
}

const upgradedAtOnce = 100;

/** Finds contacts by their ids and addresses, also those that older releases stored. */
export function addressBook({ store, keyedHash, outbox }: AddressDeps) {
  const keyOf = (address: string): Promise<string> => keyedHash('contact', address);
  let isUpgraded = false;

  /** Gives a contact of an older release the row of its address, and that it stopped the mails a row that stays. */
  async function upgrade(found: Versioned<Contact>): Promise<void> {
    const addressKey = await keyOf(found.value.address);
    const after: Contact = { ...found.value, addressKey };
    const stopped = isUnsubscribed(after) ? store.suppress(addressKey, suppressionOf(after)) : [];
    await outbox.commit([...store.replace(found, after), ...stopped]);
  }

  async function find(id: ContactId): Promise<Versioned<Contact>> {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('contact.notFound', { id });
    if (found.value.addressKey !== undefined) return found;
    await upgrade(found);
    return find(id);
  }

  /** Upgrades the contacts that older releases stored, in pages; a run goes on where an earlier one ended. */
  async function upgradeAll(): Promise<void> {
    const marker = await store.upgraded();
    isUpgraded = marker?.value.isDone === true;
    let after = marker?.value.after;
    while (!isUpgraded) {
      const { lines, next } = await store.list(upgradedAtOnce, after === undefined ? {} : { after });
      for (const { id, addressKey } of lines) {
        if (addressKey !== undefined) continue;
        await whileConflicting(async () => {
          const found = await store.find(id);
          if (found !== undefined && found.value.addressKey === undefined) await upgrade(found);
        });
      }
      await outbox.commit([store.putUpgraded({ ...(next && { after: next }), isDone: next === undefined })]);
      after = next;
      isUpgraded = next === undefined;
    }
  }

  /** What is known of an address: whose it is, and that whoever has it stopped the mails. */
  async function known(addressKey: string) {
    // An older release's contacts are found by their addresses once they are upgraded.
    if (!isUpgraded) await upgradeAll();
    const [id, suppression] = await Promise.all([
      store.idOfAddress(addressKey),
      store.suppression(addressKey),
    ]);
    return { id, suppression };
  }

  /** The link of somebody who comes back is their old one, unless another contact has it now. */
  async function stopKeyFor(suppression: Suppression | undefined): Promise<string> {
    if (suppression === undefined) return newStopKey();
    const { stopKey } = suppression;
    return (await store.idOfStopKey(stopKey)) === undefined ? stopKey : newStopKey();
  }

  return {
    keyOf,
    /** @throws AppError `contact.notFound`. */
    find,
    known,
    stopKeyFor,
    /**
     * Upgrades the contacts that older releases stored, so that they are found by their addresses, in both forms, and those
     * who stopped their mails stay so. Running it again does nothing.
     */
    upgradeAll,
  };
}

export type AddressBook = ReturnType<typeof addressBook>;
