// Generated from Modyard's OpenAPI description by `node scripts/write-client.ts`. Do not edit.
// @ts-nocheck

import * as z from 'zod/mini';

export const zModulesDelta = z.object({
    added: z.array(z.object({
        slug: z.string(),
        version: z.string()
    })),
    removed: z.array(z.object({
        slug: z.string(),
        version: z.string()
    })),
    changed: z.array(z.object({
        slug: z.string(),
        from: z.string(),
        to: z.string(),
        keys: z.optional(z.array(z.string()))
    }))
});

export const zProblem = z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string(),
    module: z.optional(z.string()),
    path: z.optional(z.string())
});

export const zFailure = z.object({
    problems: z.array(zProblem),
    step: z.string(),
    excerpt: z.array(z.string()),
    deterministic: z.boolean()
});

export const zProblemDetails = z.object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    hint: z.string(),
    request_id: z.string(),
    problems: z.array(zProblem)
});

export const zChange = z.object({
    install: z.array(z.object({
        slug: z.string(),
        version: z.optional(z.string()),
        spec: z.optional(z.object({
            crate: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/))),
            package: z.optional(z.string().check(z.regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/))),
            source: z.enum([
                'npm',
                'crates-io',
                'git',
                'path'
            ]),
            version: z.optional(z.string().check(z.minLength(1))),
            git: z.optional(z.string().check(z.minLength(1))),
            rev: z.optional(z.string().check(z.minLength(1))),
            path: z.optional(z.string().check(z.minLength(1))),
            features: z.optional(z.array(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)))),
            required: z.optional(z.boolean()),
            depends_on: z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)))),
            runtime: z.optional(z.string().check(z.minLength(1)))
        }))
    })),
    uninstall: z.array(z.string()),
    upgrade: z.array(z.object({
        slug: z.string(),
        version: z.optional(z.string()),
        rev: z.optional(z.string())
    })),
    modules: z.optional(z.record(z.string(), z.object({
        crate: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/))),
        package: z.optional(z.string().check(z.regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/))),
        source: z.enum([
            'npm',
            'crates-io',
            'git',
            'path'
        ]),
        version: z.optional(z.string().check(z.minLength(1))),
        git: z.optional(z.string().check(z.minLength(1))),
        rev: z.optional(z.string().check(z.minLength(1))),
        path: z.optional(z.string().check(z.minLength(1))),
        features: z.optional(z.array(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)))),
        required: z.optional(z.boolean()),
        depends_on: z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)))),
        runtime: z.optional(z.string().check(z.minLength(1)))
    }))),
    cascade: z.boolean()
});

export const zRelease = z.object({
    id: z.string(),
    release_id: z.string(),
    status: z.enum([
        'pending',
        'deploying',
        'active',
        'superseded',
        'rolled_back',
        'failed'
    ]),
    build_id: z.string(),
    environment: z.string(),
    container_image: z.nullable(z.string()),
    artifact_digest: z.string(),
    manifest_hash: z.string(),
    source_commit: z.string(),
    modules: z.array(z.object({
        slug: z.string(),
        name: z.string(),
        version: z.string()
    })),
    previous_release_id: z.nullable(z.string()),
    created_at: z.string(),
    deployed_at: z.nullable(z.string()),
    rolled_back_at: z.nullable(z.string()),
    updated_at: z.string(),
    rollback: z.optional(z.object({
        allowed: z.boolean(),
        reasons: z.array(zProblem)
    }))
});

export const zDeployment = z.object({
    id: z.string(),
    deployment_id: z.string(),
    status: z.enum([
        'waiting_approval',
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]),
    kind: z.enum([
        'deploy',
        'rollback',
        'auto_rollback'
    ]),
    environment: z.string(),
    release_id: z.string(),
    build_id: z.string(),
    from_release_id: z.nullable(z.string()),
    steps: z.array(z.object({
        name: z.string(),
        status: z.string(),
        started_at: z.string(),
        finished_at: z.optional(z.string())
    })),
    requested_by: z.string(),
    reason: z.string(),
    error: z.nullable(zFailure),
    approval: z.nullable(z.object({
        asked_by: z.array(z.string()),
        outcome: z.nullable(z.enum([
            'approved',
            'rejected',
            'withdrawn',
            'expired'
        ])),
        decided_by: z.nullable(z.string()),
        decided_at: z.nullable(z.string()),
        reason: z.string(),
        branch: z.nullable(z.enum([
            'pending',
            'taken_back',
            'kept'
        ]))
    })),
    started_at: z.nullable(z.string()),
    finished_at: z.nullable(z.string()),
    created_at: z.string(),
    updated_at: z.string()
});

export const zDeploymentDetails = z.object({
    id: z.string(),
    deployment_id: z.string(),
    status: z.enum([
        'waiting_approval',
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]),
    kind: z.enum([
        'deploy',
        'rollback',
        'auto_rollback'
    ]),
    environment: z.string(),
    release_id: z.string(),
    build_id: z.string(),
    from_release_id: z.nullable(z.string()),
    steps: z.array(z.object({
        name: z.string(),
        status: z.string(),
        started_at: z.string(),
        finished_at: z.optional(z.string())
    })),
    requested_by: z.string(),
    reason: z.string(),
    error: z.nullable(zFailure),
    approval: z.nullable(z.object({
        asked_by: z.array(z.string()),
        outcome: z.nullable(z.enum([
            'approved',
            'rejected',
            'withdrawn',
            'expired'
        ])),
        decided_by: z.nullable(z.string()),
        decided_at: z.nullable(z.string()),
        reason: z.string(),
        branch: z.nullable(z.enum([
            'pending',
            'taken_back',
            'kept'
        ]))
    })),
    started_at: z.nullable(z.string()),
    finished_at: z.nullable(z.string()),
    created_at: z.string(),
    updated_at: z.string(),
    brings: z.nullable(zModulesDelta),
    stale: z.nullable(z.string())
});

export const zDeploymentRequested = z.object({
    deployment_id: z.string(),
    release_id: z.string(),
    status: z.enum([
        'waiting_approval',
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]),
    environment: z.string()
});

