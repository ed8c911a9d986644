// Generated from Modyard's OpenAPI description by `node scripts/write-client.ts`. Do not edit.
// @ts-nocheck

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type ModulesDelta = {
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

export type Problem = {
    code: string;
    message: string;
    hint: string;
    module?: string;
    path?: string;
    [key: string]: unknown;
};

export type Failure = {
    problems: Array<Problem>;
    step: string;
    excerpt: Array<string>;
    deterministic: boolean;
};

export type ProblemDetails = {
    type: string;
    title: string;
    status: number;
    detail: string;
    code: string;
    hint: string;
    request_id: string;
    problems: Array<Problem>;
    [key: string]: unknown;
};

export type Change = {
    install: Array<{
        slug: string;
        version?: string;
        /**
         * One module.
         */
        spec?: {
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
    uninstall: Array<string>;
    upgrade: Array<{
        slug: string;
        version?: string;
        rev?: string;
    }>;
    /**
     * Exactly these modules were wanted.
     */
    modules?: {
        [key: string]: {
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
    cascade: boolean;
};

export type Release = {
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
        reasons: Array<Problem>;
    };
};

export type Deployment = {
    id: string;
    deployment_id: string;
    /**
     * `waiting_approval`: a second person has to approve it.
     */
    status: 'waiting_approval' | 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
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
    error: Failure | null;
    /**
     * null: it never had to be approved.
     */
    approval: {
        /**
         * None of them may approve it.
         */
        asked_by: Array<string>;
        /**
         * null: it still waits.
         */
        outcome: 'approved' | 'rejected' | 'withdrawn' | 'expired' | null;
        decided_by: string | null;
        decided_at: string | null;
        reason: string;
        /**
         * What became of the change in the host's branch when it was not approved; null: nothing had landed for it.
         */
        branch: 'pending' | 'taken_back' | 'kept' | null;
    } | null;
    started_at: string | null;
    finished_at: string | null;
    created_at: string;
    updated_at: string;
};

export type DeploymentDetails = {
    id: string;
    deployment_id: string;
    /**
     * `waiting_approval`: a second person has to approve it.
     */
    status: 'waiting_approval' | 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
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
    error: Failure | null;
    /**
     * null: it never had to be approved.
     */
    approval: {
        /**
         * None of them may approve it.
         */
        asked_by: Array<string>;
        /**
         * null: it still waits.
         */
        outcome: 'approved' | 'rejected' | 'withdrawn' | 'expired' | null;
        decided_by: string | null;
        decided_at: string | null;
        reason: string;
        /**
         * What became of the change in the host's branch when it was not approved; null: nothing had landed for it.
         */
        branch: 'pending' | 'taken_back' | 'kept' | null;
    } | null;
    started_at: string | null;
    finished_at: string | null;
    created_at: string;
    updated_at: string;
    /**
     * While it waits: what it changes against what the environment has now.
     */
    brings: ModulesDelta | null;
    /**
     * While it waits: why it no longer does what was meant when it was asked for.
     */
    stale: string | null;
};

export type DeploymentRequested = {
    deployment_id: string;
    release_id: string;
    status: 'waiting_approval' | 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
    environment: string;
};

export type Build = {
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
    modules_delta: ModulesDelta;
    requested_by: string;
    reason: string;
    deploy_to: string | null;
    release_id: string | null;
    artifact_digest: string | null;
    artifact_bytes: number | null;
    logs_url: string;
    error: Failure | null;
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
     * The build that this one makes again, to compare the artifacts: it publishes and lands nothing.
     */
    verifies: string | null;
    /**
     * How long the last builds took from their start to their end, as a median; null before there are any.
     */
    expected_seconds?: number | null;
    /**
     * Everything that was asked for and that this build answers; the first made it, the others were folded into it.
     */
    requests?: Array<{
        requested_by: string;
        reason: string;
        change: unknown;
        created_at: string | null;
    }>;
    /**
     * What can be asked for after a build that failed or was cancelled; null for others, and for a build of several requests that failed: each of them is built by itself then.
     */
    next?: {
        /**
         * The same change once more. Where it would fail the same way again, only `force` builds it.
         */
        again: Change;
        /**
         * The change without the modules that the problems name and those that need them; null where nobody is to blame or nothing is left.
         */
        rest: {
            without: Array<string>;
            change: Change;
        } | null;
    } | null;
    started_at: string | null;
    finished_at: string | null;
    created_at: string;
    updated_at: string;
};

export type BuildRequested = {
    build_id: string;
    status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
    outcome: 'queued' | 'folded' | 'joined' | 'done' | 'failed';
    deployment_id?: string;
    /**
     * `waiting_approval`: a second person has to approve it before it runs.
     */
    deployment_status?: 'waiting_approval' | 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
    release_id?: string;
    error?: Failure | null;
};

export type Manifest = {
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

export type CatalogEntry = {
    slug: string;
    name: string;
    description: string;
    tags: Array<string>;
    installed: boolean;
    spec: {
        [key: string]: unknown;
    };
};

export type RegisteredModule = {
    slug: string;
    name: string;
    version: string;
    kind: string;
    depends_on: Array<string>;
    default_enabled: boolean;
    spec: {
        [key: string]: unknown;
    };
};

export type EnvironmentHealth = {
    release_id: string | null;
    /**
     * `silent`: the application does not say; `empty`: nothing is deployed.
     */
    status: 'ok' | 'unwell' | 'silent' | 'empty';
    /**
     * As the application reports them.
     */
    modules: Array<{
        slug: string;
        version: string;
        status: 'ok' | 'unwell';
        message: string | null;
    }>;
    /**
     * Every difference between what was built and what the application reports.
     */
    problems: Array<Problem>;
};

export type EnvironmentSettings = {
    environment: string;
    /**
     * Whether a second person has to approve every deployment; rollbacks never wait.
     */
    approval_required: boolean;
    /**
     * How long a deployment waits before it expires.
     */
    approval_days: number;
    /**
     * null: nobody ever changed them.
     */
    changed_by: string | null;
    changed_at: string | null;
};

export type Environment = {
    name: string;
    target: string;
    url: string | null;
    active_release: Release | null;
    observed: unknown;
    deployment: Deployment | null;
    /**
     * A second person has to approve every deployment; rollbacks never wait.
     */
    protected: boolean;
    /**
     * What waits for approval, in the order in which it was asked for.
     */
    waiting: Array<Deployment>;
};

export type EnvironmentDetails = {
    name: string;
    target: string;
    url: string | null;
    active_release: Release | null;
    observed: unknown;
    deployment: Deployment | null;
    /**
     * A second person has to approve every deployment; rollbacks never wait.
     */
    protected: boolean;
    /**
     * What waits for approval, in the order in which it was asked for.
     */
    waiting: Array<Deployment>;
    releases: Array<Release>;
    next_cursor: string | null;
};

export type JournalEvent = {
    id: number;
    /**
     * Its public type of event, e.g. `BuildCompleted`.
     */
    type: string;
    at: string;
    actor: string;
    action: string;
    subject_type: string;
    subject_id: string;
    reason: string;
    details: unknown;
};

export type JournalEntry = {
    id: number;
    /**
     * Its public type of event, e.g. `BuildCompleted`.
     */
    type: string;
    at: string;
    actor: string;
    action: string;
    subject_type: string;
    subject_id: string;
    reason: string;
    details: unknown;
    /**
     * Where it came from. Null for what Modyard did by itself, for entries of older versions, and for who may not see people.
     */
    origin: {
        /**
         * The HTTP request, as its answer names it; of a worker's acts the one that caused them.
         */
        request_id: string | null;
        address: string | null;
        /**
         * Who really acted, whatever name the request gave.
         */
        principal: {
            kind: string;
            id: string;
            name: string;
        } | null;
        /**
         * Operation and input, without secrets.
         */
        asked: unknown;
    } | null;
};

export type JournalVerification = {
    /**
     * The chain's end; null before the first entry.
     */
    head: {
        position: number;
        /**
         * SHA-256 in hexadecimal digits.
         */
        hash: string;
    } | null;
    /**
     * What this server wrote down of the chain in its data directory, the newest last; the last thousand.
     */
    anchors: Array<{
        position: number;
        /**
         * SHA-256 in hexadecimal digits.
         */
        hash: string;
        at: string;
    }>;
    /**
     * Numbers of entries that are in no chain; the first hundred.
     */
    unchained: Array<number>;
};

export type Lease = {
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
};

export type LogLine = {
    line: number;
    step: string;
    stream: string;
    at: string;
    text: string;
};

export type Grant = {
    /**
     * Null: everywhere that no other grant names.
     */
    environment: string | null;
    role: 'viewer' | 'operator' | 'administrator' | 'owner';
};

export type Me = {
    kind: 'person' | 'token';
    id: string;
    /**
     * As the journal tells it: a person's e-mail address, a token's name.
     */
    name: string;
    /**
     * The person behind who asks; null for a token that is nobody's.
     */
    person_id: string | null;
    /**
     * What that person is called.
     */
    person_name: string | null;
    /**
     * What who asks has.
     */
    grants: Array<Grant>;
    /**
     * What concerns the installation as a whole.
     */
    permissions: Array<'read' | 'self.manage' | 'build.request' | 'build.cancel' | 'deployment.request' | 'deployment.rollback' | 'deployment.approve' | 'lease.take_over' | 'retention.run' | 'people.read' | 'people.manage' | 'tokens.manage' | 'settings.read' | 'settings.manage'>;
    /**
     * What may be done in each environment.
     */
    environments: Array<{
        name: string;
        permissions: Array<'read' | 'self.manage' | 'build.request' | 'build.cancel' | 'deployment.request' | 'deployment.rollback' | 'deployment.approve' | 'lease.take_over' | 'retention.run' | 'people.read' | 'people.manage' | 'tokens.manage' | 'settings.read' | 'settings.manage'>;
    }>;
};

export type Person = {
    id: string;
    name: string;
    email: string;
    status: 'invited' | 'active' | 'disabled';
    grants: Array<Grant>;
    invited_by: string | null;
    /**
     * When the person came in first.
     */
    joined_at: string | null;
    disabled_at: string | null;
    created_at: string;
};

export type PersonLink = {
    person: Person;
    /**
     * By which the person sets a password, once. It is shown once: null where an answer is repeated.
     */
    link: string | null;
    expires_at: string;
};

export type Session = {
    id: string;
    current: boolean;
    address: string | null;
    agent: string | null;
    created_at: string;
    renewed_at: string;
    expires_at: string;
};

export type ModuleDetails = {
    slug: string;
    name: string;
    description: string;
    kind: 'core' | 'optional';
    tags: Array<string>;
    installed: boolean;
    installed_version: string | null;
    /**
     * What would be installed; for an installed module what it says of itself.
     */
    version: string | null;
    /**
     * What its registry offers, the newest first; empty where there is none.
     */
    versions: Array<string>;
    spec: {
        [key: string]: unknown;
    };
    dependencies: {
        [key: string]: string;
    };
    conflicts: {
        [key: string]: string;
    };
    /**
     * The range of host versions that it works with.
     */
    compat_server: string | null;
    /**
     * Whether this host is in that range; null: it does not say, or the host's version is not known.
     */
    compatible: boolean | null;
    /**
     * Modules of the manifest that it cannot live with.
     */
    conflicts_with: Array<string>;
    /**
     * False: its package has no descriptor, so nothing says that it is a module.
     */
    described: boolean;
    settings: Array<{
        key: string;
        type: string;
        description?: string;
        required: boolean;
        [key: string]: unknown;
    }>;
    migration_policy: 'expand' | 'contract' | 'irreversible' | null;
    licence: string | null;
    homepage: string | null;
    /**
     * Markdown of the module's author.
     */
    readme: string | null;
    /**
     * Why the module itself could not be read; then this is the catalog's word only.
     */
    problem: Problem | null;
};

export type FoundModule = {
    slug: string;
    name: string;
    description: string;
    kind: 'core' | 'optional';
    tags: Array<string>;
    installed: boolean;
    installed_version: string | null;
    /**
     * What would be installed; for an installed module what it says of itself.
     */
    version: string | null;
    /**
     * What its registry offers, the newest first; empty where there is none.
     */
    versions: Array<string>;
    spec: {
        [key: string]: unknown;
    };
    dependencies: {
        [key: string]: string;
    };
    conflicts: {
        [key: string]: string;
    };
    /**
     * The range of host versions that it works with.
     */
    compat_server: string | null;
    /**
     * Whether this host is in that range; null: it does not say, or the host's version is not known.
     */
    compatible: boolean | null;
    /**
     * Modules of the manifest that it cannot live with.
     */
    conflicts_with: Array<string>;
    /**
     * False: its package has no descriptor, so nothing says that it is a module.
     */
    described: boolean;
    settings: Array<{
        key: string;
        type: string;
        description?: string;
        required: boolean;
        [key: string]: unknown;
    }>;
    migration_policy: 'expand' | 'contract' | 'irreversible' | null;
    licence: string | null;
    homepage: string | null;
    /**
     * Markdown of the module's author.
     */
    readme: string | null;
    /**
     * Why the module itself could not be read; then this is the catalog's word only.
     */
    problem: Problem | null;
    /**
     * What a request to install it says; null where too little of it is known.
     */
    install: {
        slug: string;
        /**
         * One module.
         */
        spec: {
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
    } | null;
};

export type Plan = {
    schema: 1;
    plan_hash: string;
    manifest_hash_before: string;
    manifest_hash_after: string;
    may_be_built: boolean;
    delta: ModulesDelta;
    order: Array<string>;
    along_installed: Array<string>;
    along_uninstalled: Array<string>;
    blockers: Array<Problem>;
    warnings: Array<Problem>;
    unverified: Array<string>;
    modules: Array<{
        slug: string;
        name: string;
        version: string;
        [key: string]: unknown;
    }>;
    manifest_text: string;
    /**
     * How long the last builds took, as a median; null before there are any.
     */
    expected_seconds: number | null;
};

export type RetentionReport = {
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
        kind: 'leftover' | 'artifact' | 'damaged_artifact' | 'unpacked' | 'build_cache' | 'download_cache' | 'application_log' | 'build_log' | 'idempotency_keys' | 'server_log';
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
        kind: 'leftover' | 'artifact' | 'damaged_artifact' | 'unpacked' | 'build_cache' | 'download_cache' | 'application_log' | 'build_log' | 'idempotency_keys' | 'server_log';
        name: string;
        bytes: number;
        why: string;
    }>;
    total_bytes: number;
};

export type Token = {
    id: string;
    name: string;
    /**
     * Its first and last characters; null for one of an older version.
     */
    preview: string | null;
    /**
     * Suspended: the person whose it is is disabled.
     */
    state: 'active' | 'expired' | 'revoked' | 'suspended';
    /**
     * What it was given.
     */
    grants: Array<Grant>;
    /**
     * What it has: never more than whoever made it has by now.
     */
    effective_grants: Array<Grant>;
    /**
     * Whose it is; null: nobody's.
     */
    person_id: string | null;
    created_by: string;
    /**
     * The token with which it was made: it ends with that.
     */
    made_with: string | null;
    created_at: string;
    /**
     * To about a minute.
     */
    last_used_at: string | null;
    expires_at: string | null;
    revoked_at: string | null;
};

export type MadeToken = {
    id: string;
    name: string;
    /**
     * Its first and last characters; null for one of an older version.
     */
    preview: string | null;
    /**
     * Suspended: the person whose it is is disabled.
     */
    state: 'active' | 'expired' | 'revoked' | 'suspended';
    /**
     * What it was given.
     */
    grants: Array<Grant>;
    /**
     * What it has: never more than whoever made it has by now.
     */
    effective_grants: Array<Grant>;
    /**
     * Whose it is; null: nobody's.
     */
    person_id: string | null;
    created_by: string;
    /**
     * The token with which it was made: it ends with that.
     */
    made_with: string | null;
    created_at: string;
    /**
     * To about a minute.
     */
    last_used_at: string | null;
    expires_at: string | null;
    revoked_at: string | null;
    /**
     * Told this once. Null when a lost answer is asked for again: then revoke it and make another.
     */
    token: string | null;
};

export type Webhook = {
    id: string;
    url: string;
    description: string;
    /**
     * Types of event that are sent; where empty all but those about people and tokens.
     */
    types: Array<string>;
    /**
     * Only events about these environments; all events where empty.
     */
    environments: Array<string>;
    enabled: boolean;
    disabled_reason: string | null;
    /**
     * Since when nothing but failures came back.
     */
    failing_since: string | null;
    /**
     * Its receiver asked to be left alone until then.
     */
    paused_until: string | null;
    /**
     * Until then deliveries carry the former secret's signature, too.
     */
    former_secret_until: string | null;
    deliveries: {
        pending: number;
        delivered: number;
        dead: number;
    };
    created_by: string;
    created_at: string;
    updated_at: string;
};

export type WebhookWithSecret = {
    id: string;
    url: string;
    description: string;
    /**
     * Types of event that are sent; where empty all but those about people and tokens.
     */
    types: Array<string>;
    /**
     * Only events about these environments; all events where empty.
     */
    environments: Array<string>;
    enabled: boolean;
    disabled_reason: string | null;
    /**
     * Since when nothing but failures came back.
     */
    failing_since: string | null;
    /**
     * Its receiver asked to be left alone until then.
     */
    paused_until: string | null;
    /**
     * Until then deliveries carry the former secret's signature, too.
     */
    former_secret_until: string | null;
    deliveries: {
        pending: number;
        delivered: number;
        dead: number;
    };
    created_by: string;
    created_at: string;
    updated_at: string;
    /**
     * `whsec_…`; shown this once.
     */
    secret: string | null;
};

export type WebhookDelivery = {
    /**
     * The header `webhook-id`, the same in every attempt.
     */
    id: string;
    webhook_id: string;
    /**
     * The event's number in the journal.
     */
    event_id: number;
    type: string;
    status: 'pending' | 'delivered' | 'dead';
    attempts: number;
    /**
     * When the next attempt is due.
     */
    next_at: string | null;
    created_at: string;
    finished_at: string | null;
    /**
     * Every attempt, the oldest first; also of before it was sent again.
     */
    history: Array<{
        at: string;
        duration_ms: number;
        response_status: number | null;
        /**
         * The beginning of the answer's body.
         */
        response: string | null;
        error: string | null;
    }>;
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

export type GetSignInStateData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/auth/session';
};

export type GetSignInStateErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetSignInStateError = GetSignInStateErrors[keyof GetSignInStateErrors];

export type GetSignInStateResponses = {
    /**
     * Default Response
     */
    200: {
        /**
         * False: nobody is owner yet; the server prints a link for the first one when it starts.
         */
        set_up: boolean;
        /**
         * Who is signed in.
         */
        person: Person | null;
        session_id: string | null;
        single_sign_on: {
            name: string;
        } | null;
    };
};

export type GetSignInStateResponse = GetSignInStateResponses[keyof GetSignInStateResponses];

export type SignInData = {
    body: {
        email: string;
        password: string;
    };
    path?: never;
    query?: never;
    url: '/auth/sign-in';
};

export type SignInErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type SignInError = SignInErrors[keyof SignInErrors];

export type SignInResponses = {
    /**
     * Default Response
     */
    200: {
        signed_in: boolean;
    };
};

export type SignInResponse = SignInResponses[keyof SignInResponses];

export type SignOutData = {
    body: {
        [key: string]: never;
    } | null;
    path?: never;
    query?: never;
    url: '/auth/sign-out';
};

export type SignOutErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type SignOutError = SignOutErrors[keyof SignOutErrors];

export type SignOutResponses = {
    /**
     * Default Response
     */
    200: {
        signed_in: boolean;
    };
};

export type SignOutResponse = SignOutResponses[keyof SignOutResponses];

export type SetUpData = {
    body: {
        token: string;
        email: string;
        name: string;
        password: string;
    };
    path?: never;
    query?: never;
    url: '/auth/setup';
};

export type SetUpErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type SetUpError = SetUpErrors[keyof SetUpErrors];

export type SetUpResponses = {
    /**
     * Default Response
     */
    200: {
        signed_in: boolean;
    };
};

export type SetUpResponse = SetUpResponses[keyof SetUpResponses];

export type ReadLinkData = {
    body: {
        token: string;
    };
    path?: never;
    query?: never;
    url: '/auth/link';
};

export type ReadLinkErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ReadLinkError = ReadLinkErrors[keyof ReadLinkErrors];

export type ReadLinkResponses = {
    /**
     * Default Response
     */
    200: {
        kind: 'setup' | 'invitation' | 'reset';
        email: string | null;
        name: string | null;
        expires_at: string;
    };
};

export type ReadLinkResponse = ReadLinkResponses[keyof ReadLinkResponses];

export type SetPasswordData = {
    body: {
        token: string;
        password: string;
    };
    path?: never;
    query?: never;
    url: '/auth/password';
};

export type SetPasswordErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type SetPasswordError = SetPasswordErrors[keyof SetPasswordErrors];

export type SetPasswordResponses = {
    /**
     * Default Response
     */
    200: {
        signed_in: boolean;
    };
};

export type SetPasswordResponse = SetPasswordResponses[keyof SetPasswordResponses];

export type StartSingleSignOnData = {
    body: {
        [key: string]: never;
    } | null;
    path?: never;
    query?: never;
    url: '/auth/single-sign-on';
};

export type StartSingleSignOnErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type StartSingleSignOnError = StartSingleSignOnErrors[keyof StartSingleSignOnErrors];

export type StartSingleSignOnResponses = {
    /**
     * Default Response
     */
    200: {
        url: string;
    };
};

export type StartSingleSignOnResponse = StartSingleSignOnResponses[keyof StartSingleSignOnResponses];

export type FinishSingleSignOnData = {
    body?: never;
    path?: never;
    query?: {
        code?: string;
        state?: string;
        error?: string;
    };
    url: '/auth/callback/oidc';
};

export type FinishSingleSignOnErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type FinishSingleSignOnError = FinishSingleSignOnErrors[keyof FinishSingleSignOnErrors];

export type FinishSingleSignOnResponses = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type FinishSingleSignOnResponse = FinishSingleSignOnResponses[keyof FinishSingleSignOnResponses];

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
            spec?: {
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
            [key: string]: {
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
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
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
    200: Plan;
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
        builds: Array<Build>;
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
            spec?: {
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
            [key: string]: {
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
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
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
    200: BuildRequested;
    /**
     * Default Response
     */
    202: BuildRequested;
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
    200: Build;
};

export type GetBuildResponse = GetBuildResponses[keyof GetBuildResponses];

export type VerifyBuildData = {
    body: {
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/builds/{id}/verify';
};

export type VerifyBuildErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type VerifyBuildError = VerifyBuildErrors[keyof VerifyBuildErrors];

export type VerifyBuildResponses = {
    /**
     * Default Response
     */
    202: BuildRequested;
};

export type VerifyBuildResponse = VerifyBuildResponses[keyof VerifyBuildResponses];

export type CancelBuildData = {
    body: {
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
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
    202: Build;
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
        lines: Array<LogLine>;
        next_after: number;
        complete: boolean;
    };
};

export type ReadBuildLogResponse = ReadBuildLogResponses[keyof ReadBuildLogResponses];

export type ListLeasesData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
    };
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
        leases: Array<Lease>;
        next_cursor: string | null;
    };
};

export type ListLeasesResponse = ListLeasesResponses[keyof ListLeasesResponses];

export type TakeOverLeaseData = {
    body: {
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
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
        leases: Array<Lease>;
        next_cursor: string | null;
    };
};

export type TakeOverLeaseResponse = TakeOverLeaseResponses[keyof TakeOverLeaseResponses];

export type DeployBuildData = {
    body: {
        environment: string;
        reason?: string;
    };
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
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
    202: DeploymentRequested;
};

export type DeployBuildResponse = DeployBuildResponses[keyof DeployBuildResponses];

export type RollBackBuildData = {
    body: {
        target_release?: string;
        environment?: string;
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
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
    202: DeploymentRequested;
};

export type RollBackBuildResponse = RollBackBuildResponses[keyof RollBackBuildResponses];

export type RollBackEnvironmentData = {
    body: {
        target_release?: string;
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
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
    202: DeploymentRequested;
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
    200: DeploymentDetails;
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
        status?: 'waiting_approval' | 'queued' | 'running' | 'success' | 'failed' | 'cancelled';
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
        deployments: Array<Deployment>;
        next_cursor: string | null;
    };
};

export type ListDeploymentsResponse = ListDeploymentsResponses[keyof ListDeploymentsResponses];

export type ApproveDeploymentData = {
    body: {
        reason?: string;
        /**
         * Approve it although the environment has changed since it was asked for.
         */
        accept_stale?: boolean;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/deployments/{id}/approve';
};

export type ApproveDeploymentErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ApproveDeploymentError = ApproveDeploymentErrors[keyof ApproveDeploymentErrors];

export type ApproveDeploymentResponses = {
    /**
     * Default Response
     */
    200: Deployment;
};

export type ApproveDeploymentResponse = ApproveDeploymentResponses[keyof ApproveDeploymentResponses];

export type RejectDeploymentData = {
    body: {
        /**
         * Why; who asked reads it.
         */
        reason: string;
    };
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/deployments/{id}/reject';
};

export type RejectDeploymentErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type RejectDeploymentError = RejectDeploymentErrors[keyof RejectDeploymentErrors];

export type RejectDeploymentResponses = {
    /**
     * Default Response
     */
    200: Deployment;
};

export type RejectDeploymentResponse = RejectDeploymentResponses[keyof RejectDeploymentResponses];

export type WithdrawDeploymentData = {
    body: {
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/deployments/{id}/withdraw';
};

export type WithdrawDeploymentErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type WithdrawDeploymentError = WithdrawDeploymentErrors[keyof WithdrawDeploymentErrors];

export type WithdrawDeploymentResponses = {
    /**
     * Default Response
     */
    200: Deployment;
};

export type WithdrawDeploymentResponse = WithdrawDeploymentResponses[keyof WithdrawDeploymentResponses];

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
        releases: Array<Release>;
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
    200: Release;
};

export type GetReleaseResponse = GetReleaseResponses[keyof GetReleaseResponses];

export type CompareReleasesData = {
    body?: never;
    path: {
        id: string;
        other: string;
    };
    query?: never;
    url: '/admin/releases/{id}/comparison/{other}';
};

export type CompareReleasesErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type CompareReleasesError = CompareReleasesErrors[keyof CompareReleasesErrors];

export type CompareReleasesResponses = {
    /**
     * Default Response
     */
    200: {
        from: string;
        to: string;
        /**
         * What the two were built from.
         */
        commits: {
            from: string | null;
            to: string | null;
        };
        /**
         * Packages whose locked versions are others; null: a lockfile could not be read.
         */
        locked: Array<{
            name: string;
            /**
             * Versions; none: it was not there.
             */
            from: Array<string>;
            to: Array<string>;
        }> | null;
    };
};

export type CompareReleasesResponse = CompareReleasesResponses[keyof CompareReleasesResponses];

export type ListEnvironmentsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
    };
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
        environments: Array<Environment>;
        next_cursor: string | null;
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
    200: EnvironmentDetails;
};

export type GetEnvironmentResponse = GetEnvironmentResponses[keyof GetEnvironmentResponses];

export type GetEnvironmentSettingsData = {
    body?: never;
    path: {
        name: string;
    };
    query?: never;
    url: '/admin/environments/{name}/settings';
};

export type GetEnvironmentSettingsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetEnvironmentSettingsError = GetEnvironmentSettingsErrors[keyof GetEnvironmentSettingsErrors];

export type GetEnvironmentSettingsResponses = {
    /**
     * Default Response
     */
    200: EnvironmentSettings;
};

export type GetEnvironmentSettingsResponse = GetEnvironmentSettingsResponses[keyof GetEnvironmentSettingsResponses];

export type ChangeEnvironmentSettingsData = {
    body: {
        approval_required: boolean;
        reason?: string;
    };
    path: {
        name: string;
    };
    query?: never;
    url: '/admin/environments/{name}/settings';
};

export type ChangeEnvironmentSettingsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ChangeEnvironmentSettingsError = ChangeEnvironmentSettingsErrors[keyof ChangeEnvironmentSettingsErrors];

export type ChangeEnvironmentSettingsResponses = {
    /**
     * Default Response
     */
    200: EnvironmentSettings;
};

export type ChangeEnvironmentSettingsResponse = ChangeEnvironmentSettingsResponses[keyof ChangeEnvironmentSettingsResponses];

export type GetEnvironmentHealthData = {
    body?: never;
    path: {
        name: string;
    };
    query?: never;
    url: '/admin/environments/{name}/health';
};

export type GetEnvironmentHealthErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetEnvironmentHealthError = GetEnvironmentHealthErrors[keyof GetEnvironmentHealthErrors];

export type GetEnvironmentHealthResponses = {
    /**
     * Default Response
     */
    200: EnvironmentHealth;
};

export type GetEnvironmentHealthResponse = GetEnvironmentHealthResponses[keyof GetEnvironmentHealthResponses];

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
    200: Manifest;
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
        entries: Array<CatalogEntry>;
        problems: Array<Problem>;
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
        modules: Array<RegisteredModule>;
        blockers: Array<Problem>;
        warnings: Array<Problem>;
    };
};

export type ListModulesResponse = ListModulesResponses[keyof ListModulesResponses];

export type GetModuleData = {
    body?: never;
    path: {
        /**
         * A module's slug.
         */
        slug: string;
    };
    query?: {
        manifest_ref?: string;
    };
    url: '/admin/modules/{slug}';
};

export type GetModuleErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetModuleError = GetModuleErrors[keyof GetModuleErrors];

export type GetModuleResponses = {
    /**
     * Default Response
     */
    200: ModuleDetails;
};

export type GetModuleResponse = GetModuleResponses[keyof GetModuleResponses];

export type LookUpModuleData = {
    body: {
        /**
         * `registry`: the one of the host's packages, npm's or cargo's.
         */
        source: 'registry' | 'git' | 'path';
        /**
         * The package's or crate's name; for git and path only where it does not say so itself.
         */
        package?: string | string;
        /**
         * Only where the module has no descriptor.
         */
        slug?: string;
        /**
         * A version or range of versions.
         */
        version?: string;
        /**
         * Address of the git repository: https://, http://, ssh:// or git@host:path.
         */
        git?: string;
        /**
         * The default branch where absent.
         */
        rev?: string;
        /**
         * Directory of the module, relative to the manifest.
         */
        path?: string;
    };
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/admin/modules/look-up';
};

export type LookUpModuleErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type LookUpModuleError = LookUpModuleErrors[keyof LookUpModuleErrors];

export type LookUpModuleResponses = {
    /**
     * Default Response
     */
    200: FoundModule;
};

export type LookUpModuleResponse = LookUpModuleResponses[keyof LookUpModuleResponses];

export type SearchRegistryData = {
    body?: never;
    path?: never;
    query: {
        /**
         * Words or a name.
         */
        q: string;
    };
    url: '/admin/registry/packages';
};

export type SearchRegistryErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type SearchRegistryError = SearchRegistryErrors[keyof SearchRegistryErrors];

export type SearchRegistryResponses = {
    /**
     * Default Response
     */
    200: {
        /**
         * What a module of such a package would have as its `source`.
         */
        source: 'npm' | 'crates-io';
        packages: Array<{
            name: string;
            version: string;
            description: string;
            keywords: Array<string>;
            published_at: string | null;
        }>;
        /**
         * Why the registry could not be searched.
         */
        problem: Problem | null;
    };
};

export type SearchRegistryResponse = SearchRegistryResponses[keyof SearchRegistryResponses];

export type CheckModulesData = {
    body?: never;
    path?: never;
    query: {
        /**
         * Separated by commas.
         */
        slugs: string;
        /**
         * What registries said before is asked for again; without it answers are up to a quarter of an hour old.
         */
        since?: string;
        manifest_ref?: string;
    };
    url: '/admin/registry/checks';
};

export type CheckModulesErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type CheckModulesError = CheckModulesErrors[keyof CheckModulesErrors];

export type CheckModulesResponses = {
    /**
     * Default Response
     */
    200: {
        host_version: string | null;
        checks: Array<{
            slug: string;
            /**
             * What it says of itself.
             */
            description: string | null;
            /**
             * What it would be installed as, or is; null: it could not be read.
             */
            version: string | null;
            /**
             * The newest version that its registry offers; null where that is not known.
             */
            newest: string | null;
            update_available: boolean;
            /**
             * The range of host versions that it works with.
             */
            compat_server: string | null;
            /**
             * Null: it does not say, or the host's version is not known.
             */
            compatible: boolean | null;
            /**
             * Modules of the manifest that it cannot live with.
             */
            conflicts_with: Array<string>;
        }>;
        /**
         * False: some registry has not answered yet; ask again in a moment.
         */
        complete: boolean;
    };
};

export type CheckModulesResponse = CheckModulesResponses[keyof CheckModulesResponses];

export type ListManifestChangesData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
        manifest_ref?: string;
    };
    url: '/admin/manifest/history';
};

export type ListManifestChangesErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListManifestChangesError = ListManifestChangesErrors[keyof ListManifestChangesErrors];

export type ListManifestChangesResponses = {
    /**
     * Default Response
     */
    200: {
        changes: Array<{
            commit: string;
            author: string;
            at: string;
            /**
             * The first line of the commit's message.
             */
            title: string;
            /**
             * What the message says beside it.
             */
            reason: string;
            /**
             * The build that made the commit; null: it was made by hand.
             */
            build_id: string | null;
            requested_by: Array<string>;
            /**
             * Changed lines of modules.toml, each with `+` or `-`, under `@@` lines that say where.
             */
            diff: Array<string>;
        }>;
        next_cursor: string | null;
    };
};

export type ListManifestChangesResponse = ListManifestChangesResponses[keyof ListManifestChangesResponses];

export type GetManifestVersionData = {
    body?: never;
    path: {
        /**
         * In full, as the history names it.
         */
        commit: string;
    };
    query?: {
        manifest_ref?: string;
    };
    url: '/admin/manifest/history/{commit}';
};

export type GetManifestVersionErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetManifestVersionError = GetManifestVersionErrors[keyof GetManifestVersionErrors];

export type GetManifestVersionResponses = {
    /**
     * Default Response
     */
    200: {
        commit: string;
        text: string;
    };
};

export type GetManifestVersionResponse = GetManifestVersionResponses[keyof GetManifestVersionResponses];

export type ListEventsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: number;
        subject?: string;
        /**
         * Only these types of event, separated by commas, e.g. `BuildCompleted,BuildFailed`.
         */
        types?: string;
        /**
         * Of pages only.
         */
        actor?: string;
        /**
         * `subject.verb`, or all of a subject: `build.*`; of pages only.
         */
        action?: string;
        /**
         * What is about this environment; of pages only.
         */
        environment?: string;
        /**
         * What this request did and caused; of pages only.
         */
        request_id?: string;
        /**
         * Of pages only.
         */
        since?: string;
        /**
         * Not that moment itself; of pages only.
         */
        until?: string;
        /**
         * Words of the reason and the details, or how they begin; of pages only.
         */
        q?: string;
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
        events: Array<JournalEntry>;
        next_cursor: string | null;
    };
};

