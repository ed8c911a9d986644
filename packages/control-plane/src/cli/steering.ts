// oxlint-disable-next-line no-control-regex
const colour = /\u001b\[[0-9;:]*m/g;
/** One sequence that steers a terminal: looked for from its beginning on alone, so that no text takes longer than its length. */
// oxlint-disable-next-line no-control-regex
const sequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])|\u009b[0-?]*[ -/]*[@-~]/g;
const control = /(?![\t\n])\p{Cc}/gu;

/**
 * A text without what would steer a terminal (cursor, title, clipboard, keys): whatever a server, a module or an application wrote may
 * stand in anything that is printed. Tabs and line ends stay, and colours where they can be shown.
 */
export function withoutSteering(text: string, { isColorSupported }: { readonly isColorSupported: boolean }): string {
  if (text.search(control) === -1) return text;
  const colours = isColorSupported ? (text.match(colour) ?? []) : [];
  return text.split(colour).map((part, index) => part.replaceAll(sequence, "").replaceAll(control, "") + (colours[index] ?? "")).join("");
}
