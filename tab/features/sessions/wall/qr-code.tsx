import { create } from 'qrcode';
import { useMemo } from 'react';
import css from './wall.module.css';

/** White around the code, in modules: ISO/IEC 18004 asks for four. */
const quiet = 4;

/** The dark modules as one path, a row of neighbours as one stroke. */
function pathOf(text: string): { readonly size: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const rows: string[] = [];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (modules.get(y, x) === 0) continue;
      let end = x;
      while (end < size && modules.get(y, end) !== 0) end += 1;
      rows.push(`M${String(x + quiet)} ${String(y + quiet)}h${String(end - x)}v1h-${String(end - x)}z`);
      x = end;
    }
  }
  return { size: size + 2 * quiet, path: rows.join('') };
}

/** An address as a QR code, black on white in every theme: cameras read it so. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => pathOf(text), [text]);
  return (
    <svg
      className={css.code}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