export type ListEventsResponse = ListEventsResponses[keyof ListEventsResponses];

export type GetJournalVerificationData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/journal/verification';
};

export type GetJournalVerificationErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetJournalVerificationError = GetJournalVerificationErrors[keyof GetJournalVerificationErrors];

export type GetJournalVerificationResponses = {
    /**
     * Default Response
     */
    200: JournalVerification;
};

export type GetJournalVerificationResponse = GetJournalVerificationResponses[keyof GetJournalVerificationResponses];

export type VerifyJournalData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/journal/verdict';
};

export type VerifyJournalErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type VerifyJournalError = VerifyJournalErrors[keyof VerifyJournalErrors];

export type VerifyJournalResponses = {
    /**
     * Default Response
     */
    200: {
        /**
         * The journal is as it was written.
         */
        fits: boolean;
        /**
         * Entries that were recomputed.
         */
        checked: number;
        head: {
            position: number;
            /**
             * SHA-256 in hexadecimal digits.
             */
            hash: string;
        };
        problems: Array<Problem>;
        /**
         * There is more that does not fit.
         */
        more: boolean;
    };
};

export type VerifyJournalResponse = VerifyJournalResponses[keyof VerifyJournalResponses];

export type ListJournalChainData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The last position that the reader has.
         */
        after?: number;
        limit?: number;
    };
    url: '/admin/journal/chain';
};

