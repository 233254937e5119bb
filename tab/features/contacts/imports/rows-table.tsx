import { Button } from '@fluentui/react-components';
import {
  ArrowUndo16Regular,
  Dismiss16Regular,
  Edit16Regular,
  ErrorCircle16Regular,
  MailOff16Regular,
  PeopleAdd16Regular,
  Sparkle16Regular,
} from '@fluentui/react-icons';
import { useEffect, useRef, useState, type ComponentType, type ReactNode } from 'react';
import type { ImportRowView } from '../../../../src/shared/answers/imports.js';
import { tableColumns, type TableColumn } from '../../../../src/shared/contact-table.js';
import type { FieldFaultCode } from '../../../../src/platform/errors.js';
import { useText } from '../../../shared/context.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import type { RowStatus, ShownRow } from './rows.js';
import css from './imports.module.css';

const rowsAtOnce = 50;

interface RowWay {
  /** Stores a row that was put right, left out or taken along; what it throws is said by the page. */
  readonly change: (
    row: ImportRowView,
    after: { readonly cells: readonly string[]; readonly isLeftOut: boolean },
  ) => Promise<boolean>;
  /** What was typed into a row and is not stored yet; nothing where it is as it was. */
  readonly onTyped: (row: ImportRowView, cells: readonly string[] | undefined) => void;
}

interface Table {
  readonly columns: readonly TableColumn[];
  readonly header: readonly string[] | undefined;
  readonly rows: readonly ShownRow[];
  /** More rows are on their way. */
  readonly isLoading?: boolean;
  readonly faultText: (code: FieldFaultCode) => string;
  readonly nameOf: (seriesId: string) => string;
}

