/**
 * Breaks a text without colours at spaces into lines of at most `width`, the first of at most `firstWidth`; a longer word is
 * cut. Undefined: nothing is broken, since the reader is no terminal.
 */
export function wrapText(text: string, width: number | undefined, firstWidth = width): string[] {
  if (width === undefined || firstWidth === undefined || text.length <= firstWidth) return [text];
  const room = Math.max(1, firstWidth);
  const space = text.lastIndexOf(" ", room);
  const fits = wordAt(text, space + 1).length <= width;
  // A word that the short first line has no room for stands on the next one, whole.
  if (space < 0 && fits && room < width) return ["", ...wrapText(text, width)];
  const end = space > room / 3 || (space > 0 && fits) ? space : room;
  return [text.slice(0, end), ...wrapText(text.slice(end).replace(/^ /, ""), Math.max(1, width))];
}

function wordAt(text: string, start: number): string {
  return text.slice(start).split(" ", 1)[0] ?? "";
}