export type ListJournalChainErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListJournalChainError = ListJournalChainErrors[keyof ListJournalChainErrors];

export type ListJournalChainResponses = {
    /**
     * Default Response
     */
    200: {
        links: Array<{
            position: number;
            /**
             * SHA-256 in hexadecimal digits.
             */
            hash: string;
            entry_id: number;
            /**
             * SHA-256 in hexadecimal digits.
             */
            previous_hash: string;
            /**
             * Null: the journal lacks it.
             */
            entry: {
                id: number;
                at: string;
                actor: string;
                action: string;
                subject_type: string;
                subject_id: string;
                reason: string;
                /**
                 * JSON as PostgreSQL writes it.
                 */
                details: string;
                principal_kind: string | null;
                principal_id: string | null;
                principal_name: string | null;
                address: string | null;
                request_id: string | null;
                /**
                 * JSON as PostgreSQL writes it.
                 */
                asked: string | null;
            } | null;
        }>;
    };
};

export type ListJournalChainResponse = ListJournalChainResponses[keyof ListJournalChainResponses];

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
    200: RetentionReport;
};

export type PreviewRetentionResponse = PreviewRetentionResponses[keyof PreviewRetentionResponses];

export type RunRetentionData = {
    body: {
        dry_run?: boolean;
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
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
    200: RetentionReport;
};

export type RunRetentionResponse = RunRetentionResponses[keyof RunRetentionResponses];

export type GetSettingsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/settings';
};

