/**
 * Breaks a text without colours at spaces into lines of at most `width`, the first of at most `firstWidth`; a longer word is
 * cut. Undefined: nothing is broken, since the reader is no terminal.
 */
export function wrapText(text: string, width: number | undefined, firstWidth = width): string[] {
  if (width === undefined || firstWidth === undefined || text.length <= firstWidth) return [text];
  const room = Math.max(1, firstWidth);
  const space = text.lastIndexOf(" ", room);
  const end = space > room / 3 ? space : room;
  return [text.slice(0, end), ...wrapText(text.slice(end).replace(/^ /, ""), Math.max(1, width))];
}
