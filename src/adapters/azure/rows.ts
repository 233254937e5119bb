import { TableClient, type TableEntityResult, type TransactionAction } from '@azure/data-tables';
import type { Change } from '../../platform/commit.js';
import { freshId } from '../../platform/ids.js';
import { isAppError } from '../../platform/errors.js';
import type { StorageAccount } from './account.js';
import { isMissingRow, retrying } from './faults.js';
import { canHoldRows, canStand, writeChanges, type WrittenChange } from '../../platform/row-limits.js';
import type { Range, Rows, StoredRow } from '../../platform/rows.js';
import { ConditionalDeletes, tripPolicy } from './table-policies.js';

export type AzureRowsOptions = StorageAccount & {
  /** Letters and digits, 3 to 63. */
  readonly table: string;
  /** Called for each request that goes to the wire. */
  readonly onTrip?: () => void;
};

/** 64 KiB a property, two bytes a character. */
const chunkCharacters = 32_000;
const pageRows = 1_000;
/** The property that names the commit which wrote the row. */
const stampProperty = 'commit';

type Entity = TableEntityResult<Record<string, unknown>>;

/** Rows in one table of Azure Table Storage: each value is JSON, cut into properties `json0`, `json1`, ... */
export class AzureRows implements Rows {
  readonly #table: TableClient;
  readonly #deletes = new ConditionalDeletes();

  constructor({ table, onTrip, ...account }: AzureRowsOptions) {
    const options = {
      // The client's own retries are off: a transaction that was stored though its answer was lost turns
      // into a conflict. See `commit`.
      retryOptions: { maxRetries: 0 },
      additionalPolicies: [tripPolicy(onTrip ?? (() => undefined)), this.#deletes.config],
    };
    this.#table =
      'connectionString' in account
        ? // The emulator uses http; https addresses stay https.
          TableClient.fromConnectionString(account.connectionString, table, {
            ...options,
            allowInsecureConnection: true,
          })
        : new TableClient(account.url, table, account.credential, options);
  }

  /** Makes the table when it is not there. */
  async prepare(): Promise<void> {
    await retrying(() => this.#table.createTable());
  }

  async get<Value>(partition: string, key: string): Promise<StoredRow<Value> | undefined> {
    if (!canStand(key)) return undefined;
    const entity = await this.#entity(partition, key);
    return entity && rowOf<Value>(entity);
  }

  async #entity(partition: string, key: string): Promise<Entity | undefined> {
    return retrying(async () => {
      try {
        return await this.#table.getEntity(partition, key);
      } catch (error) {
        if (isMissingRow(error)) return undefined;
        throw error;
      }
    });
  }

  async range<Value>(partition: string, range: Range): Promise<{ rows: StoredRow<Value>[]; more: boolean }> {
    const rows: StoredRow<Value>[] = [];
    if (!canHoldRows(range)) return { rows, more: false };
    let continuationToken: string | undefined;
    do {
      // One row beyond the limit: a continuation token alone does not say that a row of the range follows.
      const maxPageSize = Math.min(pageRows, range.limit + 1 - rows.length);
      const page = await this.#page(partition, range, maxPageSize, continuationToken);
      rows.push(...page.map((entity) => rowOf<Value>(entity)));
      continuationToken = page.continuationToken;
    } while (continuationToken !== undefined && rows.length <= range.limit);
    return { rows: rows.slice(0, range.limit), more: rows.length > range.limit };
  }

  async #page(partition: string, range: Range, maxPageSize: number, continuationToken?: string) {
    const filter =
      `PartitionKey eq '${quoted(partition)}'` +
      ` and RowKey ge '${quoted(range.from)}' and RowKey lt '${quoted(range.to)}'`;
    const settings = { maxPageSize, ...(continuationToken !== undefined && { continuationToken }) };
    const next = await retrying(() =>
      this.#table.listEntities({ queryOptions: { filter } }).byPage(settings).next(),
    );
    return (next.value ?? []) as Entity[] & { continuationToken?: string };
  }

