import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ErrorPanel, ProblemNote } from "../../components/problem.tsx";

/** Has the journal's chain recomputed, and tells whether everything in it is as it was written. */
export function VerifyChain() {
  const { t, i18n } = useTranslation();
  const verify = useMutation({ mutationFn: () => server.verifyJournal() });
  const count = (number: number): string => number.toLocaleString(i18n.language);
  return (
    <>
      <Button icon={<ShieldCheck aria-hidden className="size-4" />} busy={verify.isPending} onClick={() => verify.mutate()}>{t("journal.verify")}</Button>
      {(verify.isSuccess || verify.isError) && (
        <Dialog title={t("journal.verify")} onClose={() => verify.reset()} footer={<Button kind="primary" onClick={() => verify.reset()}>{t("common.close")}</Button>}>
          <div className="grid gap-4">
            {verify.isError && <ErrorPanel error={verify.error} />}
            {verify.data?.fits === true && (
              <p className="flex gap-3 rounded-lg bg-good-soft px-4 py-3"><ShieldCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-good" />{t("journal.fits", { count: verify.data.checked, number: count(verify.data.checked) })}</p>
            )}
            {verify.data?.fits === false && <p className="font-medium text-bad">{t("journal.broken", { count: verify.data.checked, number: count(verify.data.checked) })}</p>}
            {verify.data?.problems.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
            {verify.data !== undefined && (
              <div className="text-sm text-ink-soft">
                <p>{t("journal.head")}</p>
                <code className="mt-1.5 block rounded-lg bg-sunken px-3 py-2 font-mono text-xs break-all" tabIndex={0}>{verify.data.head.position}:{verify.data.head.hash}</code>
              </div>
            )}
          </div>
        </Dialog>
      )}
    </>
  );
}
