import type { TableClient, TableServiceClientOptions } from '@azure/data-tables';
import { freshId } from '../../platform/ids.js';
import { requestMs } from './faults.js';

type PolicyConfig = NonNullable<TableServiceClientOptions['additionalPolicies']>[number];

/** Counts each request as it goes to the wire, and bounds its time: the SDK itself would wait for ever. */
export function tripPolicy(onTrip: () => void): PolicyConfig {
  return {
    policy: {
      name: 'bigRoomTrip',
      sendRequest: (request, next) => {
        onTrip();
        request.timeout = requestMs();
        return next(request);
      },
    },
    position: 'perRetry',
  };
}

/** Row keys and the versions on which their deletion depends. */
type DeleteVersions = ReadonlyMap<string, string>;

/** The SDK makes the transaction's request of these options, and of an id where there is one. */
type RequestOptions = NonNullable<Parameters<TableClient['submitTransaction']>[1]> & {
  readonly requestId: string;
};

/**
 * `submitTransaction` of @azure/data-tables 13.3 deletes whatever version there is: it drops the ETag of a delete and writes
 * `If-Match: *`. This puts the right ETag into the body before it is sent; the request's id distinguishes the requests.
 */
export class ConditionalDeletes {
  readonly #versions = new Map<string, DeleteVersions>();

  /** Runs a `submitTransaction`, with the options to give to it, whose deletes hold for these versions only. */
  async during<Result>(
    versions: DeleteVersions,
    submit: (options: RequestOptions) => Promise<Result>,
  ): Promise<Result> {
    const requestId = freshId();
    this.#versions.set(requestId, versions);
    try {
      return await submit({ requestId });
    } finally {
      this.#versions.delete(requestId);
    }
  }

  readonly config: PolicyConfig = {
    policy: {
      name: 'bigRoomConditionalDeletes',
      sendRequest: (request, next) => {
        if (request.url.includes('$batch') && typeof request.body === 'string') {
          const versions = this.#versions.get(request.requestId);
          // Never send a delete without its condition: another release of the SDK may lose the id.
          if (versions === undefined) throw new Error('a batch came without the id that it was given');
          if (versions.size > 0) request.body = withDeleteVersions(request.body, versions);
        }
        return next(request);
      },
    },
    position: 'perCall',
  };
}

/** The head of a DELETE in a batch, up to the `*` of its If-Match. */
const deleteHead = /^DELETE (\S+) HTTP\/1\.1\r\n(?:[^\r\n]+\r\n)*?If-Match: (?=\*)/gim;

function withDeleteVersions(body: string, versions: DeleteVersions): string {
  let found = 0;
  const conditional = body.replace(
    new RegExp(`${deleteHead.source}\\*`, deleteHead.flags),
    (head: string, url: string) => {
      const version = versions.get(rowKeyOf(url));
      if (version === undefined) return head;
      found += 1;
      return head.slice(0, -1) + version;
    },
  );
  // Never send a delete without its condition: another release of the SDK may write the batch differently.
  if (found !== versions.size) throw new Error('the versions of deleted rows were not found in the batch');
  return conditional;
}

function rowKeyOf(url: string): string {
  const quoted = /RowKey='(.*)'\)$/s.exec(decodeURIComponent(url.split('?', 1)[0] ?? ''))?.[1] ?? '';
  return quoted.replaceAll("''", "'");
}
