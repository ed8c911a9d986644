// Generated from Modyard's OpenAPI description by `node scripts/write-client.ts`. Do not edit.
// @ts-nocheck

import * as z from 'zod';

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
        keys: z.array(z.string()).optional()
    }))
});

export const zProblem = z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string(),
    module: z.string().optional(),
    path: z.string().optional()
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
    container_image: z.string().nullable(),
    artifact_digest: z.string(),
    manifest_hash: z.string(),
    source_commit: z.string(),
    modules: z.array(z.object({
        slug: z.string(),
        name: z.string(),
        version: z.string()
    })),
    previous_release_id: z.string().nullable(),
    created_at: z.string(),
    deployed_at: z.string().nullable(),
    rolled_back_at: z.string().nullable(),
    updated_at: z.string(),
    rollback: z.object({
        allowed: z.boolean(),
        reasons: z.array(zProblem)
    }).optional()
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
    from_release_id: z.string().nullable(),
    steps: z.array(z.object({
        name: z.string(),
        status: z.string(),
        started_at: z.string(),
        finished_at: z.string().optional()
    })),
    requested_by: z.string(),
    reason: z.string(),
    error: zFailure.nullable(),
    approval: z.object({
        asked_by: z.array(z.string()),
        outcome: z.enum([
            'approved',
            'rejected',
            'withdrawn',
            'expired'
        ]).nullable(),
        decided_by: z.string().nullable(),
        decided_at: z.string().nullable(),
        reason: z.string(),
        branch: z.enum([
            'pending',
            'taken_back',
            'kept'
        ]).nullable()
    }).nullable(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
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
    from_release_id: z.string().nullable(),
    steps: z.array(z.object({
        name: z.string(),
        status: z.string(),
        started_at: z.string(),
        finished_at: z.string().optional()
    })),
    requested_by: z.string(),
    reason: z.string(),
    error: zFailure.nullable(),
    approval: z.object({
        asked_by: z.array(z.string()),
        outcome: z.enum([
            'approved',
            'rejected',
            'withdrawn',
            'expired'
        ]).nullable(),
        decided_by: z.string().nullable(),
        decided_at: z.string().nullable(),
        reason: z.string(),
        branch: z.enum([
            'pending',
            'taken_back',
            'kept'
        ]).nullable()
    }).nullable(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    brings: zModulesDelta.nullable(),
    stale: z.string().nullable()
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
    progress: z.int().gte(-9007199254740991).lte(9007199254740991),
    profile: z.string(),
    manifest_ref: z.string(),
    manifest_hash: z.string(),
    build_key: z.string().nullable(),
    source_commit: z.string().nullable(),
    result_commit: z.string().nullable(),
    modules_delta: zModulesDelta,
    requested_by: z.string(),
    reason: z.string(),
    deploy_to: z.string().nullable(),
    release_id: z.string().nullable(),
    artifact_digest: z.string().nullable(),
    artifact_bytes: z.number().nullable(),
    logs_url: z.string(),
    error: zFailure.nullable(),
    attempt: z.int().gte(-9007199254740991).lte(9007199254740991),
    holder: z.string().nullable(),
    steps: z.array(z.object({
        name: z.string(),
        status: z.string(),
        started_at: z.string().nullable(),
        finished_at: z.string().nullable()
    })).optional(),
    modules: z.array(z.object({
        slug: z.string(),
        name: z.string(),
        version: z.string()
    })).optional(),
    cancel_requested_by: z.string().nullable(),
    unfolded_from: z.string().nullable(),
    expected_seconds: z.number().nullish(),
    requests: z.array(z.object({
        requested_by: z.string(),
        reason: z.string(),
        change: z.unknown(),
        created_at: z.string().nullable()
    })).optional(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
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
    deployment_id: z.string().optional(),
    deployment_status: z.enum([
        'waiting_approval',
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]).optional(),
    release_id: z.string().optional(),
    error: zFailure.nullish()
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
    release_id: z.string().nullable(),
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
        message: z.string().nullable()
    })),
    problems: z.array(zProblem)
});