export const zBuild = z.object({
    id: z.string(),
    build_id: z.string(),
    status: z.enum([
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]),
    stage: z.enum([
        'pending',
        'checkout',
        'build',
        'test',
        'deploy',
        'complete'
    ]),
    progress: z.int().check(z.gte(-9007199254740991), z.lte(9007199254740991)),
    profile: z.string(),
    manifest_ref: z.string(),
    manifest_hash: z.string(),
    build_key: z.nullable(z.string()),
    source_commit: z.nullable(z.string()),
    result_commit: z.nullable(z.string()),
    modules_delta: zModulesDelta,
    requested_by: z.string(),
    reason: z.string(),
    deploy_to: z.nullable(z.string()),
    release_id: z.nullable(z.string()),
    artifact_digest: z.nullable(z.string()),
    artifact_bytes: z.nullable(z.number()),
    logs_url: z.string(),
    error: z.nullable(zFailure),
    attempt: z.int().check(z.gte(-9007199254740991), z.lte(9007199254740991)),
    holder: z.nullable(z.string()),
    steps: z.optional(z.array(z.object({
        name: z.string(),
        status: z.string(),
        started_at: z.nullable(z.string()),
        finished_at: z.nullable(z.string())
    }))),
    modules: z.optional(z.array(z.object({
        slug: z.string(),
        name: z.string(),
        version: z.string()
    }))),
    cancel_requested_by: z.nullable(z.string()),
    unfolded_from: z.nullable(z.string()),
    verifies: z.nullable(z.string()),
    expected_seconds: z.nullish(z.number()),
    requests: z.optional(z.array(z.object({
        requested_by: z.string(),
        reason: z.string(),
        change: z.unknown(),
        created_at: z.nullable(z.string())
    }))),
    next: z.nullish(z.object({
        again: zChange,
        rest: z.nullable(z.object({
            without: z.array(z.string()),
            change: zChange
        }))
    })),
    started_at: z.nullable(z.string()),
    finished_at: z.nullable(z.string()),
    created_at: z.string(),
    updated_at: z.string()
});

export const zBuildRequested = z.object({
    build_id: z.string(),
    status: z.enum([
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]),
    outcome: z.enum([
        'queued',
        'folded',
        'joined',
        'done',
        'failed'
    ]),
    deployment_id: z.optional(z.string()),
    deployment_status: z.optional(z.enum([
        'waiting_approval',
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ])),
    release_id: z.optional(z.string()),
    error: z.nullish(zFailure)
});

export const zManifest = z.object({
    manifest_ref: z.string(),
    commit: z.string(),
    manifest_hash: z.string(),
    text: z.string(),
    app: z.string(),
    modules: z.record(z.string(), z.record(z.string(), z.unknown())),
    default_enabled: z.array(z.string())
});

export const zCatalogEntry = z.object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    installed: z.boolean(),
    spec: z.record(z.string(), z.unknown())
});

export const zRegisteredModule = z.object({
    slug: z.string(),
    name: z.string(),
    version: z.string(),
    kind: z.string(),
    depends_on: z.array(z.string()),
    default_enabled: z.boolean(),
    spec: z.record(z.string(), z.unknown())
});

export const zEnvironmentHealth = z.object({
    release_id: z.nullable(z.string()),
    status: z.enum([
        'ok',
        'unwell',
        'silent',
        'empty'
    ]),
    modules: z.array(z.object({
        slug: z.string(),
        version: z.string(),
        status: z.enum(['ok', 'unwell']),
        message: z.nullable(z.string())
    })),
    problems: z.array(zProblem)
});

export const zEnvironmentSettings = z.object({
    environment: z.string(),
    approval_required: z.boolean(),
    approval_days: z.number(),
    changed_by: z.nullable(z.string()),
    changed_at: z.nullable(z.string())
});

export const zEnvironment = z.object({
    name: z.string(),
    target: z.string(),
    url: z.nullable(z.string()),
    active_release: z.nullable(zRelease),
    observed: z.unknown(),
    deployment: z.nullable(zDeployment),
    protected: z.boolean(),
    waiting: z.array(zDeployment)
});

export const zEnvironmentDetails = z.object({
    name: z.string(),
    target: z.string(),
    url: z.nullable(z.string()),
    active_release: z.nullable(zRelease),
    observed: z.unknown(),
    deployment: z.nullable(zDeployment),
    protected: z.boolean(),
    waiting: z.array(zDeployment),
    releases: z.array(zRelease),
    next_cursor: z.nullable(z.string())
});

export const zJournalEvent = z.object({
    id: z.number(),
    type: z.string(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    subject_type: z.string(),
    subject_id: z.string(),
    reason: z.string(),
    details: z.unknown()
});

export const zJournalEntry = z.object({
    id: z.number(),
    type: z.string(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    subject_type: z.string(),
    subject_id: z.string(),
    reason: z.string(),
    details: z.unknown(),
    origin: z.nullable(z.object({
        request_id: z.nullable(z.string()),
        address: z.nullable(z.string()),
        principal: z.nullable(z.object({
            kind: z.string(),
            id: z.string(),
            name: z.string()
        })),
        asked: z.unknown()
    }))
});

export const zJournalVerification = z.object({
    head: z.nullable(z.object({
        position: z.number(),
        hash: z.string()
    })),
    anchors: z.array(z.object({
        position: z.number(),
        hash: z.string(),
        at: z.string()
    })),
    unchained: z.array(z.number())
});

export const zLease = z.object({
    subject_id: z.string(),
    kind: z.enum(['build', 'deployment']),
    resource: z.string(),
    holder: z.nullable(z.string()),
    token: z.int().check(z.gte(-9007199254740991), z.lte(9007199254740991)),
    step: z.nullable(z.string()),
    attempt: z.int().check(z.gte(-9007199254740991), z.lte(9007199254740991)),
    taken_at: z.nullable(z.string()),
    expires_at: z.nullable(z.string()),
    age_seconds: z.number(),
    expired: z.boolean()
});

export const zLogLine = z.object({
    line: z.number(),
    step: z.string(),
    stream: z.string(),
    at: z.string(),
    text: z.string()
});

export const zGrant = z.object({
    environment: z.nullable(z.string()),
    role: z.enum([
        'viewer',
        'operator',
        'administrator',
        'owner'
    ])
});

export const zMe = z.object({
    kind: z.enum(['person', 'token']),
    id: z.string(),
    name: z.string(),
    person_id: z.nullable(z.string()),
    person_name: z.nullable(z.string()),
    grants: z.array(zGrant),
    permissions: z.array(z.enum([
        'read',
        'self.manage',
        'build.request',
        'build.cancel',
        'deployment.request',
        'deployment.rollback',
        'deployment.approve',
        'lease.take_over',
        'retention.run',
        'people.read',
        'people.manage',
        'tokens.manage',
        'settings.read',
        'settings.manage'
    ])),
    environments: z.array(z.object({
        name: z.string(),
        permissions: z.array(z.enum([
            'read',
            'self.manage',
            'build.request',
            'build.cancel',
            'deployment.request',
            'deployment.rollback',
            'deployment.approve',
            'lease.take_over',
            'retention.run',
            'people.read',
            'people.manage',
            'tokens.manage',
            'settings.read',
            'settings.manage'
        ]))
    }))
});

export const zPerson = z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    status: z.enum([
        'invited',
        'active',
        'disabled'
    ]),
    grants: z.array(zGrant),
    invited_by: z.nullable(z.string()),
    joined_at: z.nullable(z.string()),
    disabled_at: z.nullable(z.string()),
    created_at: z.string()
});

