/** How many words there are in a Markdown text, its marks and addresses left out. */
export function countWords(markdown: string): number {
  const plain = markdown.replace(/\]\([^)]*\)/gu, ']').replace(/https?:\/\/\S+/gu, ' ');
  return plain.match(/[\p{L}\p{N}]+(?:[-–'’:.,][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