  /**
   * A transaction whose answer is lost may have been stored. It is sent again, and where that ends in a conflict,
   * the rows themselves show it: each has the stamp of the commit that wrote it, so one row with this commit's
   * stamp shows that all of it is stored. A commit of deletions alone leaves no such trace and reports the conflict.
   */
  async commit(partition: string, changes: readonly Change[]): Promise<void> {
    const written = writeChanges(changes);
    if (written.length === 0) return;
    const stamp = freshId();
    let tries = 0;
    try {
      await retrying(() => {
        tries += 1;
        return this.#submit(partition, written, stamp);
      });
    } catch (error) {
      if (
        tries > 1 &&
        isAppError(error, 'storage.conflict') &&
        (await this.#isStored(partition, changes, stamp))
      )
        return;
      throw error;
    }
  }

  async #submit(partition: string, written: readonly WrittenChange[], stamp: string): Promise<void> {
    const [only] = written;
    if (only && written.length === 1 && isPlain(only)) return this.#submitOne(partition, only, stamp);
    const versions = new Map<string, string>();
    for (const { change } of written)
      if (change.op === 'delete' && change.version !== undefined) versions.set(change.key, change.version);
    const actions = written.map((each) => actionOf(partition, each, stamp));
    await this.#deletes.during(versions, (options) => this.#table.submitTransaction(actions, options));
  }

  /** A transaction costs twice as much as the one change in it. */
  async #submitOne(partition: string, { change, json }: WrittenChange, stamp: string): Promise<void> {
    const { op, key, version = '*' } = change;
    const table = this.#table;
    if (op === 'delete' || json === undefined) {
      await table.deleteEntity(partition, key, { etag: version });
      return;
    }
    const entity = entityOf(partition, key, json, stamp);
    if (op === 'insert') await table.createEntity(entity);
    else if (op === 'put') await table.upsertEntity(entity, 'Replace');
    else await table.updateEntity(entity, 'Replace', { etag: version });
  }

  async #isStored(partition: string, changes: readonly Change[], stamp: string): Promise<boolean> {
    for (const { op, key } of changes) {
      if (op === 'delete') continue;
      const entity = await this.#entity(partition, key);
      if (entity?.[stampProperty] === stamp) return true;
    }
    return false;
  }
}

function actionOf(partitionKey: string, { change, json }: WrittenChange, stamp: string): TransactionAction {
  const { op, key: rowKey, version } = change;
  if (op === 'delete' || json === undefined) return ['delete', { partitionKey, rowKey }];
  const entity = entityOf(partitionKey, rowKey, json, stamp);
  if (op === 'insert') return ['create', entity];
  if (op === 'put') return ['upsert', entity, 'Replace'];
  return ['update', entity, 'Replace', { etag: version ?? '*' }];
}

/** Azurite breaks characters of several bytes where a body that is no transaction comes in several pieces. */
function isPlain({ json }: WrittenChange): boolean {
  return json === undefined || /^[ -~]*$/.test(json);
}

function entityOf(partitionKey: string, rowKey: string, json: string, stamp: string) {
  return { partitionKey, rowKey, [stampProperty]: stamp, ...chunksOf(json) };
}

function chunksOf(json: string): Record<string, string> {
  const chunks: Record<string, string> = {};
  for (let start = 0, count = 0; start < json.length; count += 1) {
    let end = Math.min(start + chunkCharacters, json.length);
    // A pair of surrogates stays together: half of one is not text.
    if (end < json.length && /[\uD800-\uDBFF]/.test(json.charAt(end - 1))) end -= 1;
    chunks[`json${count}`] = json.slice(start, end);
    start = end;
  }
  return chunks;
}

function rowOf<Value>(entity: Entity): StoredRow<Value> {
  let json = '';
  for (let count = 0; ; count += 1) {
    const chunk = entity[`json${count}`];
    if (typeof chunk !== 'string') break;
    json += chunk;
  }
  return { key: entity.rowKey ?? '', value: JSON.parse(json) as Value, version: entity.etag };
}

function quoted(text: string): string {
  return text.replaceAll("'", "''");
}