export const zPersonLink = z.object({
    person: zPerson,
    link: z.nullable(z.string()),
    expires_at: z.string()
});

export const zSession = z.object({
    id: z.string(),
    current: z.boolean(),
    address: z.nullable(z.string()),
    agent: z.nullable(z.string()),
    created_at: z.string(),
    renewed_at: z.string(),
    expires_at: z.string()
});

export const zModuleDetails = z.object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    kind: z.enum(['core', 'optional']),
    tags: z.array(z.string()),
    installed: z.boolean(),
    installed_version: z.nullable(z.string()),
    version: z.nullable(z.string()),
    versions: z.array(z.string()),
    spec: z.record(z.string(), z.unknown()),
    dependencies: z.record(z.string(), z.string()),
    conflicts: z.record(z.string(), z.string()),
    compat_server: z.nullable(z.string()),
    compatible: z.nullable(z.boolean()),
    conflicts_with: z.array(z.string()),
    described: z.boolean(),
    settings: z.array(z.object({
        key: z.string(),
        type: z.string(),
        description: z.optional(z.string()),
        required: z.boolean()
    })),
    migration_policy: z.nullable(z.enum([
        'expand',
        'contract',
        'irreversible'
    ])),
    licence: z.nullable(z.string()),
    homepage: z.nullable(z.string()),
    readme: z.nullable(z.string()),
    problem: z.nullable(zProblem)
});

export const zFoundModule = z.object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    kind: z.enum(['core', 'optional']),
    tags: z.array(z.string()),
    installed: z.boolean(),
    installed_version: z.nullable(z.string()),
    version: z.nullable(z.string()),
    versions: z.array(z.string()),
    spec: z.record(z.string(), z.unknown()),
    dependencies: z.record(z.string(), z.string()),
    conflicts: z.record(z.string(), z.string()),
    compat_server: z.nullable(z.string()),
    compatible: z.nullable(z.boolean()),
    conflicts_with: z.array(z.string()),
    described: z.boolean(),
    settings: z.array(z.object({
        key: z.string(),
        type: z.string(),
        description: z.optional(z.string()),
        required: z.boolean()
    })),
    migration_policy: z.nullable(z.enum([
        'expand',
        'contract',
        'irreversible'
    ])),
    licence: z.nullable(z.string()),
    homepage: z.nullable(z.string()),
    readme: z.nullable(z.string()),
    problem: z.nullable(zProblem),
    install: z.nullable(z.object({
        slug: z.string(),
        spec: z.object({
            crate: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/))),
            package: z.optional(z.string().check(z.regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/))),
            source: z.enum([
                'npm',
                'crates-io',
                'git',
                'path'
            ]),
            version: z.optional(z.string().check(z.minLength(1))),
            git: z.optional(z.string().check(z.minLength(1))),
            rev: z.optional(z.string().check(z.minLength(1))),
            path: z.optional(z.string().check(z.minLength(1))),
            features: z.optional(z.array(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)))),
            required: z.optional(z.boolean()),
            depends_on: z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)))),
            runtime: z.optional(z.string().check(z.minLength(1)))
        })
    }))
});

export const zPlan = z.object({
    schema: z.literal(1),
    plan_hash: z.string(),
    manifest_hash_before: z.string(),
    manifest_hash_after: z.string(),
    may_be_built: z.boolean(),
    delta: zModulesDelta,
    order: z.array(z.string()),
    along_installed: z.array(z.string()),
    along_uninstalled: z.array(z.string()),
    blockers: z.array(zProblem),
    warnings: z.array(zProblem),
    unverified: z.array(z.string()),
    modules: z.array(z.object({
        slug: z.string(),
        name: z.string(),
        version: z.string()
    })),
    manifest_text: z.string(),
    expected_seconds: z.nullable(z.number())
});

export const zRetentionReport = z.object({
    dry_run: z.boolean(),
    budget: z.object({
        days: z.number(),
        bytes: z.number(),
        releases: z.int().check(z.gte(-9007199254740991), z.lte(9007199254740991))
    }),
    free_bytes: z.number(),
    needed_bytes: z.number(),
    usage: z.array(z.object({
        kind: z.enum([
            'leftover',
            'artifact',
            'damaged_artifact',
            'unpacked',
            'build_cache',
            'download_cache',
            'application_log',
            'build_log',
            'idempotency_keys',
            'server_log'
        ]),
        count: z.int().check(z.gte(-9007199254740991), z.lte(9007199254740991)),
        bytes: z.number(),
        protected_bytes: z.number()
    })),
    removals: z.array(z.object({
        kind: z.enum([
            'leftover',
            'artifact',
            'damaged_artifact',
            'unpacked',
            'build_cache',
            'download_cache',
            'application_log',
            'build_log',
            'idempotency_keys',
            'server_log'
        ]),
        name: z.string(),
        bytes: z.number(),
        why: z.string()
    })),
    total_bytes: z.number()
});

export const zToken = z.object({
    id: z.string(),
    name: z.string(),
    preview: z.nullable(z.string()),
    state: z.enum([
        'active',
        'expired',
        'revoked',
        'suspended'
    ]),
    grants: z.array(zGrant),
    effective_grants: z.array(zGrant),
    person_id: z.nullable(z.string()),
    created_by: z.string(),
    made_with: z.nullable(z.string()),
    created_at: z.string(),
    last_used_at: z.nullable(z.string()),
    expires_at: z.nullable(z.string()),
    revoked_at: z.nullable(z.string())
});

export const zMadeToken = z.object({
    id: z.string(),
    name: z.string(),
    preview: z.nullable(z.string()),
    state: z.enum([
        'active',
        'expired',
        'revoked',
        'suspended'
    ]),
    grants: z.array(zGrant),
    effective_grants: z.array(zGrant),
    person_id: z.nullable(z.string()),
    created_by: z.string(),
    made_with: z.nullable(z.string()),
    created_at: z.string(),
    last_used_at: z.nullable(z.string()),
    expires_at: z.nullable(z.string()),
    revoked_at: z.nullable(z.string()),
    token: z.nullable(z.string())
});

export const zWebhook = z.object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    types: z.array(z.string()),
    environments: z.array(z.string()),
    enabled: z.boolean(),
    disabled_reason: z.nullable(z.string()),
    failing_since: z.nullable(z.string()),
    paused_until: z.nullable(z.string()),
    former_secret_until: z.nullable(z.string()),
    deliveries: z.object({
        pending: z.number(),
        delivered: z.number(),
        dead: z.number()
    }),
    created_by: z.string(),
    created_at: z.string(),
    updated_at: z.string()
});

