import type { TokenCredential } from '@azure/identity';

/** Where tables or queues are, and how they are opened. */
export type StorageAccount =
  | { readonly connectionString: string }
  /** @property url of the service, without a slash at the end */
  | { readonly url: string; readonly credential: TokenCredential };

/** An account by its name, opened by the managed identity of this machine. @param identity client id, where there are several */
export async function accountByIdentity(
  account: string,
  identity: string | undefined,
): Promise<Readonly<Record<'tables' | 'queues', StorageAccount>>> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const credential =
    identity === undefined
      ? new ManagedIdentityCredential()
      : new ManagedIdentityCredential({ clientId: identity });
  return {
    tables: { url: `https://${account}.table.core.windows.net`, credential },
    queues: { url: `https://${account}.queue.core.windows.net`, credential },
  };
}