export const zEnvironmentSettings = z.object({
    environment: z.string(),
    approval_required: z.boolean(),
    approval_days: z.number(),
    changed_by: z.string().nullable(),
    changed_at: z.string().nullable()
});

export const zEnvironment = z.object({
    name: z.string(),
    target: z.string(),
    url: z.string().nullable(),
    active_release: zRelease.nullable(),
    observed: z.unknown(),
    deployment: zDeployment.nullable(),
    protected: z.boolean(),
    waiting: z.array(zDeployment)
});

export const zEnvironmentDetails = z.object({
    name: z.string(),
    target: z.string(),
    url: z.string().nullable(),
    active_release: zRelease.nullable(),
    observed: z.unknown(),
    deployment: zDeployment.nullable(),
    protected: z.boolean(),
    waiting: z.array(zDeployment),
    releases: z.array(zRelease),
    next_cursor: z.string().nullable()
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
    origin: z.object({
        request_id: z.string().nullable(),
        address: z.string().nullable(),
        principal: z.object({
            kind: z.string(),
            id: z.string(),
            name: z.string()
        }).nullable(),
        asked: z.unknown()
    }).nullable()
});

export const zJournalVerification = z.object({
    head: z.object({
        position: z.number(),
        hash: z.string()
    }).nullable(),
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
    holder: z.string().nullable(),
    token: z.int().gte(-9007199254740991).lte(9007199254740991),
    step: z.string().nullable(),
    attempt: z.int().gte(-9007199254740991).lte(9007199254740991),
    taken_at: z.string().nullable(),
    expires_at: z.string().nullable(),
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
    environment: z.string().nullable(),
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
    person_id: z.string().nullable(),
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
    invited_by: z.string().nullable(),
    joined_at: z.string().nullable(),
    disabled_at: z.string().nullable(),
    created_at: z.string()
});

export const zPersonLink = z.object({
    person: zPerson,
    link: z.string().nullable(),
    expires_at: z.string()
});

export const zSession = z.object({
    id: z.string(),
    current: z.boolean(),
    address: z.string().nullable(),
    agent: z.string().nullable(),
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
    installed_version: z.string().nullable(),
    version: z.string().nullable(),
    versions: z.array(z.string()),
    spec: z.record(z.string(), z.unknown()),
    dependencies: z.record(z.string(), z.string()),
    conflicts: z.record(z.string(), z.string()),
    compat_server: z.string().nullable(),
    settings: z.array(z.object({
        key: z.string(),
        type: z.string(),
        description: z.string().optional(),
        required: z.boolean()
    })),
    migration_policy: z.enum([
        'expand',
        'contract',
        'irreversible'
    ]).nullable(),
    licence: z.string().nullable(),
    homepage: z.string().nullable(),
    readme: z.string().nullable(),
    problem: zProblem.nullable()
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
    expected_seconds: z.number().nullable()
});

