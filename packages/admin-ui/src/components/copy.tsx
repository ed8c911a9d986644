import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { toast } from "./toasts.tsx";

/** Copies a text. Where the browser does not allow it, it says so, and the text can be marked by hand. */
export function CopyButton({ text, label }: { readonly text: string | (() => string); readonly label?: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : text());
    } catch {
      return toast(t("common.notCopied"), "bad");
    }
    setDone(true);
    setTimeout(() => setDone(false), 1_500);
  };
  return (
    <Button small kind="quiet" onClick={() => void copy()} icon={done ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}>
      {done ? t("common.copied") : (label ?? t("common.copy"))}
    </Button>
  );
}