export type GetSettingsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetSettingsError = GetSettingsErrors[keyof GetSettingsErrors];

export type GetSettingsResponses = {
    /**
     * Default Response
     */
    200: {
        /**
         * Modyard's own.
         */
        version: string;
        /**
         * What the server was started with; secrets only as whether they are set.
         */
        settings: Array<{
            /**
             * The environment variable that sets it.
             */
            name: string;
            value: string;
        }>;
        catalogs: Array<{
            address: string;
            /**
             * Null: it could not be read.
             */
            modules: number | null;
        }>;
        /**
         * Catalogs that could not be read.
         */
        problems: Array<Problem>;
    };
};

export type GetSettingsResponse = GetSettingsResponses[keyof GetSettingsResponses];

export type ListWebhooksData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
    };
    url: '/admin/webhooks';
};

export type ListWebhooksErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListWebhooksError = ListWebhooksErrors[keyof ListWebhooksErrors];

export type ListWebhooksResponses = {
    /**
     * Default Response
     */
    200: {
        webhooks: Array<Webhook>;
        next_cursor: string | null;
    };
};

export type ListWebhooksResponse = ListWebhooksResponses[keyof ListWebhooksResponses];

export type CreateWebhookData = {
    body: {
        /**
         * https:, on the public internet unless the operator allowed more.
         */
        url: string;
        description?: string;
        /**
         * Types of event; empty: what happens to builds, releases, environments and modules. What is about people and tokens is sent where it is named.
         */
        types?: Array<'BuildRequested' | 'BuildJoined' | 'BuildFolded' | 'BuildUnfolded' | 'BuildStarted' | 'BuildTakenOver' | 'BuildStepRetried' | 'BuildCompleted' | 'BuildFailed' | 'BuildCancelRequested' | 'BuildCancelled' | 'CompositionLanded' | 'CompositionTakenBack' | 'CompositionKept' | 'ReleaseCreated' | 'ReleaseActivated' | 'ReleaseSuperseded' | 'RolledBack' | 'ReleaseFailed' | 'ReleaseRestarted' | 'LeaseTakenOver' | 'DeploymentRequested' | 'ApprovalNeeded' | 'DeploymentApproved' | 'DeploymentRejected' | 'DeploymentWithdrawn' | 'ApprovalExpired' | 'DeploymentStarted' | 'DeploymentTakenOver' | 'DeploymentCompleted' | 'DeploymentFailed' | 'EnvironmentRestored' | 'EnvironmentNotRestored' | 'EnvironmentTakenOver' | 'EnvironmentSettingsChanged' | 'RetentionRemoved' | 'TokenCreated' | 'TokenRevoked' | 'TokenGrantsChanged' | 'PersonGrantsChanged' | 'PersonInvited' | 'PersonJoined' | 'PersonChanged' | 'PersonDisabled' | 'PersonEnabled' | 'PersonResetLinkMade' | 'PersonPasswordChanged' | 'PersonSignedIn' | 'PersonSessionEnded' | 'WebhookCreated' | 'WebhookChanged' | 'WebhookDeleted' | 'WebhookSecretRotated' | 'WebhookTested' | 'WebhookResent' | 'WebhookDisabled'>;
        /**
         * Only events about these environments; empty: all events.
         */
        environments?: Array<string>;
        reason?: string;
    };
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/admin/webhooks';
};

