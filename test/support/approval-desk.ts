import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LightMyRequestResponse } from "fastify";
import { noChange } from "../../packages/control-plane/src/composition/change.ts";
import { setGrants } from "../../packages/control-plane/src/access/grants.ts";
import type { Principal } from "../../packages/control-plane/src/access/principal.ts";
import type { Role } from "../../packages/control-plane/src/access/roles.ts";
import { makeToken } from "../../packages/control-plane/src/access/tokens/make.ts";
import { deploymentDetailView, deploymentRequestedView, deploymentView, type DeploymentView } from "../../packages/control-plane/src/api/views/release.ts";
import { findBuild, type Build } from "../../packages/control-plane/src/build/store.ts";
import { newUuid, toPublicId } from "../../packages/control-plane/src/database/identifiers.ts";
import { openTestApi, type TestApi } from "./api.ts";
import { emptyComposition } from "./database.ts";
import type { DatabaseKind } from "./databases.ts";
import { hostGit } from "./host-git.ts";

export const digestOf = (letter: string): string => letter.repeat(64);

/** Who asks in a test. */
export interface Hand {
  readonly principal: Principal;
  readonly token: string;
}

type Method = "GET" | "POST" | "PUT";

/** The API on a real database and host, with several people at it. No worker runs: what is queued stays queued. */
export class ApprovalDesk {
  readonly api: TestApi;
  readonly admin: Hand;

  private constructor(api: TestApi, admin: Hand) {
    this.api = api;
    this.admin = admin;
  }

  static async open(kind?: DatabaseKind, settings: Readonly<Record<string, string>> = {}): Promise<ApprovalDesk> {
    const api = await openTestApi(kind, settings);
    const { id } = await api.plane.handle.db.selectFrom("tokens").select("id").executeTakeFirstOrThrow();
    return new ApprovalDesk(api, { token: api.token, principal: { kind: "token", id, name: "admin", grants: [{ environment: null, role: "owner" }] } });
  }

  /** Nothing is left of the test before but who there is. */
  async clear(): Promise<void> {
    await this.api.plane.handle.pool.query("truncate builds, releases, deployments, environment_settings, artifact_removals cascade");
    const artifacts = join(this.api.plane.dataDirectory, "artifacts");
    rmSync(artifacts, { recursive: true, force: true });
    mkdirSync(artifacts);
  }

  /** A person, signed in nowhere. */
  async person(name: string, role: Role): Promise<Principal> {
    const id = newUuid();
    await this.api.plane.handle.db.insertInto("people").values({ id, name, email: `${id}@example.org`, invitedBy: null, image: null }).execute();
    const grants = [{ environment: null, role }];
    await setGrants(this.api.plane.handle.db, "person", id, grants);
    return { kind: "person", id, name, grants };
  }

  /** A token that `maker` makes. */
  async token(name: string, role: Role, maker: Principal = this.admin.principal): Promise<Hand> {
    const grants = [{ environment: null, role }];
    const { text, token } = await this.api.plane.handle.db.transaction().execute((trx) => makeToken(trx, maker, { name: `${name} ${newUuid()}`, grants }));
    return { token: text, principal: { kind: "token", id: token.id, name: token.name, grants, ...(token.personId !== null && { personId: token.personId }) } };
  }

  ask({ token }: Hand, method: Method, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<LightMyRequestResponse> {
    return this.api.ask(method, `/admin${path}`, body, { ...headers, authorization: `Bearer ${token}` });
  }

  async protect(approvalRequired = true): Promise<void> {
    const answer = await this.ask(this.admin, "PUT", "/environments/prod/settings", { approval_required: approvalRequired });
    if (answer.statusCode !== 200) throw new Error(answer.body);
  }

  /** A build that succeeded, its artifact in the store. */
  async build(values: Readonly<Record<string, unknown>> = {}): Promise<Build> {
    const [id, digest] = [newUuid(), digestOf("a")];
    const commit = await hostGit(this.api.plane.config.host, "rev-parse", "main");
    const row = { id, status: "success", stage: "complete", profile: "monolith", manifestRef: "main", manifestHash: id, change: JSON.stringify(noChange), modulesDelta: JSON.stringify({ added: [], removed: [], changed: [] }), requestedBy: "ada", reason: "", artifactDigest: digest, resultCommit: commit, composition: JSON.stringify(emptyComposition), ...values };
    await this.api.plane.handle.db.insertInto("builds").values(row).execute();
    this.artifact(row.artifactDigest);
    return (await findBuild(this.api.plane.handle.db, id)) as Build;
  }

  artifact(digest: string): string {
    const file = join(this.api.plane.dataDirectory, "artifacts", `${digest}.tar.zst`);
    mkdirSync(join(this.api.plane.dataDirectory, "artifacts"), { recursive: true });
    writeFileSync(file, "x");
    return file;
  }

  /** Asks for a deployment; its public identifier. */
  async deploy(hand: Hand, build?: Build): Promise<{ readonly id: string; readonly release: string; readonly status: string }> {
    const { id } = build ?? (await this.build());
    const answer = await this.ask(hand, "POST", `/builds/${toPublicId("bld", id)}/deploy`, { environment: "prod", reason: "for a test" });
    if (answer.statusCode !== 202) throw new Error(answer.body);
    const { deployment_id: deployment, release_id: release, status } = deploymentRequestedView.parse(answer.json());
    return { id: deployment, release, status };
  }

  async deployment(id: string): Promise<DeploymentView & { readonly stale: string | null }> {
    return deploymentDetailView.parse((await this.ask(this.admin, "GET", `/deployments/${id}`)).json());
  }

  async decide(hand: Hand, decision: "approve" | "reject" | "withdraw", id: string, body?: unknown): Promise<{ readonly status: number; readonly code?: string; readonly deployment?: DeploymentView; readonly text: string }> {
    const answer = await this.ask(hand, "POST", `/deployments/${id}/${decision}`, body ?? (decision === "reject" ? { reason: "not today" } : {}));
    const { statusCode: status, body: text } = answer;
    return status === 200 ? { status, text, deployment: deploymentView.parse(answer.json()) } : { status, text, code: (answer.json() as { readonly code: string }).code };
  }

  /** As a worker would after a switch: the release of the deployment has the traffic. */
  async activate(release: string): Promise<void> {
    const { db } = this.api.plane.handle;
    await db.updateTable("deployments").set({ status: "success" }).where("releaseId", "=", release).execute();
    await db.updateTable("releases").set({ status: "superseded" }).where("status", "=", "active").execute();
    await db.updateTable("releases").set({ status: "active", deployedAt: new Date() }).where("id", "=", release).execute();
  }

  close(): Promise<void> {
    return this.api.close();
  }
}
