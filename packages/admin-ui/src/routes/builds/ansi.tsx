import Anser from "anser";
import { clsx } from "clsx";
import { memo } from "react";

const colours: Readonly<Record<string, string>> = {
  "ansi-red": "text-bad", "ansi-bright-red": "text-bad",
  "ansi-green": "text-good", "ansi-bright-green": "text-good",
  "ansi-yellow": "text-warn", "ansi-bright-yellow": "text-warn",
  "ansi-blue": "text-busy", "ansi-bright-blue": "text-busy",
  "ansi-cyan": "text-accent", "ansi-bright-cyan": "text-accent",
  "ansi-magenta": "text-busy", "ansi-bright-magenta": "text-busy",
  "ansi-bright-black": "text-ink-faint",
};

/** A line as a terminal would show it. Nothing of it is ever markup. */
export const AnsiText = memo(function AnsiText({ text }: { readonly text: string }) {
  if (!text.includes("\u001b")) return <>{text}</>;
  return (
    <>
      {Anser.ansiToJson(text, { use_classes: true, remove_empty: true }).map(({ content, fg, decorations }, index) => (
        <span key={index} className={clsx(colours[fg], decorations.includes("bold") && "font-semibold", decorations.includes("dim") && "opacity-70", decorations.includes("italic") && "italic", decorations.includes("underline") && "underline")}>{content}</span>
      ))}
    </>
  );
});
