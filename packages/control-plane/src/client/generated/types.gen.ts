// Generated from Modyard's OpenAPI description by `node scripts/write-client.ts`. Do not edit.
// @ts-nocheck

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type ProblemDetails = {
    type: string;
    title: string;
    status: number;
    detail: string;
    code: string;
    hint: string;
    request_id: string;
    problems: Array<{
        code: string;
        message: string;
        hint: string;
        module?: string;
        path?: string;
        [key: string]: unknown;
    }>;
    [key: string]: unknown;
};

export type GetHealthData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/healthz';
};

export type GetHealthErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetHealthError = GetHealthErrors[keyof GetHealthErrors];

export type GetHealthResponses = {
    /**
     * Default Response
     */
    200: {
        status: 'ok';
    };
};

export type GetHealthResponse = GetHealthResponses[keyof GetHealthResponses];

export type GetReadinessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/readyz';
};

export type GetReadinessErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * Default Response
     */
    200: {
        status: 'ok';
    };
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type GetDescriptionData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/openapi.json';
};

export type GetDescriptionErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetDescriptionError = GetDescriptionErrors[keyof GetDescriptionErrors];

export type GetDescriptionResponses = {
    /**
     * Default Response
     */
    200: unknown;
};

export type PlanChangeData = {
    body: {
        manifest_ref?: string;
        install?: Array<string | {
            /**
             * A module's slug.
             */
            slug: string;
            /**
             * A version or range of versions.
             */
            version?: string;
            /**
             * One module.
             */
            spec?: unknown & unknown & {
                /**
                 * The cargo crate that holds the module.
                 */
                crate?: string;
                /**
                 * The npm package that holds the module.
                 */
                package?: string;
                /**
                 * Where the module comes from.
                 */
                source: 'npm' | 'crates-io' | 'git' | 'path';
                /**
                 * A version or range of versions.
                 */
                version?: string;
                /**
                 * Address of the git repository: https://, http://, ssh:// or git@host:path.
                 */
                git?: string;
                /**
                 * Commit, tag or branch.
                 */
                rev?: string;
                /**
                 * Directory of the module, relative to the manifest.
                 */
                path?: string;
                /**
                 * Features of the package to build with; order carries no meaning.
                 */
                features?: Array<string>;
                /**
                 * A core module: always on, cannot be uninstalled.
                 */
                required?: boolean;
                /**
                 * Slugs of modules that this one needs.
                 */
                depends_on?: Array<string>;
                /**
                 * Schema 2: how the module runs, such as `extension`.
                 */
                runtime?: string;
            };
        }>;
        uninstall?: Array<string>;
        upgrade?: Array<string | {
            /**
             * A module's slug.
             */
            slug: string;
            /**
             * A version or range of versions.
             */
            version?: string;
            /**
             * Commit, tag or branch.
             */
            rev?: string;
        }>;
        /**
         * Exactly these modules are wanted; excludes install, uninstall and upgrade.
         */
        modules?: {
            [key: string]: unknown & unknown & {
                /**
                 * The cargo crate that holds the module.
                 */
                crate?: string;
                /**
                 * The npm package that holds the module.
                 */
                package?: string;
                /**
                 * Where the module comes from.
                 */
                source: 'npm' | 'crates-io' | 'git' | 'path';
                /**
                 * A version or range of versions.
                 */
                version?: string;
                /**
                 * Address of the git repository: https://, http://, ssh:// or git@host:path.
                 */
                git?: string;
                /**
                 * Commit, tag or branch.
                 */
                rev?: string;
                /**
                 * Directory of the module, relative to the manifest.
                 */
                path?: string;
                /**
                 * Features of the package to build with; order carries no meaning.
                 */
                features?: Array<string>;
                /**
                 * A core module: always on, cannot be uninstalled.
                 */
                required?: boolean;
                /**
                 * Slugs of modules that this one needs.
                 */
                depends_on?: Array<string>;
                /**
                 * Schema 2: how the module runs, such as `extension`.
                 */
                runtime?: string;
            };
        };
        /**
         * Take along what depends on an uninstalled module.
         */
        cascade?: boolean;
    };
    path?: never;
    query?: never;
    url: '/admin/plans';
};

export type PlanChangeErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type PlanChangeError = PlanChangeErrors[keyof PlanChangeErrors];