export const zRetentionReport = z.object({
    dry_run: z.boolean(),
    budget: z.object({
        days: z.number(),
        bytes: z.number(),
        releases: z.int().gte(-9007199254740991).lte(9007199254740991)
    }),
    free_bytes: z.number(),
    needed_bytes: z.number(),
    usage: z.array(z.object({
        kind: z.enum([
            'leftover',
            'artifact',
            'unpacked',
            'build_cache',
            'download_cache',
            'application_log',
            'build_log',
            'idempotency_keys',
            'server_log'
        ]),
        count: z.int().gte(-9007199254740991).lte(9007199254740991),
        bytes: z.number(),
        protected_bytes: z.number()
    })),
    removals: z.array(z.object({
        kind: z.enum([
            'leftover',
            'artifact',
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
    preview: z.string().nullable(),
    state: z.enum([
        'active',
        'expired',
        'revoked',
        'suspended'
    ]),
    grants: z.array(zGrant),
    effective_grants: z.array(zGrant),
    person_id: z.string().nullable(),
    created_by: z.string(),
    made_with: z.string().nullable(),
    created_at: z.string(),
    last_used_at: z.string().nullable(),
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable()
});

export const zMadeToken = z.object({
    id: z.string(),
    name: z.string(),
    preview: z.string().nullable(),
    state: z.enum([
        'active',
        'expired',
        'revoked',
        'suspended'
    ]),
    grants: z.array(zGrant),
    effective_grants: z.array(zGrant),
    person_id: z.string().nullable(),
    created_by: z.string(),
    made_with: z.string().nullable(),
    created_at: z.string(),
    last_used_at: z.string().nullable(),
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
    token: z.string().nullable()
});

export const zWebhook = z.object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    types: z.array(z.string()),
    environments: z.array(z.string()),
    enabled: z.boolean(),
    disabled_reason: z.string().nullable(),
    failing_since: z.string().nullable(),
    paused_until: z.string().nullable(),
    former_secret_until: z.string().nullable(),
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
    disabled_reason: z.string().nullable(),
    failing_since: z.string().nullable(),
    paused_until: z.string().nullable(),
    former_secret_until: z.string().nullable(),
    deliveries: z.object({
        pending: z.number(),
        delivered: z.number(),
        dead: z.number()
    }),
    created_by: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    secret: z.string().nullable()
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
    next_at: z.string().nullable(),
    created_at: z.string(),
    finished_at: z.string().nullable(),
    history: z.array(z.object({
        at: z.string(),
        duration_ms: z.number(),
        response_status: z.number().nullable(),
        response: z.string().nullable(),
        error: z.string().nullable()
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
    person: zPerson.nullable(),
    session_id: z.string().nullable(),
    single_sign_on: z.object({
        name: z.string()
    }).nullable()
});

export const zSignInBody = z.object({
    email: z.string().max(254),
    password: z.string().min(1).max(500)
});

/**
 * Default Response
 */
export const zSignInResponse = z.object({
    signed_in: z.boolean()
});

export const zSignOutBody = z.record(z.string(), z.never()).nullable();

/**
 * Default Response
 */
export const zSignOutResponse = z.object({
    signed_in: z.boolean()
});

export const zSetUpBody = z.object({
    token: z.string().min(1).max(200),
    email: z.string().max(254),
    name: z.string().min(1).max(100),
    password: z.string().min(1).max(500)
});

/**
 * Default Response
 */
export const zSetUpResponse = z.object({
    signed_in: z.boolean()
});

export const zReadLinkBody = z.object({
    token: z.string().min(1).max(200)
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
    email: z.string().nullable(),
    name: z.string().nullable(),
    expires_at: z.string()
});

export const zSetPasswordBody = z.object({
    token: z.string().min(1).max(200),
    password: z.string().min(1).max(500)
});

/**
 * Default Response
 */
export const zSetPasswordResponse = z.object({
    signed_in: z.boolean()
});

export const zStartSingleSignOnBody = z.record(z.string(), z.never()).nullable();

/**
 * Default Response
 */
export const zStartSingleSignOnResponse = z.object({
    url: z.string()
});

export const zFinishSingleSignOnQuery = z.object({
    code: z.string().max(4000).optional(),
    state: z.string().max(4000).optional(),
    error: z.string().max(1000).optional()
});

/**
 * The request was not carried out
 */
export const zFinishSingleSignOnResponse = zProblemDetails;

export const zPlanChangeBody = z.object({
    manifest_ref: z.string().min(1).max(200).optional(),
    install: z.array(z.union([z.string().min(1).max(300), z.object({
            slug: z.string().regex(/^[a-z][a-z0-9_-]*$/),
            version: z.string().min(1).optional(),
            spec: z.object({
                crate: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/).optional(),
                package: z.string().regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/).optional(),
                source: z.enum([
                    'npm',
                    'crates-io',
                    'git',
                    'path'
                ]),
                version: z.string().min(1).optional(),
                git: z.string().min(1).optional(),
                rev: z.string().min(1).optional(),
                path: z.string().min(1).optional(),
                features: z.array(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)).optional(),
                required: z.boolean().optional(),
                depends_on: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).optional(),
                runtime: z.string().min(1).optional()
            }).optional()
        })])).max(500).optional().default([]),
    uninstall: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).max(500).optional().default([]),
    upgrade: z.array(z.union([z.string().min(1).max(300), z.object({
            slug: z.string().regex(/^[a-z][a-z0-9_-]*$/),
            version: z.string().min(1).optional(),
            rev: z.string().min(1).optional()
        })])).max(500).optional().default([]),
    modules: z.record(z.string(), z.object({
        crate: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/).optional(),
        package: z.string().regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/).optional(),
        source: z.enum([
            'npm',
            'crates-io',
            'git',
            'path'
        ]),
        version: z.string().min(1).optional(),
        git: z.string().min(1).optional(),
        rev: z.string().min(1).optional(),
        path: z.string().min(1).optional(),
        features: z.array(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)).optional(),
        required: z.boolean().optional(),
        depends_on: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).optional(),
        runtime: z.string().min(1).optional()
    })).optional(),
    cascade: z.boolean().optional().default(false)
});