export type CreateWebhookErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type CreateWebhookError = CreateWebhookErrors[keyof CreateWebhookErrors];

export type CreateWebhookResponses = {
    /**
     * Default Response
     */
    201: WebhookWithSecret;
};

export type CreateWebhookResponse = CreateWebhookResponses[keyof CreateWebhookResponses];

export type DeleteWebhookData = {
    body?: never;
    path: {
        id: string;
    };
    query?: {
        reason?: string;
    };
    url: '/admin/webhooks/{id}';
};

export type DeleteWebhookErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type DeleteWebhookError = DeleteWebhookErrors[keyof DeleteWebhookErrors];

export type DeleteWebhookResponses = {
    /**
     * Default Response
     */
    200: Webhook;
};

export type DeleteWebhookResponse = DeleteWebhookResponses[keyof DeleteWebhookResponses];

export type GetWebhookData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/webhooks/{id}';
};

export type GetWebhookErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetWebhookError = GetWebhookErrors[keyof GetWebhookErrors];

export type GetWebhookResponses = {
    /**
     * Default Response
     */
    200: Webhook;
};

export type GetWebhookResponse = GetWebhookResponses[keyof GetWebhookResponses];

export type ChangeWebhookData = {
    body: {
        /**
         * https:, on the public internet unless the operator allowed more.
         */
        url?: string;
        description?: string;
        /**
         * Types of event; empty: what happens to builds, releases, environments and modules. What is about people and tokens is sent where it is named.
         */
        types?: Array<'BuildRequested' | 'BuildJoined' | 'BuildFolded' | 'BuildUnfolded' | 'BuildStarted' | 'BuildTakenOver' | 'BuildStepRetried' | 'BuildCompleted' | 'BuildFailed' | 'BuildCancelRequested' | 'BuildCancelled' | 'CompositionLanded' | 'CompositionTakenBack' | 'CompositionKept' | 'ReleaseCreated' | 'ReleaseActivated' | 'ReleaseSuperseded' | 'RolledBack' | 'ReleaseFailed' | 'ReleaseRestarted' | 'LeaseTakenOver' | 'DeploymentRequested' | 'ApprovalNeeded' | 'DeploymentApproved' | 'DeploymentRejected' | 'DeploymentWithdrawn' | 'ApprovalExpired' | 'DeploymentStarted' | 'DeploymentTakenOver' | 'DeploymentCompleted' | 'DeploymentFailed' | 'EnvironmentRestored' | 'EnvironmentNotRestored' | 'EnvironmentTakenOver' | 'EnvironmentSettingsChanged' | 'RetentionRemoved' | 'TokenCreated' | 'TokenRevoked' | 'TokenGrantsChanged' | 'PersonGrantsChanged' | 'PersonInvited' | 'PersonJoined' | 'PersonChanged' | 'PersonDisabled' | 'PersonEnabled' | 'PersonResetLinkMade' | 'PersonPasswordChanged' | 'PersonSignedIn' | 'PersonSessionEnded' | 'WebhookCreated' | 'WebhookChanged' | 'WebhookDeleted' | 'WebhookSecretRotated' | 'WebhookTested' | 'WebhookResent' | 'WebhookDisabled'>;
        /**
         * Only events about these environments; empty: all events.
         */
        environments?: Array<string>;
        enabled?: boolean;
        reason?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/webhooks/{id}';
};

export type ChangeWebhookErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ChangeWebhookError = ChangeWebhookErrors[keyof ChangeWebhookErrors];

export type ChangeWebhookResponses = {
    /**
     * Default Response
     */
    200: Webhook;
};

export type ChangeWebhookResponse = ChangeWebhookResponses[keyof ChangeWebhookResponses];

export type RotateWebhookSecretData = {
    body: {
        /**
         * So long the former secret signs, too; 0: it ends now.
         */
        overlap_hours?: number;
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/webhooks/{id}/rotate-secret';
};

export type RotateWebhookSecretErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type RotateWebhookSecretError = RotateWebhookSecretErrors[keyof RotateWebhookSecretErrors];

export type RotateWebhookSecretResponses = {
    /**
     * Default Response
     */
    200: WebhookWithSecret;
};

export type RotateWebhookSecretResponse = RotateWebhookSecretResponses[keyof RotateWebhookSecretResponses];

export type TestWebhookData = {
    body: {
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/webhooks/{id}/test';
};

export type TestWebhookErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type TestWebhookError = TestWebhookErrors[keyof TestWebhookErrors];

export type TestWebhookResponses = {
    /**
     * Default Response
     */
    200: WebhookDelivery;
};

export type TestWebhookResponse = TestWebhookResponses[keyof TestWebhookResponses];

export type ListWebhookDeliveriesData = {
    body?: never;
    path: {
        id: string;
    };
    query?: {
        limit?: number;
        cursor?: string;
        status?: 'pending' | 'delivered' | 'dead';
    };
    url: '/admin/webhooks/{id}/deliveries';
};

export type ListWebhookDeliveriesErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListWebhookDeliveriesError = ListWebhookDeliveriesErrors[keyof ListWebhookDeliveriesErrors];

export type ListWebhookDeliveriesResponses = {
    /**
     * Default Response
     */
    200: {
        deliveries: Array<WebhookDelivery>;
        next_cursor: string | null;
    };
};

export type ListWebhookDeliveriesResponse = ListWebhookDeliveriesResponses[keyof ListWebhookDeliveriesResponses];

export type ResendWebhookDeliveryData = {
    body: {
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        id: string;
        delivery: string;
    };
    query?: never;
    url: '/admin/webhooks/{id}/deliveries/{delivery}/resend';
};

export type ResendWebhookDeliveryErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ResendWebhookDeliveryError = ResendWebhookDeliveryErrors[keyof ResendWebhookDeliveryErrors];

export type ResendWebhookDeliveryResponses = {
    /**
     * Default Response
     */
    202: {
        /**
         * How many deliveries begin anew.
         */
        resent: number;
    };
};

export type ResendWebhookDeliveryResponse = ResendWebhookDeliveryResponses[keyof ResendWebhookDeliveryResponses];

export type ResendDeadWebhookDeliveriesData = {
    body: {
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/webhooks/{id}/resend-dead';
};

export type ResendDeadWebhookDeliveriesErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ResendDeadWebhookDeliveriesError = ResendDeadWebhookDeliveriesErrors[keyof ResendDeadWebhookDeliveriesErrors];

export type ResendDeadWebhookDeliveriesResponses = {
    /**
     * Default Response
     */
    202: {
        /**
         * How many deliveries begin anew.
         */
        resent: number;
    };
};

export type ResendDeadWebhookDeliveriesResponse = ResendDeadWebhookDeliveriesResponses[keyof ResendDeadWebhookDeliveriesResponses];

export type GetMeData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/me';
};

export type GetMeErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetMeError = GetMeErrors[keyof GetMeErrors];

export type GetMeResponses = {
    /**
     * Default Response
     */
    200: Me;
};

export type GetMeResponse = GetMeResponses[keyof GetMeResponses];

export type ListPermissionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/admin/permissions';
};

export type ListPermissionsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListPermissionsError = ListPermissionsErrors[keyof ListPermissionsErrors];

export type ListPermissionsResponses = {
    /**
     * Default Response
     */
    200: {
        /**
         * From the least to the most.
         */
        roles: Array<'viewer' | 'operator' | 'administrator' | 'owner'>;
        permissions: Array<{
            name: 'read' | 'self.manage' | 'build.request' | 'build.cancel' | 'deployment.request' | 'deployment.rollback' | 'deployment.approve' | 'lease.take_over' | 'retention.run' | 'people.read' | 'people.manage' | 'tokens.manage' | 'settings.read' | 'settings.manage';
            scope: 'environment' | 'installation';
            allows: string;
            roles: Array<'viewer' | 'operator' | 'administrator' | 'owner'>;
        }>;
    };
};

export type ListPermissionsResponse = ListPermissionsResponses[keyof ListPermissionsResponses];

export type ListTokensData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
        /**
         * Of this person only.
         */
        person_id?: string;
    };
    url: '/admin/tokens';
};