export const zWebhookWithSecret = z.object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    types: z.array(z.string()),
    environments: z.array(z.string()),
    enabled: z.boolean(),
    disabled_reason: z.nullable(z.string()),
    failing_since: z.nullable(z.string()),
    paused_until: z.nullable(z.string()),
    former_secret_until: z.nullable(z.string()),
    deliveries: z.object({
        pending: z.number(),
        delivered: z.number(),
        dead: z.number()
    }),
    created_by: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    secret: z.nullable(z.string())
});

export const zWebhookDelivery = z.object({
    id: z.string(),
    webhook_id: z.string(),
    event_id: z.number(),
    type: z.string(),
    status: z.enum([
        'pending',
        'delivered',
        'dead'
    ]),
    attempts: z.number(),
    next_at: z.nullable(z.string()),
    created_at: z.string(),
    finished_at: z.nullable(z.string()),
    history: z.array(z.object({
        at: z.string(),
        duration_ms: z.number(),
        response_status: z.nullable(z.number()),
        response: z.nullable(z.string()),
        error: z.nullable(z.string())
    }))
});

/**
 * Default Response
 */
export const zGetHealthResponse = z.object({
    status: z.enum(['ok'])
});

/**
 * Default Response
 */
export const zGetReadinessResponse = z.object({
    status: z.enum(['ok'])
});

/**
 * Default Response
 */
export const zGetSignInStateResponse = z.object({
    set_up: z.boolean(),
    person: z.nullable(zPerson),
    session_id: z.nullable(z.string()),
    single_sign_on: z.nullable(z.object({
        name: z.string()
    }))
});

export const zSignInBody = z.object({
    email: z.string().check(z.maxLength(254)),
    password: z.string().check(z.minLength(1), z.maxLength(500))
});

/**
 * Default Response
 */
export const zSignInResponse = z.object({
    signed_in: z.boolean()
});

export const zSignOutBody = z.nullable(z.record(z.string(), z.never()));

/**
 * Default Response
 */
export const zSignOutResponse = z.object({
    signed_in: z.boolean()
});

export const zSetUpBody = z.object({
    token: z.string().check(z.minLength(1), z.maxLength(200)),
    email: z.string().check(z.maxLength(254)),
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    password: z.string().check(z.minLength(1), z.maxLength(500))
});

/**
 * Default Response
 */
export const zSetUpResponse = z.object({
    signed_in: z.boolean()
});

export const zReadLinkBody = z.object({
    token: z.string().check(z.minLength(1), z.maxLength(200))
});

/**
 * Default Response
 */
export const zReadLinkResponse = z.object({
    kind: z.enum([
        'setup',
        'invitation',
        'reset'
    ]),
    email: z.nullable(z.string()),
    name: z.nullable(z.string()),
    expires_at: z.string()
});

export const zSetPasswordBody = z.object({
    token: z.string().check(z.minLength(1), z.maxLength(200)),
    password: z.string().check(z.minLength(1), z.maxLength(500))
});

/**
 * Default Response
 */
export const zSetPasswordResponse = z.object({
    signed_in: z.boolean()
});

export const zStartSingleSignOnBody = z.nullable(z.record(z.string(), z.never()));

/**
 * Default Response
 */
export const zStartSingleSignOnResponse = z.object({
    url: z.string()
});

export const zFinishSingleSignOnQuery = z.object({
    code: z.optional(z.string().check(z.maxLength(4000))),
    state: z.optional(z.string().check(z.maxLength(4000))),
    error: z.optional(z.string().check(z.maxLength(1000)))
});

/**
 * The request was not carried out
 */
export const zFinishSingleSignOnResponse = zProblemDetails;

export const zPlanChangeBody = z.object({
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
    install: z._default(z.optional(z.array(z.union([z.string().check(z.minLength(1), z.maxLength(300)), z.object({
            slug: z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)),
            version: z.optional(z.string().check(z.minLength(1))),
            spec: z.optional(z.object({
                crate: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/))),
                package: z.optional(z.string().check(z.regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/))),
                source: z.enum([
                    'npm',
                    'crates-io',
                    'git',
                    'path'
                ]),
                version: z.optional(z.string().check(z.minLength(1))),
                git: z.optional(z.string().check(z.minLength(1))),
                rev: z.optional(z.string().check(z.minLength(1))),
                path: z.optional(z.string().check(z.minLength(1))),
                features: z.optional(z.array(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)))),
                required: z.optional(z.boolean()),
                depends_on: z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)))),
                runtime: z.optional(z.string().check(z.minLength(1)))
            }))
        })])).check(z.maxLength(500))), []),
    uninstall: z._default(z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/))).check(z.maxLength(500))), []),
    upgrade: z._default(z.optional(z.array(z.union([z.string().check(z.minLength(1), z.maxLength(300)), z.object({
            slug: z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)),
            version: z.optional(z.string().check(z.minLength(1))),
            rev: z.optional(z.string().check(z.minLength(1)))
        })])).check(z.maxLength(500))), []),
    modules: z.optional(z.record(z.string(), z.object({
        crate: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/))),
        package: z.optional(z.string().check(z.regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/))),
        source: z.enum([
            'npm',
            'crates-io',
            'git',
            'path'
        ]),
        version: z.optional(z.string().check(z.minLength(1))),
        git: z.optional(z.string().check(z.minLength(1))),
        rev: z.optional(z.string().check(z.minLength(1))),
        path: z.optional(z.string().check(z.minLength(1))),
        features: z.optional(z.array(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)))),
        required: z.optional(z.boolean()),
        depends_on: z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)))),
        runtime: z.optional(z.string().check(z.minLength(1)))
    }))),
    cascade: z._default(z.optional(z.boolean()), false)
});

export const zPlanChangeHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

/**
 * Default Response
 */
export const zPlanChangeResponse = zPlan;

export const zListBuildsQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    cursor: z.optional(z.string().check(z.maxLength(200))),
    status: z.optional(z.enum([
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ])),
    manifest_ref: z.optional(z.string().check(z.maxLength(200))),
    deploy_to: z.optional(z.string().check(z.maxLength(100)))
});

/**
 * Default Response
 */
export const zListBuildsResponse = z.object({
    builds: z.array(zBuild),
    next_cursor: z.nullable(z.string())
});