export const zPlanChangeHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zPlanChangeResponse = zPlan;

export const zListBuildsQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional(),
    status: z.enum([
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]).optional(),
    manifest_ref: z.string().max(200).optional(),
    deploy_to: z.string().max(100).optional()
});

/**
 * Default Response
 */
export const zListBuildsResponse = z.object({
    builds: z.array(zBuild),
    next_cursor: z.string().nullable()
});

export const zRequestBuildBody = z.object({
    manifest_ref: z.string().min(1).max(200).optional(),
    requested_by: z.string().min(1).max(200).regex(/^[^\p{Cc}]+$/u).optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default(''),
    install: z.array(z.union([z.string().min(1).max(300), z.object({
            slug: z.string().regex(/^[a-z][a-z0-9_-]*$/),
            version: z.string().min(1).optional(),
            spec: z.object({
                crate: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/).optional(),
                package: z.string().regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/).optional(),
                source: z.enum([
                    'npm',
                    'crates-io',
                    'git',
                    'path'
                ]),
                version: z.string().min(1).optional(),
                git: z.string().min(1).optional(),
                rev: z.string().min(1).optional(),
                path: z.string().min(1).optional(),
                features: z.array(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)).optional(),
                required: z.boolean().optional(),
                depends_on: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).optional(),
                runtime: z.string().min(1).optional()
            }).optional()
        })])).max(500).optional().default([]),
    uninstall: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).max(500).optional().default([]),
    upgrade: z.array(z.union([z.string().min(1).max(300), z.object({
            slug: z.string().regex(/^[a-z][a-z0-9_-]*$/),
            version: z.string().min(1).optional(),
            rev: z.string().min(1).optional()
        })])).max(500).optional().default([]),
    modules: z.record(z.string(), z.object({
        crate: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/).optional(),
        package: z.string().regex(/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/).optional(),
        source: z.enum([
            'npm',
            'crates-io',
            'git',
            'path'
        ]),
        version: z.string().min(1).optional(),
        git: z.string().min(1).optional(),
        rev: z.string().min(1).optional(),
        path: z.string().min(1).optional(),
        features: z.array(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_+.:?\/-]*$/)).optional(),
        required: z.boolean().optional(),
        depends_on: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).optional(),
        runtime: z.string().min(1).optional()
    })).optional(),
    cascade: z.boolean().optional().default(false),
    plan_hash: z.string().max(100).optional(),
    deploy_to: z.string().min(1).max(100).optional(),
    force: z.boolean().optional().default(false)
});