export type ListTokensErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListTokensError = ListTokensErrors[keyof ListTokensErrors];

export type ListTokensResponses = {
    /**
     * Default Response
     */
    200: {
        tokens: Array<Token>;
        next_cursor: string | null;
    };
};

export type ListTokensResponse = ListTokensResponses[keyof ListTokensResponses];

export type CreateTokenData = {
    body: {
        /**
         * By which the journal and people know it.
         */
        name: string;
        grants: Array<{
            /**
             * Left out or null: everywhere that no other grant names.
             */
            environment?: string | null;
            role: 'viewer' | 'operator' | 'administrator' | 'owner';
        }>;
        expires_at?: string;
        expires_in_days?: number;
        reason?: string;
    };
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/admin/tokens';
};

export type CreateTokenErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type CreateTokenError = CreateTokenErrors[keyof CreateTokenErrors];

export type CreateTokenResponses = {
    /**
     * Default Response
     */
    201: MadeToken;
};

export type CreateTokenResponse = CreateTokenResponses[keyof CreateTokenResponses];

export type RevokeTokenData = {
    body?: never;
    path: {
        id: string;
    };
    query?: {
        reason?: string;
    };
    url: '/admin/tokens/{id}';
};

export type RevokeTokenErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type RevokeTokenError = RevokeTokenErrors[keyof RevokeTokenErrors];

