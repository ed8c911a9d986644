/** Characters that make a text read otherwise than it is written, such as an override to the right-to-left. */
const overrides = /[\u202A-\u202E\u2066-\u2069]/gu;

/** A text of somebody else as it is written: in which direction it runs, its letters say. */
export function withoutOverrides(text: string): string {
  return text.replaceAll(overrides, "");
}