export type PlanChangeResponses = {
    /**
     * Default Response
     */
    200: {
        schema: 1;
        plan_hash: string;
        manifest_hash_before: string;
        manifest_hash_after: string;
        may_be_built: boolean;
        delta: {
            added: Array<{
                slug: string;
                version: string;
            }>;
            removed: Array<{
                slug: string;
                version: string;
            }>;
            changed: Array<{
                slug: string;
                from: string;
                to: string;
                keys?: Array<string>;
            }>;
        };
        order: Array<string>;
        along_installed: Array<string>;
        along_uninstalled: Array<string>;
        blockers: Array<{
            code: string;
            message: string;
            hint: string;
            module?: string;
            path?: string;
            [key: string]: unknown;
        }>;
        warnings: Array<{
            code: string;
            message: string;
            hint: string;
            module?: string;
            path?: string;
            [key: string]: unknown;
        }>;
        unverified: Array<string>;
        modules: Array<{
            slug: string;
            name: string;
            version: string;
            [key: string]: unknown;
        }>;
        manifest_text: string;
    };
};

export type PlanChangeResponse = PlanChangeResponses[keyof PlanChangeResponses];

export type ListBuildsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
        status?: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
        manifest_ref?: string;
        deploy_to?: string;
    };
    url: '/admin/builds';
};

export type ListBuildsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListBuildsError = ListBuildsErrors[keyof ListBuildsErrors];

export type ListBuildsResponses = {
    /**
     * Default Response
     */
    200: {
        builds: Array<{
            id: string;
            build_id: string;
            status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
            stage: 'pending' | 'checkout' | 'build' | 'test' | 'deploy' | 'complete';
            /**
             * 0 to 100
             */
            progress: number;
            profile: string;
            manifest_ref: string;
            manifest_hash: string;
            build_key: string | null;
            source_commit: string | null;
            result_commit: string | null;
            modules_delta: {
                added: Array<{
                    slug: string;
                    version: string;
                }>;
                removed: Array<{
                    slug: string;
                    version: string;
                }>;
                changed: Array<{
                    slug: string;
                    from: string;
                    to: string;
                    keys?: Array<string>;
                }>;
            };
            requested_by: string;
            reason: string;
            deploy_to: string | null;
            release_id: string | null;
            artifact_digest: string | null;
            artifact_bytes: number | null;
            logs_url: string;
            error: {
                problems: Array<{
                    code: string;
                    message: string;
                    hint: string;
                    module?: string;
                    path?: string;
                    [key: string]: unknown;
                }>;
                step: string;
                excerpt: Array<string>;
                deterministic: boolean;
            } | null;
            attempt: number;
            holder: string | null;
            steps?: Array<{
                name: string;
                status: string;
                started_at: string | null;
                finished_at: string | null;
            }>;
            modules?: Array<{
                slug: string;
                name: string;
                version: string;
                [key: string]: unknown;
            }>;
            cancel_requested_by: string | null;
            /**
             * The build of several requests that failed and of which this one is a part.
             */
            unfolded_from: string | null;
            /**
             * Everything that was asked for and that this build answers; the first made it, the others were folded into it.
             */
            requests?: Array<{
                requested_by: string;
                reason: string;
                change: unknown;
                created_at: string | null;
            }>;
            started_at: string | null;
            finished_at: string | null;
            created_at: string;
            updated_at: string;
        }>;
        next_cursor: string | null;
    };
};

export type ListBuildsResponse = ListBuildsResponses[keyof ListBuildsResponses];