export type RevokeTokenResponses = {
    /**
     * Default Response
     */
    200: {
        /**
         * This token and those made with it that were still good.
         */
        revoked: Array<string>;
    };
};

export type RevokeTokenResponse = RevokeTokenResponses[keyof RevokeTokenResponses];

export type GetTokenData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/tokens/{id}';
};

export type GetTokenErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetTokenError = GetTokenErrors[keyof GetTokenErrors];

export type GetTokenResponses = {
    /**
     * Default Response
     */
    200: Token;
};

export type GetTokenResponse = GetTokenResponses[keyof GetTokenResponses];

export type SetTokenGrantsData = {
    body: {
        grants: Array<{
            /**
             * Left out or null: everywhere that no other grant names.
             */
            environment?: string | null;
            role: 'viewer' | 'operator' | 'administrator' | 'owner';
        }>;
        reason?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/tokens/{id}/grants';
};

export type SetTokenGrantsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type SetTokenGrantsError = SetTokenGrantsErrors[keyof SetTokenGrantsErrors];

export type SetTokenGrantsResponses = {
    /**
     * Default Response
     */
    200: Token;
};

export type SetTokenGrantsResponse = SetTokenGrantsResponses[keyof SetTokenGrantsResponses];

export type ListPeopleData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
    };
    url: '/admin/people';
};