export const zRequestBuildHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zRequestBuildResponse = zBuildRequested;

export const zGetBuildPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetBuildResponse = zBuild;

export const zCancelBuildBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zCancelBuildHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zCancelBuildPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zCancelBuildResponse = zBuild;

export const zReadBuildLogPath = z.object({
    id: z.string().max(100)
});

export const zReadBuildLogQuery = z.object({
    after: z.int().gte(0).lte(9007199254740991).optional().default(0),
    limit: z.int().gte(1).lte(5000).optional().default(1000)
});

/**
 * Default Response
 */
export const zReadBuildLogResponse = z.object({
    lines: z.array(zLogLine),
    next_after: z.number(),
    complete: z.boolean()
});

/**
 * Default Response
 */
export const zListLeasesResponse = z.object({
    leases: z.array(zLease)
});

export const zTakeOverLeaseBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zTakeOverLeaseHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zTakeOverLeasePath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zTakeOverLeaseResponse = z.object({
    leases: z.array(zLease)
});

export const zDeployBuildBody = z.object({
    environment: z.string().min(1).max(100),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zDeployBuildHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zDeployBuildPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zDeployBuildResponse = zDeploymentRequested;

export const zRollBackBuildBody = z.object({
    target_release: z.string().min(1).max(100).optional(),
    environment: z.string().min(1).max(100).optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zRollBackBuildHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zRollBackBuildPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zRollBackBuildResponse = zDeploymentRequested;

export const zRollBackEnvironmentBody = z.object({
    target_release: z.string().min(1).max(100).optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zRollBackEnvironmentHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zRollBackEnvironmentPath = z.object({
    name: z.string().max(100)
});

/**
 * Default Response
 */
export const zRollBackEnvironmentResponse = zDeploymentRequested;

export const zGetDeploymentPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetDeploymentResponse = zDeploymentDetails;

export const zListDeploymentsQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional(),
    environment: z.string().max(100).optional(),
    build_id: z.string().max(100).optional(),
    status: z.enum([
        'waiting_approval',
        'queued',
        'running',
        'success',
        'failed',
        'cancelled'
    ]).optional()
});

/**
 * Default Response
 */
export const zListDeploymentsResponse = z.object({
    deployments: z.array(zDeployment),
    next_cursor: z.string().nullable()
});

export const zApproveDeploymentBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default(''),
    accept_stale: z.boolean().optional().default(false)
}).nullable();

export const zApproveDeploymentHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zApproveDeploymentPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zApproveDeploymentResponse = zDeployment;

export const zRejectDeploymentBody = z.object({
    reason: z.string().min(1).max(1000).regex(/^[^\p{Cc}]*$/u)
});

export const zRejectDeploymentHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zRejectDeploymentPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zRejectDeploymentResponse = zDeployment;

export const zWithdrawDeploymentBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zWithdrawDeploymentHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zWithdrawDeploymentPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zWithdrawDeploymentResponse = zDeployment;

export const zListReleasesQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional(),
    environment: z.string().max(100).optional()
});

/**
 * Default Response
 */
export const zListReleasesResponse = z.object({
    releases: z.array(zRelease),
    next_cursor: z.string().nullable()
});

export const zGetReleasePath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetReleaseResponse = zRelease;

export const zCompareReleasesPath = z.object({
    id: z.string().max(100),
    other: z.string().max(100)
});

/**
 * Default Response
 */
export const zCompareReleasesResponse = z.object({
    from: z.string(),
    to: z.string(),
    commits: z.object({
        from: z.string().nullable(),
        to: z.string().nullable()
    }),
    locked: z.array(z.object({
        name: z.string(),
        from: z.array(z.string()),
        to: z.array(z.string())
    })).nullable()
});

/**
 * Default Response
 */