export type RequestBuildData = {
    body: {
        manifest_ref?: string;
        requested_by?: string;
        reason?: string;
        install?: Array<string | {
            /**
             * A module's slug.
             */
            slug: string;
            /**
             * A version or range of versions.
             */
            version?: string;
            /**
             * One module.
             */
            spec?: unknown & unknown & {
                /**
                 * The cargo crate that holds the module.
                 */
                crate?: string;
                /**
                 * The npm package that holds the module.
                 */
                package?: string;
                /**
                 * Where the module comes from.
                 */
                source: 'npm' | 'crates-io' | 'git' | 'path';
                /**
                 * A version or range of versions.
                 */
                version?: string;
                /**
                 * Address of the git repository: https://, http://, ssh:// or git@host:path.
                 */
                git?: string;
                /**
                 * Commit, tag or branch.
                 */
                rev?: string;
                /**
                 * Directory of the module, relative to the manifest.
                 */
                path?: string;
                /**
                 * Features of the package to build with; order carries no meaning.
                 */
                features?: Array<string>;
                /**
                 * A core module: always on, cannot be uninstalled.
                 */
                required?: boolean;
                /**
                 * Slugs of modules that this one needs.
                 */
                depends_on?: Array<string>;
                /**
                 * Schema 2: how the module runs, such as `extension`.
                 */
                runtime?: string;
            };
        }>;
        uninstall?: Array<string>;
        upgrade?: Array<string | {
            /**
             * A module's slug.
             */
            slug: string;
            /**
             * A version or range of versions.
             */
            version?: string;
            /**
             * Commit, tag or branch.
             */
            rev?: string;
        }>;
        /**
         * Exactly these modules are wanted; excludes install, uninstall and upgrade.
         */
        modules?: {
            [key: string]: unknown & unknown & {
                /**
                 * The cargo crate that holds the module.
                 */
                crate?: string;
                /**
                 * The npm package that holds the module.
                 */
                package?: string;
                /**
                 * Where the module comes from.
                 */
                source: 'npm' | 'crates-io' | 'git' | 'path';
                /**
                 * A version or range of versions.
                 */
                version?: string;
                /**
                 * Address of the git repository: https://, http://, ssh:// or git@host:path.
                 */
                git?: string;
                /**
                 * Commit, tag or branch.
                 */
                rev?: string;
                /**
                 * Directory of the module, relative to the manifest.
                 */
                path?: string;
                /**
                 * Features of the package to build with; order carries no meaning.
                 */
                features?: Array<string>;
                /**
                 * A core module: always on, cannot be uninstalled.
                 */
                required?: boolean;
                /**
                 * Slugs of modules that this one needs.
                 */
                depends_on?: Array<string>;
                /**
                 * Schema 2: how the module runs, such as `extension`.
                 */
                runtime?: string;
            };
        };
        /**
         * Take along what depends on an uninstalled module.
         */
        cascade?: boolean;
        plan_hash?: string;
        deploy_to?: string;
        force?: boolean;
    };
    path?: never;
    query?: never;
    url: '/admin/builds';
};

export type RequestBuildErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type RequestBuildError = RequestBuildErrors[keyof RequestBuildErrors];

export type RequestBuildResponses = {
    /**
     * Default Response
     */
    200: {
        build_id: string;
        status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
        outcome: 'queued' | 'folded' | 'joined' | 'done' | 'failed';
        deployment_id?: string;
        release_id?: string;
        error?: {
            problems: Array<{
                code: string;
                message: string;
                hint: string;
                module?: string;
                path?: string;
                [key: string]: unknown;
            }>;
            step: string;
            excerpt: Array<string>;
            deterministic: boolean;
        } | null;
    };
    /**
     * Default Response
     */
    202: {
        build_id: string;
        status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
        outcome: 'queued' | 'folded' | 'joined' | 'done' | 'failed';
        deployment_id?: string;
        release_id?: string;
        error?: {
            problems: Array<{
                code: string;
                message: string;
                hint: string;
                module?: string;
                path?: string;
                [key: string]: unknown;
            }>;
            step: string;
            excerpt: Array<string>;
            deterministic: boolean;
        } | null;
    };
};

export type RequestBuildResponse = RequestBuildResponses[keyof RequestBuildResponses];

export type GetBuildData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/builds/{id}';
};

export type GetBuildErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetBuildError = GetBuildErrors[keyof GetBuildErrors];

export type GetBuildResponses = {
    /**
     * Default Response
     */
    200: {
        id: string;
        build_id: string;
        status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
        stage: 'pending' | 'checkout' | 'build' | 'test' | 'deploy' | 'complete';
        /**
         * 0 to 100
         */
        progress: number;
        profile: string;
        manifest_ref: string;
        manifest_hash: string;
        build_key: string | null;
        source_commit: string | null;
        result_commit: string | null;
        modules_delta: {
            added: Array<{
                slug: string;
                version: string;
            }>;
            removed: Array<{
                slug: string;
                version: string;
            }>;
            changed: Array<{
                slug: string;
                from: string;
                to: string;
                keys?: Array<string>;
            }>;
        };
        requested_by: string;
        reason: string;
        deploy_to: string | null;
        release_id: string | null;
        artifact_digest: string | null;
        artifact_bytes: number | null;
        logs_url: string;
        error: {
            problems: Array<{
                code: string;
                message: string;
                hint: string;
                module?: string;
                path?: string;
                [key: string]: unknown;
            }>;
            step: string;
            excerpt: Array<string>;
            deterministic: boolean;
        } | null;
        attempt: number;
        holder: string | null;
        steps?: Array<{
            name: string;
            status: string;
            started_at: string | null;
            finished_at: string | null;
        }>;
        modules?: Array<{
            slug: string;
            name: string;
            version: string;
            [key: string]: unknown;
        }>;
        cancel_requested_by: string | null;
        /**
         * The build of several requests that failed and of which this one is a part.
         */
        unfolded_from: string | null;
        /**
         * Everything that was asked for and that this build answers; the first made it, the others were folded into it.
         */
        requests?: Array<{
            requested_by: string;
            reason: string;
            change: unknown;
            created_at: string | null;
        }>;
        started_at: string | null;
        finished_at: string | null;
        created_at: string;
        updated_at: string;
    };
};

