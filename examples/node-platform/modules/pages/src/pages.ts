/** A page that is always there. */
export interface Page {
  readonly slug: string;
  readonly title: string;
  /** Plain text; paragraphs are separated by an empty line. */
  readonly text: string;
}

export const pages: readonly Page[] = [
  { slug: "about", title: "About", text: "An example platform.\n\nIt is small, and everything in it is a module." },
  { slug: "imprint", title: "Imprint", text: "The platform's owners\n1 Example Street" },
];

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(plain: string): string {
  return plain.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** The page as a whole HTML document. */
export function renderPage({ title, text }: Page): string {
  const paragraphs = text.split("\n\n").map((paragraph) => `<p>${escape(paragraph).replaceAll("\n", "<br>")}</p>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title><link rel="stylesheet" href="/style.css"><main><h1>${escape(title)}</h1>${paragraphs.join("")}</main></html>\n`;
}