export const zRequestBuildBody = z.object({
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
    requested_by: z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[^\p{Cc}]+$/u))),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), ''),
    install: z._default(z.optional(z.array(z.union([z.string().check(z.minLength(1), z.maxLength(300)), z.object({
            slug: z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)),
            version: z.optional(z.string().check(z.minLength(1))),
            spec: z.optional(z.object({
                crate: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/))),
                package: z.optional(z.string().check(z.regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/))),
                source: z.enum([
                    'npm',
                    'crates-io',
                    'git',
                    'path'
                ]),
                version: z.optional(z.string().check(z.minLength(1))),
                git: z.optional(z.string().check(z.minLength(1))),
                rev: z.optional(z.string().check(z.minLength(1))),
                path: z.optional(z.string().check(z.minLength(1))),
                features: z.optional(z.array(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)))),
                required: z.optional(z.boolean()),
                depends_on: z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)))),
                runtime: z.optional(z.string().check(z.minLength(1)))
            }))
        })])).check(z.maxLength(500))), []),
    uninstall: z._default(z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/))).check(z.maxLength(500))), []),
    upgrade: z._default(z.optional(z.array(z.union([z.string().check(z.minLength(1), z.maxLength(300)), z.object({
            slug: z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)),
            version: z.optional(z.string().check(z.minLength(1))),
            rev: z.optional(z.string().check(z.minLength(1)))
        })])).check(z.maxLength(500))), []),
    modules: z.optional(z.record(z.string(), z.object({
        crate: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/))),
        package: z.optional(z.string().check(z.regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/))),
        source: z.enum([
            'npm',
            'crates-io',
            'git',
            'path'
        ]),
        version: z.optional(z.string().check(z.minLength(1))),
        git: z.optional(z.string().check(z.minLength(1))),
        rev: z.optional(z.string().check(z.minLength(1))),
        path: z.optional(z.string().check(z.minLength(1))),
        features: z.optional(z.array(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)))),
        required: z.optional(z.boolean()),
        depends_on: z.optional(z.array(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)))),
        runtime: z.optional(z.string().check(z.minLength(1)))
    }))),
    cascade: z._default(z.optional(z.boolean()), false),
    plan_hash: z.optional(z.string().check(z.maxLength(100))),
    deploy_to: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
    force: z._default(z.optional(z.boolean()), false)
});

export const zRequestBuildHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

/**
 * Default Response
 */
export const zRequestBuildResponse = zBuildRequested;

export const zGetBuildPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zGetBuildResponse = zBuild;

export const zVerifyBuildBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zVerifyBuildHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zVerifyBuildPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zVerifyBuildResponse = zBuildRequested;

export const zCancelBuildBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zCancelBuildHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zCancelBuildPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zCancelBuildResponse = zBuild;

export const zReadBuildLogPath = z.object({
    id: z.string().check(z.maxLength(100))
});

export const zReadBuildLogQuery = z.object({
    after: z._default(z.optional(z.int().check(z.gte(0), z.lte(9007199254740991))), 0),
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(5000))), 1000)
});

/**
 * Default Response
 */
export const zReadBuildLogResponse = z.object({
    lines: z.array(zLogLine),
    next_after: z.number(),
    complete: z.boolean()
});

export const zListLeasesQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 200),
    cursor: z.optional(z.string().check(z.maxLength(200)))
});

/**
 * Default Response
 */
export const zListLeasesResponse = z.object({
    leases: z.array(zLease),
    next_cursor: z.nullable(z.string())
});

export const zTakeOverLeaseBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zTakeOverLeaseHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zTakeOverLeasePath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zTakeOverLeaseResponse = z.object({
    leases: z.array(zLease),
    next_cursor: z.nullable(z.string())
});

export const zDeployBuildBody = z.object({
    environment: z.string().check(z.minLength(1), z.maxLength(100)),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zDeployBuildHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zDeployBuildPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zDeployBuildResponse = zDeploymentRequested;

export const zRollBackBuildBody = z.nullable(z.object({
    target_release: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
    environment: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zRollBackBuildHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zRollBackBuildPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zRollBackBuildResponse = zDeploymentRequested;

export const zRollBackEnvironmentBody = z.nullable(z.object({
    target_release: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zRollBackEnvironmentHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zRollBackEnvironmentPath = z.object({
    name: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zRollBackEnvironmentResponse = zDeploymentRequested;

export const zGetDeploymentPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zGetDeploymentResponse = zDeploymentDetails;

export const zListDeploymentsQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    cursor: z.optional(z.string().check(z.maxLength(200))),
    environment: z.optional(z.string().check(z.maxLength(100))),
    build_id: z.optional(z.string().check(z.maxLength(100))),
    status: z.optional(z.enum([
        'waiting_approval',
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]))
});

/**
 * Default Response
 */
export const zListDeploymentsResponse = z.object({
    deployments: z.array(zDeployment),
    next_cursor: z.nullable(z.string())
});

export const zApproveDeploymentBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), ''),
    accept_stale: z._default(z.optional(z.boolean()), false)
}));

export const zApproveDeploymentHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zApproveDeploymentPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zApproveDeploymentResponse = zDeployment;

export const zRejectDeploymentBody = z.object({
    reason: z.string().check(z.minLength(1), z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))
});

export const zRejectDeploymentHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zRejectDeploymentPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zRejectDeploymentResponse = zDeployment;

export const zWithdrawDeploymentBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zWithdrawDeploymentHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zWithdrawDeploymentPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zWithdrawDeploymentResponse = zDeployment;

export const zListReleasesQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    cursor: z.optional(z.string().check(z.maxLength(200))),
    environment: z.optional(z.string().check(z.maxLength(100)))
});

/**
 * Default Response
 */
export const zListReleasesResponse = z.object({
    releases: z.array(zRelease),
    next_cursor: z.nullable(z.string())
});

export const zGetReleasePath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zGetReleaseResponse = zRelease;

export const zCompareReleasesPath = z.object({
    id: z.string().check(z.maxLength(100)),
    other: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zCompareReleasesResponse = z.object({
    from: z.string(),
    to: z.string(),
    commits: z.object({
        from: z.nullable(z.string()),
        to: z.nullable(z.string())
    }),
    locked: z.nullable(z.array(z.object({
        name: z.string(),
        from: z.array(z.string()),
        to: z.array(z.string())
    })))
});

export const zListEnvironmentsQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 200),
    cursor: z.optional(z.string().check(z.maxLength(200)))
});

/**
 * Default Response
 */
export const zListEnvironmentsResponse = z.object({
    environments: z.array(zEnvironment),
    next_cursor: z.nullable(z.string())
});

export const zGetEnvironmentPath = z.object({
    name: z.string().check(z.maxLength(100))
});

export const zGetEnvironmentQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 20),
    cursor: z.optional(z.string().check(z.maxLength(200)))
});

/**
 * Default Response
 */
export const zGetEnvironmentResponse = zEnvironmentDetails;