export type GetBuildResponse = GetBuildResponses[keyof GetBuildResponses];

export type CancelBuildData = {
    body: {
        reason?: string;
    } | null;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/builds/{id}/cancel';
};

export type CancelBuildErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type CancelBuildError = CancelBuildErrors[keyof CancelBuildErrors];

export type CancelBuildResponses = {
    /**
     * Default Response
     */
    202: {
        id: string;
        build_id: string;
        status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
        stage: 'pending' | 'checkout' | 'build' | 'test' | 'deploy' | 'complete';
        /**
         * 0 to 100
         */
        progress: number;
        profile: string;
        manifest_ref: string;
        manifest_hash: string;
        build_key: string | null;
        source_commit: string | null;
        result_commit: string | null;
        modules_delta: {
            added: Array<{
                slug: string;
                version: string;
            }>;
            removed: Array<{
                slug: string;
                version: string;
            }>;
            changed: Array<{
                slug: string;
                from: string;
                to: string;
                keys?: Array<string>;
            }>;
        };
        requested_by: string;
        reason: string;
        deploy_to: string | null;
        release_id: string | null;
        artifact_digest: string | null;
        artifact_bytes: number | null;
        logs_url: string;
        error: {
            problems: Array<{
                code: string;
                message: string;
                hint: string;
                module?: string;
                path?: string;
                [key: string]: unknown;
            }>;
            step: string;
            excerpt: Array<string>;
            deterministic: boolean;
        } | null;
        attempt: number;
        holder: string | null;
        steps?: Array<{
            name: string;
            status: string;
            started_at: string | null;
            finished_at: string | null;
        }>;
        modules?: Array<{
            slug: string;
            name: string;
            version: string;
            [key: string]: unknown;
        }>;
        cancel_requested_by: string | null;
        /**
         * The build of several requests that failed and of which this one is a part.
         */
        unfolded_from: string | null;
        /**
         * Everything that was asked for and that this build answers; the first made it, the others were folded into it.
         */
        requests?: Array<{
            requested_by: string;
            reason: string;
            change: unknown;
            created_at: string | null;
        }>;
        started_at: string | null;
        finished_at: string | null;
        created_at: string;
        updated_at: string;
    };
};

export type CancelBuildResponse = CancelBuildResponses[keyof CancelBuildResponses];

export type ReadBuildLogData = {
    body?: never;
    path: {
        id: string;
    };
    query?: {
        after?: number;
        limit?: number;
    };
    url: '/admin/builds/{id}/logs';
};

export type ReadBuildLogErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ReadBuildLogError = ReadBuildLogErrors[keyof ReadBuildLogErrors];

export type ReadBuildLogResponses = {
    /**
     * Default Response
     */
    200: {
        lines: Array<{
            line: number;
            step: string;
            stream: string;
            at: string;
            text: string;
        }>;
        next_after: number;
        complete: boolean;
    };
};

export type ReadBuildLogResponse = ReadBuildLogResponses[keyof ReadBuildLogResponses];

export type ListLeasesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/leases';
};

export type ListLeasesErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListLeasesError = ListLeasesErrors[keyof ListLeasesErrors];

export type ListLeasesResponses = {
    /**
     * Default Response
     */
    200: {
        leases: Array<{
            /**
             * The build or deployment that is held.
             */
            subject_id: string;
            kind: 'build' | 'deployment';
            /**
             * The branch that nobody else may build on, or the environment that nobody else may deploy to.
             */
            resource: string;
            /**
             * null: nobody; the next worker takes it.
             */
            holder: string | null;
            token: number;
            step: string | null;
            attempt: number;
            taken_at: string | null;
            expires_at: string | null;
            age_seconds: number;
            /**
             * No heartbeat came in time: the next worker takes it.
             */
            expired: boolean;
        }>;
    };
};

export type ListLeasesResponse = ListLeasesResponses[keyof ListLeasesResponses];

export type TakeOverLeaseData = {
    body: {
        reason?: string;
    } | null;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/leases/{id}/take-over';
};

export type TakeOverLeaseErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type TakeOverLeaseError = TakeOverLeaseErrors[keyof TakeOverLeaseErrors];

