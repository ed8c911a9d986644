import { useEffect, useState } from "react";
import { getI18n, useTranslation } from "react-i18next";

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [["second", 60], ["minute", 60], ["hour", 24], ["day", 7], ["week", 4.35], ["month", 12], ["year", Number.POSITIVE_INFINITY]];

/** A moment in words, e.g. `3 minutes ago`, in a language. */
function timeAgo(at: Date, now: number, language: string): string {
  let value = (at.getTime() - now) / 1_000;
  for (const [unit, size] of steps) {
    if (Math.abs(value) < size) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(value), unit);
    value /= size;
  }
  return at.toLocaleDateString(language);
}

/** A moment: in words, and exactly when pointed at. */
export function Time({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(at);
  return <time dateTime={at} title={date.toLocaleString(i18n.language)}>{timeAgo(date, Math.max(now, date.getTime()), i18n.language)}</time>;
}

/** How long something took or takes, in the language of the page: `42 s`, `3 min 5 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 950) return `${(Math.max(0, Math.round(milliseconds / 100)) / 10).toLocaleString(getI18n().language)} ${unitText("s")}`;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} ${unitText("s")}`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} ${unitText("min")} ${seconds % 60} ${unitText("s")}` : `${Math.floor(minutes / 60)} ${unitText("h")} ${minutes % 60} ${unitText("min")}`;
}

function unitText(name: "s" | "min" | "h"): string {
  return getI18n().t(`common.unit.${name}`);
}
