import { useTranslation } from "react-i18next";
import { Table } from "../../components/table.tsx";

interface Module {
  readonly slug: string;
  readonly name: string;
  readonly version: string;
}

/** The modules of what runs. */
export function ModulesTable({ modules }: { readonly environment: string; readonly modules: readonly Module[] }) {
  const { t } = useTranslation();
  return (
    <Table caption={t("environments.modules")} head={[t("environments.module"), t("environments.slug"), t("environments.version")]}>
      {modules.map(({ slug, name, version }) => (
        <tr key={slug}>
          <td className="font-medium">{name}</td>
          <td className="font-mono text-sm text-ink-soft">{slug}</td>
          <td className="font-mono text-sm">{version}</td>
        </tr>
      ))}
    </Table>
  );
}