export type TakeOverLeaseResponses = {
    /**
     * Default Response
     */
    200: {
        leases: Array<{
            /**
             * The build or deployment that is held.
             */
            subject_id: string;
            kind: 'build' | 'deployment';
            /**
             * The branch that nobody else may build on, or the environment that nobody else may deploy to.
             */
            resource: string;
            /**
             * null: nobody; the next worker takes it.
             */
            holder: string | null;
            token: number;
            step: string | null;
            attempt: number;
            taken_at: string | null;
            expires_at: string | null;
            age_seconds: number;
            /**
             * No heartbeat came in time: the next worker takes it.
             */
            expired: boolean;
        }>;
    };
};

export type TakeOverLeaseResponse = TakeOverLeaseResponses[keyof TakeOverLeaseResponses];

export type DeployBuildData = {
    body: {
        environment: string;
        reason?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/builds/{id}/deploy';
};

export type DeployBuildErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type DeployBuildError = DeployBuildErrors[keyof DeployBuildErrors];

export type DeployBuildResponses = {
    /**
     * Default Response
     */
    202: {
        deployment_id: string;
        release_id: string;
        status: string;
        environment: string;
    };
};

export type DeployBuildResponse = DeployBuildResponses[keyof DeployBuildResponses];

export type RollBackBuildData = {
    body: {
        target_release?: string;
        environment?: string;
        reason?: string;
    } | null;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/builds/{id}/rollback';
};

export type RollBackBuildErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type RollBackBuildError = RollBackBuildErrors[keyof RollBackBuildErrors];

export type RollBackBuildResponses = {
    /**
     * Default Response
     */
    202: {
        deployment_id: string;
        release_id: string;
        status: string;
        environment: string;
    };
};

export type RollBackBuildResponse = RollBackBuildResponses[keyof RollBackBuildResponses];

export type RollBackEnvironmentData = {
    body: {
        target_release?: string;
        reason?: string;
    } | null;
    path: {
        name: string;
    };
    query?: never;
    url: '/admin/environments/{name}/rollback';
};

export type RollBackEnvironmentErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type RollBackEnvironmentError = RollBackEnvironmentErrors[keyof RollBackEnvironmentErrors];

export type RollBackEnvironmentResponses = {
    /**
     * Default Response
     */
    202: {
        deployment_id: string;
        release_id: string;
        status: string;
        environment: string;
    };
};

export type RollBackEnvironmentResponse = RollBackEnvironmentResponses[keyof RollBackEnvironmentResponses];

export type GetDeploymentData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/deployments/{id}';
};

export type GetDeploymentErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetDeploymentError = GetDeploymentErrors[keyof GetDeploymentErrors];

export type GetDeploymentResponses = {
    /**
     * Default Response
     */
    200: {
        id: string;
        deployment_id: string;
        status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
        kind: 'deploy' | 'rollback' | 'auto_rollback';
        environment: string;
        release_id: string;
        build_id: string;
        from_release_id: string | null;
        steps: Array<{
            name: string;
            status: string;
            started_at: string;
            finished_at?: string;
        }>;
        requested_by: string;
        reason: string;
        error: {
            problems: Array<{
                code: string;
                message: string;
                hint: string;
                module?: string;
                path?: string;
                [key: string]: unknown;
            }>;
            step: string;
            excerpt: Array<string>;
            deterministic: boolean;
        } | null;
        started_at: string | null;
        finished_at: string | null;
        created_at: string;
        updated_at: string;
    };
};

export type GetDeploymentResponse = GetDeploymentResponses[keyof GetDeploymentResponses];

export type ListDeploymentsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
        environment?: string;
        build_id?: string;
    };
    url: '/admin/deployments';
};

export type ListDeploymentsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListDeploymentsError = ListDeploymentsErrors[keyof ListDeploymentsErrors];

export type ListDeploymentsResponses = {
    /**
     * Default Response
     */
    200: {
        deployments: Array<{
            id: string;
            deployment_id: string;
            status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
            kind: 'deploy' | 'rollback' | 'auto_rollback';
            environment: string;
            release_id: string;
            build_id: string;
            from_release_id: string | null;
            steps: Array<{
                name: string;
                status: string;
                started_at: string;
                finished_at?: string;
            }>;
            requested_by: string;
            reason: string;
            error: {
                problems: Array<{
                    code: string;
                    message: string;
                    hint: string;
                    module?: string;
                    path?: string;
                    [key: string]: unknown;
                }>;
                step: string;
                excerpt: Array<string>;
                deterministic: boolean;
            } | null;
            started_at: string | null;
            finished_at: string | null;
            created_at: string;
            updated_at: string;
        }>;
        next_cursor: string | null;
    };
};