/** The rows of a list with what becomes of each; in a draft each can be put right where it stands. */
export function RowsTable(
  props: Table & {
    readonly edit?: RowWay & { readonly onColumns: (columns: readonly TableColumn[]) => void };
  },
) {
  const { columns, header, rows, isLoading = false, edit } = props;
  const { t } = useText();
  const [count, setCount] = useState(rowsAtOnce);
  const [open, setOpen] = useState<number>();
  return (
    <>
      <div className={css.scroll} role="region" aria-label={t('contacts.imports.table')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('contacts.imports.row.number')}</th>
              {columns.map((column, index) => (
                <th key={index} scope="col" data-skip={column === 'skip'}>
                  <ColumnHead {...{ columns, index, header, onColumns: edit?.onColumns }} />
                </th>
              ))}
              <th scope="col">{t('contacts.imports.row.state')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, count).map((shown) => (
              <Row
                key={shown.row.row}
                {...props}
                shown={shown}
                isOpen={open === shown.row.row}
                onOpen={(isOpen) =>
                  setOpen((last) => (isOpen ? shown.row.row : last === shown.row.row ? undefined : last))
                }
              />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && !isLoading && <p className={css.quiet}>{t('contacts.imports.noRows')}</p>}
      </div>
      {rows.length > count && (
        <Button appearance="subtle" onClick={() => setCount(count + 4 * rowsAtOnce)}>
          {t('contacts.imports.more')}
        </Button>
      )}
    </>
  );
}

/** What a column says, which a draft lets people change: the column that said the same before is imported no more. */
function ColumnHead(props: {
  readonly columns: readonly TableColumn[];
  readonly index: number;
  readonly header: readonly string[] | undefined;
  readonly onColumns: ((columns: readonly TableColumn[]) => void) | undefined;
}) {
  const { columns, index, onColumns } = props;
  const { t } = useText();
  const named = props.header?.[index] ?? '';
  const column = columns[index] ?? 'skip';
  const number = index + 1;
  const choose = (value: string): void => {
    const chosen = tableColumns.find((each) => each === value) ?? 'skip';
    onColumns?.(
      columns.map((each, at) =>
        at === index ? chosen : each === chosen && chosen !== 'skip' ? 'skip' : each,
      ),
    );
  };
  return (
    <>
      {named !== '' && <span className={css.own}>{named}</span>}
      {onColumns === undefined ? (
        t(`contacts.imports.column.${column}`)
      ) : (
        <PlainSelect
          value={column}
          aria-label={
            named === ''
              ? t('contacts.imports.column', { number })
              : t('contacts.imports.column.named', { number, name: named })
          }
          onChange={({ target }) => choose(target.value)}
        >
          {tableColumns.map((each) => (
            <option key={each} value={each}>
              {t(`contacts.imports.column.${each}`)}
            </option>
          ))}
        </PlainSelect>
      )}
    </>
  );
}

/** The field at which a fault of a column is shown. */
const fieldOf = (column: TableColumn): string =>
  column === 'firstName' || column === 'lastName' ? 'name' : column;

function faultsOf({ row: { check } }: ShownRow) {
  return check.status === 'faulty' ? check.faults : [];
}

function Row(
  props: Table & {
    readonly shown: ShownRow;
    readonly isOpen: boolean;
    readonly onOpen: (isOpen: boolean) => void;
    readonly edit?: RowWay;
  },
) {
  const { columns, shown, isOpen, onOpen, edit, faultText } = props;
  const { t } = useText();
  const { row, status } = shown;
  const [cells, setCells] = useState<readonly string[]>();
  const [isBusy, setBusy] = useState(false);
  const line = useRef<HTMLTableRowElement>(null);
  const number = row.row + 1;
  const mayEdit = edit !== undefined;
  const isWriting = mayEdit && (isOpen || status === 'faulty');
  const written = cells ?? row.cells;
  const isOther = (typed: readonly string[] | undefined): boolean =>
    typed?.some((cell, index) => cell !== (row.cells[index] ?? '')) === true;
  const isChanged = isOther(cells);
  const type = (typed: readonly string[] | undefined): void => {
    setCells(typed);
    edit?.onTyped(row, isOther(typed) ? typed : undefined);
  };
  useEffect(() => {
    if (isOpen) line.current?.querySelector('input')?.focus();
  }, [isOpen]);
  const store = async (isLeftOut: boolean): Promise<void> => {
    if (edit === undefined || isBusy) return;
    setBusy(true);
    const isStored = await edit.change(row, { cells: written, isLeftOut });
    setBusy(false);
    if (!isStored) return;
    // What was typed meanwhile stays.
    setCells((last) => (last === cells ? undefined : last));
    onOpen(false);
  };
  const faults = faultsOf(shown);
  const shownAt = new Set(columns.map(fieldOf));
  const elsewhere = faults.filter(({ field }) => !shownAt.has(field));
  return (
    <tr
      ref={line}
      data-is={status}
      onBlur={({ relatedTarget }) => {
        if (isChanged && !line.current?.contains(relatedTarget)) void store(false);
      }}
    >
      <th scope="row">{number}</th>
      {columns.map((column, index) => {
        const fault = faults.find(
          ({ field }) =>
            field === fieldOf(column) && columns.findIndex((each) => fieldOf(each) === field) === index,
        );
        const faultId = `row-${row.row}-${index}`;
        return (
          <td key={index} data-skip={column === 'skip'} data-faulty={fault !== undefined}>
            {isWriting && column !== 'skip' ? (
              <input
                className={css.cell}
                aria-label={`${t('contacts.imports.row.number')} ${number}, ${t(`contacts.imports.column.${column}`)}`}
                aria-invalid={fault !== undefined}
                {...(fault && { 'aria-describedby': faultId })}
                value={written[index] ?? ''}
                onChange={({ target }) =>
                  type(columns.map((_, at) => (at === index ? target.value : (written[at] ?? ''))))
                }
                onKeyDown={(event) => {
                  if (event.key === 'Enter') {
                    event.preventDefault();
                    void store(false);
                  }
                  if (event.key === 'Escape' && (isOpen || isChanged)) {
                    event.stopPropagation();
                    type(undefined);
                    onOpen(false);
                  }
                }}
              />
            ) : (
              <span>{row.cells[index] ?? ''}</span>
            )}
            {fault !== undefined && (
              <span id={faultId} className={css.fault}>
                {faultText(fault.code)}
              </span>
            )}
          </td>
        );
      })}
      <td className={css.state}>
        <RowState {...props} />
        {elsewhere.map(({ field, code }) => (
          <span key={field} className={css.fault}>
            {t(`contacts.field.${field}`)}: {faultText(code)}
          </span>
        ))}
        {mayEdit && (
          <span className={css.tools}>
            {isChanged || isOpen ? (
              <Button
                size="small"
                appearance="primary"
                disabledFocusable={isBusy}
                onClick={() => void store(false)}
              >
                {t('contacts.imports.row.save')}
              </Button>
            ) : (
              !isWriting && (
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<Edit16Regular />}
                  aria-label={t('contacts.imports.row.edit', { row: number })}
                  onClick={() => onOpen(true)}
                />
              )
            )}
            {row.isLeftOut ? (
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowUndo16Regular />}
                aria-label={t('contacts.imports.row.take', { row: number })}
                disabledFocusable={isBusy}
                onClick={() => void store(false)}
              />
            ) : (
              <Button
                size="small"
                appearance="subtle"
                icon={<Dismiss16Regular />}
                aria-label={t('contacts.imports.row.leave', { row: number })}
                disabledFocusable={isBusy}
                onClick={() => void store(true)}
              />
            )}
          </span>
        )}
      </td>
    </tr>
  );
}

const icons: Readonly<Record<RowStatus, ComponentType>> = {
  new: Sparkle16Regular,
  exists: PeopleAdd16Regular,
  stopped: MailOff16Regular,
  faulty: ErrorCircle16Regular,
  duplicate: Dismiss16Regular,
  leftOut: Dismiss16Regular,
};

/** What becomes of a row: icon and words. */
function RowState({ shown, nameOf }: Pick<Table, 'nameOf'> & { readonly shown: ShownRow }): ReactNode {
  const { t, dates } = useText();
  const { row, status, first } = shown;
  const { check } = row;
  const Icon = icons[status];
  const text = (): string => {
    if (status === 'duplicate') return t('contacts.imports.row.duplicate', { row: (first ?? 0) + 1 });
    if (check.status === 'stopped') return t('contacts.imports.row.stopped', { date: dates.day(check.at) });
    if (check.status === 'exists') {
      return check.added.length === 0
        ? t('contacts.imports.row.exists')
        : t('contacts.imports.row.exists.added', { names: check.added.map(nameOf).join(', ') });
    }
    return t(`contacts.imports.row.${check.status}`);
  };
  return (
    <span className={css.mark}>
      <Icon aria-hidden="true" />
      {text()}
    </span>
  );
}
