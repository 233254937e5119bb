/** Markdown as it is read: without marks and addresses; list items keep a dot. Paragraphs stay. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/<(https?:\/\/[^>\s]+)>/gu, '$1')
    .replace(/^[ \t]*#{1,6}[ \t]+/gmu, '')
    .replace(/^(?:[ \t]*>[ \t]?)+/gmu, '')
    .replace(/^([ \t]*)[-*+][ \t]+/gmu, '$1• ')
    .replace(/(?<!\\)(\*{1,3})(?=\S)([^*\n]*[^*\s\\\n])\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=\S)([^_\n]*[^_\s\n])\1(?![\p{L}\p{N}_])/gu, '$2')
    .replace(/\\([\\`*_{}[\]()#+\-.!>~|])/gu, '$1')
    .replace(/\\$/gmu, '');
}

/** How many words there are in a Markdown text, its marks and addresses left out. */
export function countWords(markdown: string): number {
  const plain = markdown.replace(/\]\([^)]*\)/gu, ']').replace(/https?:\/\/\S+/gu, ' ');
  return plain.match(/[\p{L}\p{N}]+(?:[-–'’:.,][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