export type ListDeploymentsResponse = ListDeploymentsResponses[keyof ListDeploymentsResponses];

export type ListReleasesData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
        environment?: string;
    };
    url: '/admin/releases';
};

export type ListReleasesErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListReleasesError = ListReleasesErrors[keyof ListReleasesErrors];

export type ListReleasesResponses = {
    /**
     * Default Response
     */
    200: {
        releases: Array<{
            id: string;
            release_id: string;
            status: 'pending' | 'deploying' | 'active' | 'superseded' | 'rolled_back' | 'failed';
            build_id: string;
            environment: string;
            container_image: string | null;
            artifact_digest: string;
            manifest_hash: string;
            source_commit: string;
            modules: Array<{
                slug: string;
                name: string;
                version: string;
                [key: string]: unknown;
            }>;
            previous_release_id: string | null;
            created_at: string;
            deployed_at: string | null;
            rolled_back_at: string | null;
            updated_at: string;
            rollback?: {
                allowed: boolean;
                reasons: Array<{
                    code: string;
                    message: string;
                    hint: string;
                    module?: string;
                    path?: string;
                    [key: string]: unknown;
                }>;
            };
        }>;
        next_cursor: string | null;
    };
};

export type ListReleasesResponse = ListReleasesResponses[keyof ListReleasesResponses];

export type GetReleaseData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/releases/{id}';
};

export type GetReleaseErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetReleaseError = GetReleaseErrors[keyof GetReleaseErrors];

export type GetReleaseResponses = {
    /**
     * Default Response
     */
    200: {
        id: string;
        release_id: string;
        status: 'pending' | 'deploying' | 'active' | 'superseded' | 'rolled_back' | 'failed';
        build_id: string;
        environment: string;
        container_image: string | null;
        artifact_digest: string;
        manifest_hash: string;
        source_commit: string;
        modules: Array<{
            slug: string;
            name: string;
            version: string;
            [key: string]: unknown;
        }>;
        previous_release_id: string | null;
        created_at: string;
        deployed_at: string | null;
        rolled_back_at: string | null;
        updated_at: string;
        rollback?: {
            allowed: boolean;
            reasons: Array<{
                code: string;
                message: string;
                hint: string;
                module?: string;
                path?: string;
                [key: string]: unknown;
            }>;
        };
    };
};

export type GetReleaseResponse = GetReleaseResponses[keyof GetReleaseResponses];

export type ListEnvironmentsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/environments';
};

export type ListEnvironmentsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListEnvironmentsError = ListEnvironmentsErrors[keyof ListEnvironmentsErrors];

export type ListEnvironmentsResponses = {
    /**
     * Default Response
     */
    200: {
        environments: Array<{
            name: string;
            target: string;
            url: string | null;
            active_release: {
                id: string;
                release_id: string;
                status: 'pending' | 'deploying' | 'active' | 'superseded' | 'rolled_back' | 'failed';
                build_id: string;
                environment: string;
                container_image: string | null;
                artifact_digest: string;
                manifest_hash: string;
                source_commit: string;
                modules: Array<{
                    slug: string;
                    name: string;
                    version: string;
                    [key: string]: unknown;
                }>;
                previous_release_id: string | null;
                created_at: string;
                deployed_at: string | null;
                rolled_back_at: string | null;
                updated_at: string;
                rollback?: {
                    allowed: boolean;
                    reasons: Array<{
                        code: string;
                        message: string;
                        hint: string;
                        module?: string;
                        path?: string;
                        [key: string]: unknown;
                    }>;
                };
            } | null;
            observed: unknown;
            deployment: {
                id: string;
                deployment_id: string;
                status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
                kind: 'deploy' | 'rollback' | 'auto_rollback';
                environment: string;
                release_id: string;
                build_id: string;
                from_release_id: string | null;
                steps: Array<{
                    name: string;
                    status: string;
                    started_at: string;
                    finished_at?: string;
                }>;
                requested_by: string;
                reason: string;
                error: {
                    problems: Array<{
                        code: string;
                        message: string;
                        hint: string;
                        module?: string;
                        path?: string;
                        [key: string]: unknown;
                    }>;
                    step: string;
                    excerpt: Array<string>;
                    deterministic: boolean;
                } | null;
                started_at: string | null;
                finished_at: string | null;
                created_at: string;
                updated_at: string;
            } | null;
        }>;
    };
};

export type ListEnvironmentsResponse = ListEnvironmentsResponses[keyof ListEnvironmentsResponses];