export type ListPeopleErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListPeopleError = ListPeopleErrors[keyof ListPeopleErrors];

export type ListPeopleResponses = {
    /**
     * Default Response
     */
    200: {
        people: Array<Person>;
        next_cursor: string | null;
    };
};

export type ListPeopleResponse = ListPeopleResponses[keyof ListPeopleResponses];

export type InvitePersonData = {
    body: {
        email: string;
        name: string;
        grants?: Array<{
            /**
             * Left out or null: everywhere that no other grant names.
             */
            environment?: string | null;
            role: 'viewer' | 'operator' | 'administrator' | 'owner';
        }>;
        reason?: string;
    };
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/admin/people';
};

export type InvitePersonErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type InvitePersonError = InvitePersonErrors[keyof InvitePersonErrors];

export type InvitePersonResponses = {
    /**
     * Default Response
     */
    201: PersonLink;
};

export type InvitePersonResponse = InvitePersonResponses[keyof InvitePersonResponses];

export type GetPersonData = {
    body?: never;
    path: {
        /**
         * Identifier or e-mail address.
         */
        id: string;
    };
    query?: never;
    url: '/admin/people/{id}';
};

export type GetPersonErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetPersonError = GetPersonErrors[keyof GetPersonErrors];

export type GetPersonResponses = {
    /**
     * Default Response
     */
    200: Person;
};

export type GetPersonResponse = GetPersonResponses[keyof GetPersonResponses];

export type ChangePersonData = {
    body: {
        name?: string;
        disabled?: boolean;
        reason?: string;
    };
    path: {
        /**
         * Identifier or e-mail address.
         */
        id: string;
    };
    query?: never;
    url: '/admin/people/{id}';
};

export type ChangePersonErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ChangePersonError = ChangePersonErrors[keyof ChangePersonErrors];

export type ChangePersonResponses = {
    /**
     * Default Response
     */
    200: Person;
};

export type ChangePersonResponse = ChangePersonResponses[keyof ChangePersonResponses];

export type RenewPersonLinkData = {
    body: {
        reason?: string;
    } | null;
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Identifier or e-mail address.
         */
        id: string;
    };
    query?: never;
    url: '/admin/people/{id}/reset-link';
};

export type RenewPersonLinkErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type RenewPersonLinkError = RenewPersonLinkErrors[keyof RenewPersonLinkErrors];

export type RenewPersonLinkResponses = {
    /**
     * Default Response
     */
    201: PersonLink;
};

export type RenewPersonLinkResponse = RenewPersonLinkResponses[keyof RenewPersonLinkResponses];

export type ListSessionsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
    };
    url: '/admin/me/sessions';
};

export type ListSessionsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ListSessionsError = ListSessionsErrors[keyof ListSessionsErrors];

export type ListSessionsResponses = {
    /**
     * Default Response
     */
    200: {
        sessions: Array<Session>;
        next_cursor: string | null;
    };
};

export type ListSessionsResponse = ListSessionsResponses[keyof ListSessionsResponses];

export type EndSessionData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/admin/me/sessions/{id}';
};

export type EndSessionErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type EndSessionError = EndSessionErrors[keyof EndSessionErrors];

export type EndSessionResponses = {
    /**
     * Default Response
     */
    200: {
        sessions: Array<Session>;
        next_cursor: string | null;
    };
};

export type EndSessionResponse = EndSessionResponses[keyof EndSessionResponses];

export type ChangePasswordData = {
    body: {
        current_password: string;
        new_password: string;
    };
    headers?: {
        /**
         * Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/admin/me/password';
};

export type ChangePasswordErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type ChangePasswordError = ChangePasswordErrors[keyof ChangePasswordErrors];

export type ChangePasswordResponses = {
    /**
     * Default Response
     */
    200: {
        sessions_ended: number;
    };
};

export type ChangePasswordResponse = ChangePasswordResponses[keyof ChangePasswordResponses];

export type SetPersonGrantsData = {
    body: {
        grants: Array<{
            /**
             * Left out or null: everywhere that no other grant names.
             */
            environment?: string | null;
            role: 'viewer' | 'operator' | 'administrator' | 'owner';
        }>;
        reason?: string;
    };
    path: {
        /**
         * Identifier or e-mail address.
         */
        id: string;
    };
    query?: never;
    url: '/admin/people/{id}/grants';
};

export type SetPersonGrantsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type SetPersonGrantsError = SetPersonGrantsErrors[keyof SetPersonGrantsErrors];

export type SetPersonGrantsResponses = {
    /**
     * Default Response
     */
    200: {
        person_id: string;
        name: string;
        grants: Array<Grant>;
    };
};

export type SetPersonGrantsResponse = SetPersonGrantsResponses[keyof SetPersonGrantsResponses];

export type GetMetricsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/metrics';
};

export type GetMetricsErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GetMetricsError = GetMetricsErrors[keyof GetMetricsErrors];

export type GetMetricsResponses = {
    /**
     * Metrics in Prometheus' text format
     */
    200: string;
};

export type GetMetricsResponse = GetMetricsResponses[keyof GetMetricsResponses];

export type GraphqlSubscribeData = {
    body?: never;
    path?: never;
    query: {
        /**
         * The document: a subscription.
         */
        query: string;
        /**
         * As JSON.
         */
        variables?: string;
        operationName?: string;
        extensions?: string;
    };
    url: '/graphql';
};

export type GraphqlSubscribeErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GraphqlSubscribeError = GraphqlSubscribeErrors[keyof GraphqlSubscribeErrors];

export type GraphqlSubscribeResponses = {
    /**
     * Default Response
     */
    200: {
        data?: unknown;
        errors?: Array<{
            message: string;
            extensions: {
                code: string;
                title: string;
                hint: string;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        }>;
    };
};

export type GraphqlSubscribeResponse = GraphqlSubscribeResponses[keyof GraphqlSubscribeResponses];

export type GraphqlData = {
    body: {
        /**
         * The document.
         */
        query: string;
        variables?: {
            [key: string]: unknown;
        } | null;
        operationName?: string | null;
        extensions?: {
            [key: string]: unknown;
        } | null;
    };
    path?: never;
    query?: never;
    url: '/graphql';
};

export type GraphqlErrors = {
    /**
     * The request was not carried out
     */
    default: ProblemDetails;
};

export type GraphqlError = GraphqlErrors[keyof GraphqlErrors];

export type GraphqlResponses = {
    /**
     * Default Response
     */
    200: {
        data?: unknown;
        errors?: Array<{
            message: string;
            extensions: {
                code: string;
                title: string;
                hint: string;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        }>;
    };
};

export type GraphqlResponse = GraphqlResponses[keyof GraphqlResponses];