export const zListEnvironmentsResponse = z.object({
    environments: z.array(zEnvironment)
});

export const zGetEnvironmentPath = z.object({
    name: z.string().max(100)
});

export const zGetEnvironmentQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(20),
    cursor: z.string().max(200).optional()
});

/**
 * Default Response
 */
export const zGetEnvironmentResponse = zEnvironmentDetails;

export const zGetEnvironmentSettingsPath = z.object({
    name: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetEnvironmentSettingsResponse = zEnvironmentSettings;

export const zChangeEnvironmentSettingsBody = z.object({
    approval_required: z.boolean(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zChangeEnvironmentSettingsPath = z.object({
    name: z.string().max(100)
});

/**
 * Default Response
 */
export const zChangeEnvironmentSettingsResponse = zEnvironmentSettings;

export const zGetEnvironmentHealthPath = z.object({
    name: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetEnvironmentHealthResponse = zEnvironmentHealth;

export const zGetManifestQuery = z.object({
    manifest_ref: z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zGetManifestResponse = zManifest;

export const zListCatalogQuery = z.object({
    manifest_ref: z.string().min(1).max(200).optional(),
    limit: z.int().gte(1).lte(1000).optional().default(200),
    cursor: z.string().regex(/^[a-z][a-z0-9_-]*$/).optional()
});

/**
 * Default Response
 */
export const zListCatalogResponse = z.object({
    entries: z.array(zCatalogEntry),
    problems: z.array(zProblem),
    next_cursor: z.string().nullable()
});

export const zListModulesQuery = z.object({
    manifest_ref: z.string().min(1).max(200).optional()
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
    slug: z.string().regex(/^[a-z][a-z0-9_-]*$/)
});

export const zGetModuleQuery = z.object({
    manifest_ref: z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zGetModuleResponse = zModuleDetails;

export const zSearchRegistryQuery = z.object({
    q: z.string().min(2).max(100).regex(/^[^\p{Cc}]+$/u)
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
        published_at: z.string().nullable()
    })),
    problem: zProblem.nullable()
});

export const zCheckModulesQuery = z.object({
    slugs: z.string().max(10000),
    manifest_ref: z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zCheckModulesResponse = z.object({
    host_version: z.string().nullable(),
    checks: z.array(z.object({
        slug: z.string(),
        version: z.string().nullable(),
        newest: z.string().nullable(),
        update_available: z.boolean(),
        compat_server: z.string().nullable(),
        compatible: z.boolean().nullable(),
        conflicts_with: z.array(z.string())
    })),
    complete: z.boolean()
});

export const zListManifestChangesQuery = z.object({
    limit: z.int().gte(1).lte(100).optional().default(25),
    cursor: z.string().max(200).optional(),
    manifest_ref: z.string().min(1).max(200).optional()
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
        build_id: z.string().nullable(),
        requested_by: z.array(z.string()),
        diff: z.array(z.string())
    })),
    next_cursor: z.string().nullable()
});

export const zListEventsQuery = z.object({
    limit: z.int().gte(1).lte(1000).optional().default(100),
    cursor: z.int().gte(1).lte(9007199254740991).optional(),
    subject: z.string().max(200).optional(),
    types: z.string().max(2000).optional(),
    actor: z.string().max(200).optional(),
    action: z.string().max(100).optional(),
    environment: z.string().max(100).optional(),
    request_id: z.string().max(200).optional(),
    since: z.iso.datetime().regex(/^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$/).optional(),
    until: z.iso.datetime().regex(/^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$/).optional(),
    q: z.string().max(200).optional(),
    after: z.int().gte(0).lte(9007199254740991).optional()
});

/**
 * Default Response
 */
export const zListEventsResponse = z.object({
    events: z.array(zJournalEntry),
    next_cursor: z.string().nullable()
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
    after: z.int().gte(0).lte(9007199254740991).optional().default(0),
    limit: z.int().gte(1).lte(5000).optional().default(1000)
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
        entry: z.object({
            id: z.number(),
            at: z.string(),
            actor: z.string(),
            action: z.string(),
            subject_type: z.string(),
            subject_id: z.string(),
            reason: z.string(),
            details: z.string(),
            principal_kind: z.string().nullable(),
            principal_id: z.string().nullable(),
            principal_name: z.string().nullable(),
            address: z.string().nullable(),
            request_id: z.string().nullable(),
            asked: z.string().nullable()
        }).nullable()
    }))
});

/**
 * Default Response
 */
export const zPreviewRetentionResponse = zRetentionReport;

export const zRunRetentionBody = z.object({
    dry_run: z.boolean().optional().default(false),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zRunRetentionHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
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
        modules: z.int().gte(-9007199254740991).lte(9007199254740991).nullable()
    })),
    problems: z.array(zProblem)
});

export const zListWebhooksQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional()
});