export type GetEnvironmentData = {
    body?: never;
    path: {
        name: string;
    };
    query?: {
        limit?: number;
        cursor?: string;
    };
    url: '/admin/environments/{name}';
};

export type GetEnvironmentErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetEnvironmentError = GetEnvironmentErrors[keyof GetEnvironmentErrors];

export type GetEnvironmentResponses = {
    /**
     * Default Response
     */
    200: {
        name: string;
        target: string;
        url: string | null;
        active_release: {
            id: string;
            release_id: string;
            status: 'pending' | 'deploying' | 'active' | 'superseded' | 'rolled_back' | 'failed';
            build_id: string;
            environment: string;
            container_image: string | null;
            artifact_digest: string;
            manifest_hash: string;
            source_commit: string;
            modules: Array<{
                slug: string;
                name: string;
                version: string;
                [key: string]: unknown;
            }>;
            previous_release_id: string | null;
            created_at: string;
            deployed_at: string | null;
            rolled_back_at: string | null;
            updated_at: string;
            rollback?: {
                allowed: boolean;
                reasons: Array<{
                    code: string;
                    message: string;
                    hint: string;
                    module?: string;
                    path?: string;
                    [key: string]: unknown;
                }>;
            };
        } | null;
        observed: unknown;
        deployment: {
            id: string;
            deployment_id: string;
            status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
            kind: 'deploy' | 'rollback' | 'auto_rollback';
            environment: string;
            release_id: string;
            build_id: string;
            from_release_id: string | null;
            steps: Array<{
                name: string;
                status: string;
                started_at: string;
                finished_at?: string;
            }>;
            requested_by: string;
            reason: string;
            error: {
                problems: Array<{
                    code: string;
                    message: string;
                    hint: string;
                    module?: string;
                    path?: string;
                    [key: string]: unknown;
                }>;
                step: string;
                excerpt: Array<string>;
                deterministic: boolean;
            } | null;
            started_at: string | null;
            finished_at: string | null;
            created_at: string;
            updated_at: string;
        } | null;
        releases: Array<{
            id: string;
            release_id: string;
            status: 'pending' | 'deploying' | 'active' | 'superseded' | 'rolled_back' | 'failed';
            build_id: string;
            environment: string;
            container_image: string | null;
            artifact_digest: string;
            manifest_hash: string;
            source_commit: string;
            modules: Array<{
                slug: string;
                name: string;
                version: string;
                [key: string]: unknown;
            }>;
            previous_release_id: string | null;
            created_at: string;
            deployed_at: string | null;
            rolled_back_at: string | null;
            updated_at: string;
            rollback?: {
                allowed: boolean;
                reasons: Array<{
                    code: string;
                    message: string;
                    hint: string;
                    module?: string;
                    path?: string;
                    [key: string]: unknown;
                }>;
            };
        }>;
        next_cursor: string | null;
    };
};

export type GetEnvironmentResponse = GetEnvironmentResponses[keyof GetEnvironmentResponses];

export type GetManifestData = {
    body?: never;
    path?: never;
    query?: {
        manifest_ref?: string;
    };
    url: '/admin/manifest';
};

export type GetManifestErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetManifestError = GetManifestErrors[keyof GetManifestErrors];

export type GetManifestResponses = {
    /**
     * Default Response
     */
    200: {
        manifest_ref: string;
        commit: string;
        manifest_hash: string;
        text: string;
        app: string;
        modules: {
            [key: string]: {
                [key: string]: unknown;
            };
        };
        default_enabled: Array<string>;
    };
};

export type GetManifestResponse = GetManifestResponses[keyof GetManifestResponses];

export type ListCatalogData = {
    body?: never;
    path?: never;
    query?: {
        manifest_ref?: string;
        limit?: number;
        /**
         * The last slug of the page before.
         */
        cursor?: string;
    };
    url: '/admin/catalog';
};

export type ListCatalogErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListCatalogError = ListCatalogErrors[keyof ListCatalogErrors];

export type ListCatalogResponses = {
    /**
     * Default Response
     */
    200: {
        entries: Array<{
            slug: string;
            name: string;
            description: string;
            tags: Array<string>;
            installed: boolean;
            spec: {
                [key: string]: unknown;
            };
        }>;
        problems: Array<{
            code: string;
            message: string;
            hint: string;
            module?: string;
            path?: string;
            [key: string]: unknown;
        }>;
        next_cursor: string | null;
    };
};

export type ListCatalogResponse = ListCatalogResponses[keyof ListCatalogResponses];

export type ListModulesData = {
    body?: never;
    path?: never;
    query?: {
        manifest_ref?: string;
    };
    url: '/admin/modules';
};