export const zGetEnvironmentSettingsPath = z.object({
    name: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zGetEnvironmentSettingsResponse = zEnvironmentSettings;

export const zChangeEnvironmentSettingsBody = z.object({
    approval_required: z.boolean(),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zChangeEnvironmentSettingsPath = z.object({
    name: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zChangeEnvironmentSettingsResponse = zEnvironmentSettings;

export const zGetEnvironmentHealthPath = z.object({
    name: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zGetEnvironmentHealthResponse = zEnvironmentHealth;

export const zGetManifestQuery = z.object({
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200)))
});

/**
 * Default Response
 */
export const zGetManifestResponse = zManifest;

export const zListCatalogQuery = z.object({
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(1000))), 200),
    cursor: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/)))
});

/**
 * Default Response
 */
export const zListCatalogResponse = z.object({
    entries: z.array(zCatalogEntry),
    problems: z.array(zProblem),
    next_cursor: z.nullable(z.string())
});

export const zListModulesQuery = z.object({
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200)))
});

/**
 * Default Response
 */
export const zListModulesResponse = z.object({
    manifest_hash: z.string(),
    modules: z.array(zRegisteredModule),
    blockers: z.array(zProblem),
    warnings: z.array(zProblem)
});

export const zGetModulePath = z.object({
    slug: z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/))
});

export const zGetModuleQuery = z.object({
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200)))
});

/**
 * Default Response
 */
export const zGetModuleResponse = zModuleDetails;

export const zLookUpModuleBody = z.object({
    source: z.enum([
        'registry',
        'git',
        'path'
    ]),
    package: z.optional(z.union([
        z.string().check(z.regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/)),
        z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/))
    ])),
    slug: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9_-]*$/))),
    version: z.optional(z.string().check(z.minLength(1))),
    git: z.optional(z.string().check(z.minLength(1))),
    rev: z.optional(z.string().check(z.minLength(1))),
    path: z.optional(z.string().check(z.minLength(1)))
});

export const zLookUpModuleHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

/**
 * Default Response
 */
export const zLookUpModuleResponse = zFoundModule;

export const zSearchRegistryQuery = z.object({
    q: z.string().check(z.minLength(2), z.maxLength(100), z.regex(/^[^\p{Cc}]+$/u))
});

/**
 * Default Response
 */
export const zSearchRegistryResponse = z.object({
    source: z.enum(['npm', 'crates-io']),
    packages: z.array(z.object({
        name: z.string(),
        version: z.string(),
        description: z.string(),
        keywords: z.array(z.string()),
        published_at: z.nullable(z.string())
    })),
    problem: z.nullable(zProblem)
});

export const zCheckModulesQuery = z.object({
    slugs: z.string().check(z.maxLength(10000)),
    since: z.optional(z.iso.datetime().check(z.regex(/^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z))$/))),
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200)))
});

/**
 * Default Response
 */
export const zCheckModulesResponse = z.object({
    host_version: z.nullable(z.string()),
    checks: z.array(z.object({
        slug: z.string(),
        description: z.nullable(z.string()),
        version: z.nullable(z.string()),
        newest: z.nullable(z.string()),
        update_available: z.boolean(),
        compat_server: z.nullable(z.string()),
        compatible: z.nullable(z.boolean()),
        conflicts_with: z.array(z.string())
    })),
    complete: z.boolean()
});

export const zListManifestChangesQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(100))), 25),
    cursor: z.optional(z.string().check(z.maxLength(200))),
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200)))
});

/**
 * Default Response
 */
export const zListManifestChangesResponse = z.object({
    changes: z.array(z.object({
        commit: z.string(),
        author: z.string(),
        at: z.string(),
        title: z.string(),
        reason: z.string(),
        build_id: z.nullable(z.string()),
        requested_by: z.array(z.string()),
        diff: z.array(z.string())
    })),
    next_cursor: z.nullable(z.string())
});

export const zGetManifestVersionPath = z.object({
    commit: z.string().check(z.regex(/^[0-9a-f]{40,64}$/))
});

export const zGetManifestVersionQuery = z.object({
    manifest_ref: z.optional(z.string().check(z.minLength(1), z.maxLength(200)))
});

/**
 * Default Response
 */
export const zGetManifestVersionResponse = z.object({
    commit: z.string(),
    text: z.string()
});

export const zListEventsQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(1000))), 100),
    cursor: z.optional(z.int().check(z.gte(1), z.lte(9007199254740991))),
    subject: z.optional(z.string().check(z.maxLength(200))),
    types: z.optional(z.string().check(z.maxLength(2000))),
    actor: z.optional(z.string().check(z.maxLength(200))),
    action: z.optional(z.string().check(z.maxLength(100))),
    environment: z.optional(z.string().check(z.maxLength(100))),
    request_id: z.optional(z.string().check(z.maxLength(200))),
    since: z.optional(z.iso.datetime().check(z.regex(/^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$/))),
    until: z.optional(z.iso.datetime().check(z.regex(/^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$/))),
    q: z.optional(z.string().check(z.maxLength(200))),
    after: z.optional(z.int().check(z.gte(0), z.lte(9007199254740991)))
});

/**
 * Default Response
 */
export const zListEventsResponse = z.object({
    events: z.array(zJournalEntry),
    next_cursor: z.nullable(z.string())
});

/**
 * Default Response
 */
export const zGetJournalVerificationResponse = zJournalVerification;

/**
 * Default Response
 */
export const zVerifyJournalResponse = z.object({
    fits: z.boolean(),
    checked: z.number(),
    head: z.object({
        position: z.number(),
        hash: z.string()
    }),
    problems: z.array(zProblem),
    more: z.boolean()
});

export const zListJournalChainQuery = z.object({
    after: z._default(z.optional(z.int().check(z.gte(0), z.lte(9007199254740991))), 0),
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(5000))), 1000)
});

/**
 * Default Response
 */
export const zListJournalChainResponse = z.object({
    links: z.array(z.object({
        position: z.number(),
        hash: z.string(),
        entry_id: z.number(),
        previous_hash: z.string(),
        entry: z.nullable(z.object({
            id: z.number(),
            at: z.string(),
            actor: z.string(),
            action: z.string(),
            subject_type: z.string(),
            subject_id: z.string(),
            reason: z.string(),
            details: z.string(),
            principal_kind: z.nullable(z.string()),
            principal_id: z.nullable(z.string()),
            principal_name: z.nullable(z.string()),
            address: z.nullable(z.string()),
            request_id: z.nullable(z.string()),
            asked: z.nullable(z.string())
        }))
    }))
});

/**
 * Default Response
 */
export const zPreviewRetentionResponse = zRetentionReport;

