import { Bones } from '../../../shared/states.js';
import type { SeriesOption } from '../draft.js';
import { ImportPage } from './import-page.js';
import { NewImport, type Pasted } from './new-import.js';

/** Lists of people on their way to become contacts: a new one, or the one that the address names. */
export function Imports(props: {
  readonly id: string | undefined;
  readonly series: readonly SeriesOption[] | undefined;
  readonly pasted: Pasted;
  readonly onPasted: (pasted: Pasted) => void;
  readonly onChanged: () => void;
}) {
  const { id, series } = props;
  if (series === undefined) return <Bones rows={4} height={64} />;
  if (id === undefined) return <NewImport {...props} series={series} />;
  return <ImportPage key={id} id={id} series={series} onChanged={props.onChanged} onRest={props.onPasted} />;
}