export type ListModulesErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListModulesError = ListModulesErrors[keyof ListModulesErrors];

export type ListModulesResponses = {
    /**
     * Default Response
     */
    200: {
        manifest_hash: string;
        modules: Array<{
            slug: string;
            name: string;
            version: string;
            kind: string;
            depends_on: Array<string>;
            default_enabled: boolean;
            spec: {
                [key: string]: unknown;
            };
        }>;
        blockers: Array<{
            code: string;
            message: string;
            hint: string;
            module?: string;
            path?: string;
            [key: string]: unknown;
        }>;
        warnings: Array<{
            code: string;
            message: string;
            hint: string;
            module?: string;
            path?: string;
            [key: string]: unknown;
        }>;
    };
};

export type ListModulesResponse = ListModulesResponses[keyof ListModulesResponses];

export type ListEventsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: number;
        subject?: string;
        /**
         * Of pages only.
         */
        actor?: string;
        /**
         * `subject.verb`; of pages only.
         */
        action?: string;
        /**
         * For the stream: the last event that the client has; `Last-Event-ID` wins.
         */
        after?: number;
    };
    url: '/admin/events';
};

export type ListEventsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListEventsError = ListEventsErrors[keyof ListEventsErrors];

export type ListEventsResponses = {
    /**
     * Default Response
     */
    200: {
        events: Array<{
            id: number;
            at: string;
            actor: string;
            action: string;
            subject_type: string;
            subject_id: string;
            reason: string;
            details: unknown;
        }>;
        next_cursor: string | null;
    };
};

export type ListEventsResponse = ListEventsResponses[keyof ListEventsResponses];

export type PreviewRetentionData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/retention';
};

export type PreviewRetentionErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type PreviewRetentionError = PreviewRetentionErrors[keyof PreviewRetentionErrors];

export type PreviewRetentionResponses = {
    /**
     * Default Response
     */
    200: {
        dry_run: boolean;
        budget: {
            days: number;
            bytes: number;
            /**
             * Of each environment
             */
            releases: number;
        };
        /**
         * On the data directory's file system.
         */
        free_bytes: number;
        /**
         * Below so many free bytes no build begins.
         */
        needed_bytes: number;
        usage: Array<{
            kind: 'leftover' | 'artifact' | 'unpacked' | 'build_cache' | 'download_cache' | 'application_log' | 'build_log' | 'idempotency_keys' | 'server_log';
            count: number;
            bytes: number;
            /**
             * What nothing may remove now: what environments may go back to, what runs, what is under way.
             */
            protected_bytes: number;
        }>;
        /**
         * What would go, or what went.
         */
        removals: Array<{
            kind: 'leftover' | 'artifact' | 'unpacked' | 'build_cache' | 'download_cache' | 'application_log' | 'build_log' | 'idempotency_keys' | 'server_log';
            name: string;
            bytes: number;
            why: string;
        }>;
        total_bytes: number;
    };
};

export type PreviewRetentionResponse = PreviewRetentionResponses[keyof PreviewRetentionResponses];

export type RunRetentionData = {
    body: {
        dry_run?: boolean;
        reason?: string;
    } | null;
    path?: never;
    query?: never;
    url: '/admin/retention';
};

export type RunRetentionErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type RunRetentionError = RunRetentionErrors[keyof RunRetentionErrors];

export type RunRetentionResponses = {
    /**
     * Default Response
     */
    200: {
        dry_run: boolean;
        budget: {
            days: number;
            bytes: number;
            /**
             * Of each environment
             */
            releases: number;
        };
        /**
         * On the data directory's file system.
         */
        free_bytes: number;
        /**
         * Below so many free bytes no build begins.
         */
        needed_bytes: number;
        usage: Array<{
            kind: 'leftover' | 'artifact' | 'unpacked' | 'build_cache' | 'download_cache' | 'application_log' | 'build_log' | 'idempotency_keys' | 'server_log';
            count: number;
            bytes: number;
            /**
             * What nothing may remove now: what environments may go back to, what runs, what is under way.
             */
            protected_bytes: number;
        }>;
        /**
         * What would go, or what went.
         */
        removals: Array<{
            kind: 'leftover' | 'artifact' | 'unpacked' | 'build_cache' | 'download_cache' | 'application_log' | 'build_log' | 'idempotency_keys' | 'server_log';
            name: string;
            bytes: number;
            why: string;
        }>;
        total_bytes: number;
    };
};

export type RunRetentionResponse = RunRetentionResponses[keyof RunRetentionResponses];