export const zRunRetentionBody = z.nullable(z.object({
    dry_run: z._default(z.optional(z.boolean()), false),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zRunRetentionHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

/**
 * Default Response
 */
export const zRunRetentionResponse = zRetentionReport;

/**
 * Default Response
 */
export const zGetSettingsResponse = z.object({
    version: z.string(),
    settings: z.array(z.object({
        name: z.string(),
        value: z.string()
    })),
    catalogs: z.array(z.object({
        address: z.string(),
        modules: z.nullable(z.int().check(z.gte(-9007199254740991), z.lte(9007199254740991)))
    })),
    problems: z.array(zProblem)
});

export const zListWebhooksQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    cursor: z.optional(z.string().check(z.maxLength(200)))
});

/**
 * Default Response
 */
export const zListWebhooksResponse = z.object({
    webhooks: z.array(zWebhook),
    next_cursor: z.nullable(z.string())
});

export const zCreateWebhookBody = z.object({
    url: z.string().check(z.minLength(1), z.maxLength(2000)),
    description: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), ''),
    types: z._default(z.optional(z.array(z.enum([
        'BuildRequested',
        'BuildJoined',
        'BuildFolded',
        'BuildUnfolded',
        'BuildStarted',
        'BuildTakenOver',
        'BuildStepRetried',
        'BuildCompleted',
        'BuildFailed',
        'BuildCancelRequested',
        'BuildCancelled',
        'CompositionLanded',
        'CompositionTakenBack',
        'CompositionKept',
        'ReleaseCreated',
        'ReleaseActivated',
        'ReleaseSuperseded',
        'RolledBack',
        'ReleaseFailed',
        'ReleaseRestarted',
        'LeaseTakenOver',
        'DeploymentRequested',
        'ApprovalNeeded',
        'DeploymentApproved',
        'DeploymentRejected',
        'DeploymentWithdrawn',
        'ApprovalExpired',
        'DeploymentStarted',
        'DeploymentTakenOver',
        'DeploymentCompleted',
        'DeploymentFailed',
        'EnvironmentRestored',
        'EnvironmentNotRestored',
        'EnvironmentTakenOver',
        'EnvironmentSettingsChanged',
        'RetentionRemoved',
        'TokenCreated',
        'TokenRevoked',
        'TokenGrantsChanged',
        'PersonGrantsChanged',
        'PersonInvited',
        'PersonJoined',
        'PersonChanged',
        'PersonDisabled',
        'PersonEnabled',
        'PersonResetLinkMade',
        'PersonPasswordChanged',
        'PersonSignedIn',
        'PersonSessionEnded',
        'WebhookCreated',
        'WebhookChanged',
        'WebhookDeleted',
        'WebhookSecretRotated',
        'WebhookTested',
        'WebhookResent',
        'WebhookDisabled'
    ])).check(z.maxLength(100))), []),
    environments: z._default(z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(100))).check(z.maxLength(100))), []),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zCreateWebhookHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

/**
 * Default Response
 */
export const zCreateWebhookResponse = zWebhookWithSecret;

export const zDeleteWebhookPath = z.object({
    id: z.string().check(z.maxLength(100))
});

export const zDeleteWebhookQuery = z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

/**
 * Default Response
 */
export const zDeleteWebhookResponse = zWebhook;

export const zGetWebhookPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zGetWebhookResponse = zWebhook;

export const zChangeWebhookBody = z.object({
    url: z.optional(z.string().check(z.minLength(1), z.maxLength(2000))),
    description: z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))),
    types: z.optional(z.array(z.enum([
        'BuildRequested',
        'BuildJoined',
        'BuildFolded',
        'BuildUnfolded',
        'BuildStarted',
        'BuildTakenOver',
        'BuildStepRetried',
        'BuildCompleted',
        'BuildFailed',
        'BuildCancelRequested',
        'BuildCancelled',
        'CompositionLanded',
        'CompositionTakenBack',
        'CompositionKept',
        'ReleaseCreated',
        'ReleaseActivated',
        'ReleaseSuperseded',
        'RolledBack',
        'ReleaseFailed',
        'ReleaseRestarted',
        'LeaseTakenOver',
        'DeploymentRequested',
        'ApprovalNeeded',
        'DeploymentApproved',
        'DeploymentRejected',
        'DeploymentWithdrawn',
        'ApprovalExpired',
        'DeploymentStarted',
        'DeploymentTakenOver',
        'DeploymentCompleted',
        'DeploymentFailed',
        'EnvironmentRestored',
        'EnvironmentNotRestored',
        'EnvironmentTakenOver',
        'EnvironmentSettingsChanged',
        'RetentionRemoved',
        'TokenCreated',
        'TokenRevoked',
        'TokenGrantsChanged',
        'PersonGrantsChanged',
        'PersonInvited',
        'PersonJoined',
        'PersonChanged',
        'PersonDisabled',
        'PersonEnabled',
        'PersonResetLinkMade',
        'PersonPasswordChanged',
        'PersonSignedIn',
        'PersonSessionEnded',
        'WebhookCreated',
        'WebhookChanged',
        'WebhookDeleted',
        'WebhookSecretRotated',
        'WebhookTested',
        'WebhookResent',
        'WebhookDisabled'
    ])).check(z.maxLength(100))),
    environments: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(100))).check(z.maxLength(100))),
    enabled: z.optional(z.boolean()),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zChangeWebhookPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zChangeWebhookResponse = zWebhook;

export const zRotateWebhookSecretBody = z.nullable(z.object({
    overlap_hours: z._default(z.optional(z.number().check(z.gte(0), z.lte(168))), 24),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zRotateWebhookSecretHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zRotateWebhookSecretPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zRotateWebhookSecretResponse = zWebhookWithSecret;

export const zTestWebhookBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zTestWebhookHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zTestWebhookPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zTestWebhookResponse = zWebhookDelivery;

export const zListWebhookDeliveriesPath = z.object({
    id: z.string().check(z.maxLength(100))
});

export const zListWebhookDeliveriesQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    cursor: z.optional(z.string().check(z.maxLength(200))),
    status: z.optional(z.enum([
        'pending',
        'delivered',
        'dead'
    ]))
});

/**
 * Default Response
 */
export const zListWebhookDeliveriesResponse = z.object({
    deliveries: z.array(zWebhookDelivery),
    next_cursor: z.nullable(z.string())
});

export const zResendWebhookDeliveryBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zResendWebhookDeliveryHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zResendWebhookDeliveryPath = z.object({
    id: z.string().check(z.maxLength(100)),
    delivery: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zResendWebhookDeliveryResponse = z.object({
    resent: z.number()
});

export const zResendDeadWebhookDeliveriesBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zResendDeadWebhookDeliveriesHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zResendDeadWebhookDeliveriesPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zResendDeadWebhookDeliveriesResponse = z.object({
    resent: z.number()
});

/**
 * Default Response
 */
export const zGetMeResponse = zMe;

/**
 * Default Response
 */
export const zListPermissionsResponse = z.object({
    roles: z.array(z.enum([
        'viewer',
        'operator',
        'administrator',
        'owner'
    ])),
    permissions: z.array(z.object({
        name: z.enum([
            'read',
            'self.manage',
            'build.request',
            'build.cancel',
            'deployment.request',
            'deployment.rollback',
            'deployment.approve',
            'lease.take_over',
            'retention.run',
            'people.read',
            'people.manage',
            'tokens.manage',
            'settings.read',
            'settings.manage'
        ]),
        scope: z.enum(['environment', 'installation']),
        allows: z.string(),
        roles: z.array(z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ]))
    }))
});

export const zListTokensQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    cursor: z.optional(z.string().check(z.maxLength(200))),
    person_id: z.optional(z.string().check(z.maxLength(100)))
});

