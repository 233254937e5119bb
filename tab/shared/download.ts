/** By this mark Excel takes a table for UTF-8. Whatever reads an answer as text drops it. */
const utf8Mark = '\uFEFF';

/** A file as it is stored: a table with the mark of UTF-8, once. @param type without a character set. */
export function fileOf(text: string, type: string): Blob {
  const isMarked = type !== 'text/csv' || text.startsWith(utf8Mark);
  return new Blob([isMarked ? '' : utf8Mark, text], { type: `${type};charset=utf-8` });
}

/** Gives a text to the person as a file. */
export function download(file: string, text: string, type: string): void {
  const url = URL.createObjectURL(fileOf(text, type));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  URL.revokeObjectURL(url);
}
