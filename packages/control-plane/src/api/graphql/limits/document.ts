import { BREAK, Lexer, parse, Source, TokenKind, visit, type DocumentNode } from "graphql";
import { hold, type Limits } from "./limits.ts";

/** Reads a document, and refuses one that is too large as it is written, before anybody works out what it means. */
export function parseWithin(limits: Limits, text: string): DocumentNode {
  const source = new Source(text);
  holdTokens(limits, source);
  const document = parse(source);
  const { fields, aliases, directives, nesting } = countIn(document, limits.nesting);
  hold(limits, "definitions", document.definitions.length, "operations and fragments of the document");
  hold(limits, "nesting", nesting, "fields inside fields of the document");
  hold(limits, "fields", fields, "fields of the document");
  hold(limits, "aliases", aliases, "aliases of the document");
  hold(limits, "directives", directives, "directives of the document");
  return document;
}

/** Before the parser, whose stack grows with what it reads. */
function holdTokens(limits: Limits, source: Source): void {
  const lexer = new Lexer(source);
  for (let tokens = 1; lexer.advance().kind !== TokenKind.EOF; tokens += 1) hold(limits, "tokens", tokens, "tokens of the document");
}

function countIn(document: DocumentNode, deepest: number): { fields: number; aliases: number; directives: number; nesting: number } {
  const counts = { fields: 0, aliases: 0, directives: 0, nesting: 0 };
  let depth = 0;
  visit(document, {
    Field: {
      enter: ({ alias }) => {
        depth += 1;
        counts.fields += 1;
        counts.aliases += alias === undefined ? 0 : 1;
        counts.nesting = Math.max(counts.nesting, depth);
        return depth > deepest ? BREAK : undefined;
      },
      leave: () => {
        depth -= 1;
      },
    },
    Directive: () => {
      counts.directives += 1;
    },
  });
  return counts;
}
