import type { GetBuildResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNameOf } from "../../api/names.ts";
import { bytesText } from "../../components/bytes.ts";
import { Card } from "../../components/card.tsx";
import { Time } from "../../components/time.tsx";

/** Who, why, from what, into what. */
export function BuildFacts({ build }: { readonly build: GetBuildResponse }) {
  const { t, i18n } = useTranslation();
  const nameOf = useNameOf();
  return (
    <Card title={t("builds.facts.title")}>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(16rem,1fr))] gap-x-8 gap-y-4">
        <Fact name={t("builds.facts.requestedBy")}><span title={build.requested_by}>{nameOf(build.requested_by)}</span> · <Time at={build.created_at} /></Fact>
        <Fact name={t("common.reason")}>{build.reason === "" ? "—" : build.reason}</Fact>
        <Fact name={t("builds.facts.branch")}>{build.manifest_ref}</Fact>
        <Fact name={t("builds.facts.commit")}><Code text={build.result_commit ?? build.source_commit} /></Fact>
        <Fact name={t("builds.facts.artifact")}><Code text={build.artifact_digest} />{build.artifact_bytes !== null && ` · ${bytesText(build.artifact_bytes, i18n.language)}`}</Fact>
        {build.verifies !== null && (
          <Fact name={t("builds.facts.verifies")}>
            <Link to="/builds/$id" params={{ id: build.verifies }} className="font-mono text-sm text-accent break-all hover:underline">{build.verifies}</Link>
            {build.status === "success" && ` · ${t("builds.facts.same")}`}
          </Fact>
        )}
        <Fact name={t("builds.facts.id")}><code className="font-mono text-sm break-all">{build.id}</code></Fact>
      </dl>
      {(build.requests ?? []).length > 1 && (
        <div className="mt-5 border-t border-line pt-4">
          <h3 className="mb-2 font-medium">{t("builds.facts.folded")}</h3>
          <ul className="grid gap-1 text-ink-soft">
            {(build.requests ?? []).map((request, index) => <li key={index}><span title={request.requested_by}>{nameOf(request.requested_by)}</span>{request.reason !== "" && ` · ${request.reason}`} · <Time at={request.created_at ?? build.created_at} /></li>)}
          </ul>
        </div>
      )}
    </Card>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-ink-faint">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

/** The beginning of something long; the whole when pointed at. */
function Code({ text }: { readonly text: string | null }) {
  return text === null ? <>—</> : <code className="font-mono text-sm" title={text}>{text.replace(/^sha256:/, "").slice(0, 12)}</code>;
}