/**
 * Default Response
 */
export const zListWebhooksResponse = z.object({
    webhooks: z.array(zWebhook),
    next_cursor: z.string().nullable()
});

export const zCreateWebhookBody = z.object({
    url: z.string().min(1).max(2000),
    description: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default(''),
    types: z.array(z.enum([
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
    ])).max(100).optional().default([]),
    environments: z.array(z.string().min(1).max(100)).max(100).optional().default([]),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zCreateWebhookHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zCreateWebhookResponse = zWebhookWithSecret;

export const zDeleteWebhookPath = z.object({
    id: z.string().max(100)
});

export const zDeleteWebhookQuery = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

/**
 * Default Response
 */
export const zDeleteWebhookResponse = zWebhook;

export const zGetWebhookPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetWebhookResponse = zWebhook;

export const zChangeWebhookBody = z.object({
    url: z.string().min(1).max(2000).optional(),
    description: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional(),
    types: z.array(z.enum([
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
    ])).max(100).optional(),
    environments: z.array(z.string().min(1).max(100)).max(100).optional(),
    enabled: z.boolean().optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zChangeWebhookPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zChangeWebhookResponse = zWebhook;

export const zRotateWebhookSecretBody = z.object({
    overlap_hours: z.number().gte(0).lte(168).optional().default(24),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zRotateWebhookSecretHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zRotateWebhookSecretPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zRotateWebhookSecretResponse = zWebhookWithSecret;

export const zTestWebhookBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zTestWebhookHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zTestWebhookPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zTestWebhookResponse = zWebhookDelivery;

export const zListWebhookDeliveriesPath = z.object({
    id: z.string().max(100)
});

export const zListWebhookDeliveriesQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional(),
    status: z.enum([
        'pending',
        'delivered',
        'dead'
    ]).optional()
});

/**
 * Default Response
 */
export const zListWebhookDeliveriesResponse = z.object({
    deliveries: z.array(zWebhookDelivery),
    next_cursor: z.string().nullable()
});

export const zResendWebhookDeliveryBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zResendWebhookDeliveryHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zResendWebhookDeliveryPath = z.object({
    id: z.string().max(100),
    delivery: z.string().max(100)
});

/**
 * Default Response
 */
export const zResendWebhookDeliveryResponse = z.object({
    resent: z.number()
});

export const zResendDeadWebhookDeliveriesBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zResendDeadWebhookDeliveriesHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zResendDeadWebhookDeliveriesPath = z.object({
    id: z.string().max(100)
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
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional(),
    person_id: z.string().max(100).optional()
});

/**
 * Default Response
 */
export const zListTokensResponse = z.object({
    tokens: z.array(zToken),
    next_cursor: z.string().nullable()
});

export const zCreateTokenBody = z.object({
    name: z.string().min(1).max(100),
    grants: z.array(z.object({
        environment: z.string().min(1).max(100).nullish().default(null),
        role: z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ])
    })).min(1).max(50),
    expires_at: z.iso.datetime().regex(/^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$/).optional(),
    expires_in_days: z.int().gte(1).lte(3650).optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zCreateTokenHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zCreateTokenResponse = zMadeToken;

export const zRevokeTokenPath = z.object({
    id: z.string().max(100)
});

export const zRevokeTokenQuery = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

/**
 * Default Response
 */
export const zRevokeTokenResponse = z.object({
    revoked: z.array(z.string())
});

export const zGetTokenPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetTokenResponse = zToken;

export const zSetTokenGrantsBody = z.object({
    grants: z.array(z.object({
        environment: z.string().min(1).max(100).nullish().default(null),
        role: z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ])
    })).max(50),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zSetTokenGrantsPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zSetTokenGrantsResponse = zToken;

export const zListPeopleQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional()
});

/**
 * Default Response
 */
export const zListPeopleResponse = z.object({
    people: z.array(zPerson),
    next_cursor: z.string().nullable()
});

export const zInvitePersonBody = z.object({
    email: z.string().max(254),
    name: z.string().min(1).max(100),
    grants: z.array(z.object({
        environment: z.string().min(1).max(100).nullish().default(null),
        role: z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ])
    })).max(50).optional().default([]),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zInvitePersonHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zInvitePersonResponse = zPersonLink;

export const zGetPersonPath = z.object({
    id: z.string().max(320)
});

/**
 * Default Response
 */
export const zGetPersonResponse = zPerson;

export const zChangePersonBody = z.object({
    name: z.string().min(1).max(100).optional(),
    disabled: z.boolean().optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zChangePersonPath = z.object({
    id: z.string().max(320)
});

/**
 * Default Response
 */
export const zChangePersonResponse = zPerson;

export const zRenewPersonLinkBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zRenewPersonLinkHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

export const zRenewPersonLinkPath = z.object({
    id: z.string().max(320)
});

/**
 * Default Response
 */
export const zRenewPersonLinkResponse = zPersonLink;

/**
 * Default Response
 */
export const zListSessionsResponse = z.object({
    sessions: z.array(zSession)
});

export const zEndSessionPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zEndSessionResponse = z.object({
    sessions: z.array(zSession)
});

export const zChangePasswordBody = z.object({
    current_password: z.string().min(1).max(500),
    new_password: z.string().min(1).max(500)
});

export const zChangePasswordHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zChangePasswordResponse = z.object({
    sessions_ended: z.int().gte(-9007199254740991).lte(9007199254740991)
});

export const zSetPersonGrantsBody = z.object({
    grants: z.array(z.object({
        environment: z.string().min(1).max(100).nullish().default(null),
        role: z.enum([
            'viewer',
            'operator',
            'administrator',
            'owner'
        ])
    })).max(50),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zSetPersonGrantsPath = z.object({
    id: z.string().max(320)
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
    query: z.string().min(1).max(100000),
    variables: z.string().max(50000).optional(),
    operationName: z.string().max(200).optional(),
    extensions: z.string().max(10000).optional()
});

/**
 * Default Response
 */
export const zGraphqlSubscribeResponse = z.object({
    data: z.unknown().optional(),
    errors: z.array(z.object({
        message: z.string(),
        extensions: z.object({
            code: z.string(),
            title: z.string(),
            hint: z.string()
        })
    })).optional()
});

export const zGraphqlBody = z.object({
    query: z.string().min(1).max(100000),
    variables: z.record(z.string(), z.unknown()).nullish(),
    operationName: z.string().max(200).nullish(),
    extensions: z.record(z.string(), z.unknown()).nullish()
});

/**
 * Default Response
 */
export const zGraphqlResponse = z.object({
    data: z.unknown().optional(),
    errors: z.array(z.object({
        message: z.string(),
        extensions: z.object({
            code: z.string(),
            title: z.string(),
            hint: z.string()
        })
    })).optional()
});