/**
 * Default Response
 */
export const zListTokensResponse = z.object({
    tokens: z.array(zToken),
    next_cursor: z.nullable(z.string())
});

export const zCreateTokenBody = z.object({
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    grants: z.array(z.object({
        environment: z._default(z.nullish(z.string().check(z.minLength(1), z.maxLength(100))), null),
        role: z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ])
    })).check(z.minLength(1), z.maxLength(50)),
    expires_at: z.optional(z.iso.datetime().check(z.regex(/^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$/))),
    expires_in_days: z.optional(z.int().check(z.gte(1), z.lte(3650))),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zCreateTokenHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

/**
 * Default Response
 */
export const zCreateTokenResponse = zMadeToken;

export const zRevokeTokenPath = z.object({
    id: z.string().check(z.maxLength(100))
});

export const zRevokeTokenQuery = z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

/**
 * Default Response
 */
export const zRevokeTokenResponse = z.object({
    revoked: z.array(z.string())
});

export const zGetTokenPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zGetTokenResponse = zToken;

export const zSetTokenGrantsBody = z.object({
    grants: z.array(z.object({
        environment: z._default(z.nullish(z.string().check(z.minLength(1), z.maxLength(100))), null),
        role: z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ])
    })).check(z.maxLength(50)),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zSetTokenGrantsPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zSetTokenGrantsResponse = zToken;

export const zListPeopleQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    cursor: z.optional(z.string().check(z.maxLength(200)))
});

/**
 * Default Response
 */
export const zListPeopleResponse = z.object({
    people: z.array(zPerson),
    next_cursor: z.nullable(z.string())
});

export const zInvitePersonBody = z.object({
    email: z.string().check(z.maxLength(254)),
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    grants: z._default(z.optional(z.array(z.object({
        environment: z._default(z.nullish(z.string().check(z.minLength(1), z.maxLength(100))), null),
        role: z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ])
    })).check(z.maxLength(50))), []),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zInvitePersonHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

/**
 * Default Response
 */
export const zInvitePersonResponse = zPersonLink;

export const zGetPersonPath = z.object({
    id: z.string().check(z.maxLength(320))
});

/**
 * Default Response
 */
export const zGetPersonResponse = zPerson;

export const zChangePersonBody = z.object({
    name: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
    disabled: z.optional(z.boolean()),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zChangePersonPath = z.object({
    id: z.string().check(z.maxLength(320))
});

/**
 * Default Response
 */
export const zChangePersonResponse = zPerson;

export const zRenewPersonLinkBody = z.nullable(z.object({
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
}));

export const zRenewPersonLinkHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

export const zRenewPersonLinkPath = z.object({
    id: z.string().check(z.maxLength(320))
});

/**
 * Default Response
 */
export const zRenewPersonLinkResponse = zPersonLink;

export const zListSessionsQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 200),
    cursor: z.optional(z.string().check(z.maxLength(200)))
});

/**
 * Default Response
 */
export const zListSessionsResponse = z.object({
    sessions: z.array(zSession),
    next_cursor: z.nullable(z.string())
});

export const zEndSessionPath = z.object({
    id: z.string().check(z.maxLength(100))
});

/**
 * Default Response
 */
export const zEndSessionResponse = z.object({
    sessions: z.array(zSession),
    next_cursor: z.nullable(z.string())
});

export const zChangePasswordBody = z.object({
    current_password: z.string().check(z.minLength(1), z.maxLength(500)),
    new_password: z.string().check(z.minLength(1), z.maxLength(500))
});

export const zChangePasswordHeaders = z.object({
    'Idempotency-Key': z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[!-~]*$/)))
});

/**
 * Default Response
 */
export const zChangePasswordResponse = z.object({
    sessions_ended: z.int().check(z.gte(-9007199254740991), z.lte(9007199254740991))
});

export const zSetPersonGrantsBody = z.object({
    grants: z.array(z.object({
        environment: z._default(z.nullish(z.string().check(z.minLength(1), z.maxLength(100))), null),
        role: z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ])
    })).check(z.maxLength(50)),
    reason: z._default(z.optional(z.string().check(z.maxLength(1000), z.regex(/^[^\p{Cc}]*$/u))), '')
});

export const zSetPersonGrantsPath = z.object({
    id: z.string().check(z.maxLength(320))
});

/**
 * Default Response
 */
export const zSetPersonGrantsResponse = z.object({
    person_id: z.string(),
    name: z.string(),
    grants: z.array(zGrant)
});

/**
 * Metrics in Prometheus' text format
 */
export const zGetMetricsResponse = z.string();

export const zGraphqlSubscribeQuery = z.object({
    query: z.string().check(z.minLength(1), z.maxLength(100000)),
    variables: z.optional(z.string().check(z.maxLength(50000))),
    operationName: z.optional(z.string().check(z.maxLength(200))),
    extensions: z.optional(z.string().check(z.maxLength(10000)))
});

/**
 * Default Response
 */
export const zGraphqlSubscribeResponse = z.object({
    data: z.optional(z.unknown()),
    errors: z.optional(z.array(z.object({
        message: z.string(),
        extensions: z.object({
            code: z.string(),
            title: z.string(),
            hint: z.string()
        })
    })))
});

export const zGraphqlBody = z.object({
    query: z.string().check(z.minLength(1), z.maxLength(100000)),
    variables: z.nullish(z.record(z.string(), z.unknown())),
    operationName: z.nullish(z.string().check(z.maxLength(200))),
    extensions: z.nullish(z.record(z.string(), z.unknown()))
});

/**
 * Default Response
 */
export const zGraphqlResponse = z.object({
    data: z.optional(z.unknown()),
    errors: z.optional(z.array(z.object({
        message: z.string(),
        extensions: z.object({
            code: z.string(),
            title: z.string(),
            hint: z.string()
        })
    })))
});
