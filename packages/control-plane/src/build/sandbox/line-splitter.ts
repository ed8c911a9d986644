import { StringDecoder } from "node:string_decoder";

/** Longest line that is kept, in characters; the rest of a longer one is counted and left out. */
export const maximumLineLength = 64 * 1024;

/**
 * Turns the chunks of one output stream into lines. A character that is split over two chunks stays whole, `\r\n`
 * counts as one line end, and of a line that overwrites itself with `\r` (a progress bar) only the last text is kept.
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  readonly #onLine: (text: string) => void;
  readonly #onOverwritten: (text: string) => void;
  #pending = "";
  #cut = 0;

  constructor(onLine: (text: string) => void, onOverwritten: (text: string) => void = () => {}) {
    this.#onLine = onLine;
    this.#onOverwritten = onOverwritten;
  }

  push(chunk: Buffer): void {
    this.#take(this.#decoder.write(chunk));
  }

  /** Hands on what is left when the stream ended without a line end. */
  end(): void {
    this.#take(this.#decoder.end());
    if (this.#pending !== "" || this.#cut > 0) this.#flush();
  }

  #take(text: string): void {
    const parts = text.split("\n");
    const rest = parts.pop() ?? "";
    for (const part of parts) {
      this.#append(part);
      this.#flush();
    }
    this.#append(rest);
  }

  #append(part: string): void {
    let text = this.#pending + part;
    const overwritten = text.lastIndexOf("\r", text.length - 2);
    if (overwritten >= 0) {
      for (const picture of text.slice(0, overwritten).split("\r")) if (picture !== "") this.#onOverwritten(picture);
      text = text.slice(overwritten + 1);
      this.#cut = 0;
    }
    if (text.length > maximumLineLength) {
      this.#cut += text.length - maximumLineLength;
      text = text.slice(0, maximumLineLength);
    }
    this.#pending = text;
  }

  #flush(): void {
    const text = this.#pending.endsWith("\r") ? this.#pending.slice(0, -1) : this.#pending;
    this.#onLine(this.#cut > 0 ? `${text} … [${this.#cut} more characters of this line were left out]` : text);
    this.#pending = "";
    this.#cut = 0;
  }
}
