// Generated from Modyard's OpenAPI description by `node scripts/write-client.ts`. Do not edit.
// @ts-nocheck

import * as z from 'zod';

export const zProblemDetails = z.object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    hint: z.string(),
    request_id: z.string(),
    problems: z.array(z.object({
        code: z.string(),
        message: z.string(),
        hint: z.string(),
        module: z.string().optional(),
        path: z.string().optional()
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

export const zPlanChangeBody = z.object({
    manifest_ref: z.string().min(1).max(200).optional(),
    install: z.array(z.union([z.string().min(1).max(300), z.object({
            slug: z.string().regex(/^[a-z][a-z0-9_-]*$/),
            version: z.string().min(1).optional(),
            spec: z.intersection(z.unknown(), z.unknown(), z.object({
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
            })).optional()
        })])).max(500).optional().default([]),
    uninstall: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).max(500).optional().default([]),
    upgrade: z.array(z.union([z.string().min(1).max(300), z.object({
            slug: z.string().regex(/^[a-z][a-z0-9_-]*$/),
            version: z.string().min(1).optional(),
            rev: z.string().min(1).optional()
        })])).max(500).optional().default([]),
    modules: z.record(z.string(), z.intersection(z.unknown(), z.unknown(), z.object({
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
    }))).optional(),
    cascade: z.boolean().optional().default(false)
});

/**
 * Default Response
 */
export const zPlanChangeResponse = z.object({
    schema: z.literal(1),
    plan_hash: z.string(),
    manifest_hash_before: z.string(),
    manifest_hash_after: z.string(),
    may_be_built: z.boolean(),
    delta: z.object({
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
    }),
    order: z.array(z.string()),
    along_installed: z.array(z.string()),
    along_uninstalled: z.array(z.string()),
    blockers: z.array(z.object({
        code: z.string(),
        message: z.string(),
        hint: z.string(),
        module: z.string().optional(),
        path: z.string().optional()
    })),
    warnings: z.array(z.object({
        code: z.string(),
        message: z.string(),
        hint: z.string(),
        module: z.string().optional(),
        path: z.string().optional()
    })),
    unverified: z.array(z.string()),
    modules: z.array(z.object({
        slug: z.string(),
        name: z.string(),
        version: z.string()
    })),
    manifest_text: z.string()
});

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
    builds: z.array(z.object({
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
        modules_delta: z.object({
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
        }),
        requested_by: z.string(),
        reason: z.string(),
        deploy_to: z.string().nullable(),
        release_id: z.string().nullable(),
        artifact_digest: z.string().nullable(),
        artifact_bytes: z.number().nullable(),
        logs_url: z.string(),
        error: z.object({
            problems: z.array(z.object({
                code: z.string(),
                message: z.string(),
                hint: z.string(),
                module: z.string().optional(),
                path: z.string().optional()
            })),
            step: z.string(),
            excerpt: z.array(z.string()),
            deterministic: z.boolean()
        }).nullable(),
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
    })),
    next_cursor: z.string().nullable()
});

export const zRequestBuildBody = z.object({
    manifest_ref: z.string().min(1).max(200).optional(),
    requested_by: z.string().min(1).max(200).regex(/^[^\p{Cc}]+$/u).optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default(''),
    install: z.array(z.union([z.string().min(1).max(300), z.object({
            slug: z.string().regex(/^[a-z][a-z0-9_-]*$/),
            version: z.string().min(1).optional(),
            spec: z.intersection(z.unknown(), z.unknown(), z.object({
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
            })).optional()
        })])).max(500).optional().default([]),
    uninstall: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).max(500).optional().default([]),
    upgrade: z.array(z.union([z.string().min(1).max(300), z.object({
            slug: z.string().regex(/^[a-z][a-z0-9_-]*$/),
            version: z.string().min(1).optional(),
            rev: z.string().min(1).optional()
        })])).max(500).optional().default([]),
    modules: z.record(z.string(), z.intersection(z.unknown(), z.unknown(), z.object({
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
    }))).optional(),
    cascade: z.boolean().optional().default(false),
    plan_hash: z.string().max(100).optional(),
    deploy_to: z.string().min(1).max(100).optional(),
    force: z.boolean().optional().default(false)
});

export const zRequestBuildResponse = z.union([
    z.object({
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
        release_id: z.string().optional(),
        error: z.object({
            problems: z.array(z.object({
                code: z.string(),
                message: z.string(),
                hint: z.string(),
                module: z.string().optional(),
                path: z.string().optional()
            })),
            step: z.string(),
            excerpt: z.array(z.string()),
            deterministic: z.boolean()
        }).nullish()
    }),
    z.object({
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
        release_id: z.string().optional(),
        error: z.object({
            problems: z.array(z.object({
                code: z.string(),
                message: z.string(),
                hint: z.string(),
                module: z.string().optional(),
                path: z.string().optional()
            })),
            step: z.string(),
            excerpt: z.array(z.string()),
            deterministic: z.boolean()
        }).nullish()
    })
]);

export const zGetBuildPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetBuildResponse = z.object({
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
    modules_delta: z.object({
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
    }),
    requested_by: z.string(),
    reason: z.string(),
    deploy_to: z.string().nullable(),
    release_id: z.string().nullable(),
    artifact_digest: z.string().nullable(),
    artifact_bytes: z.number().nullable(),
    logs_url: z.string(),
    error: z.object({
        problems: z.array(z.object({
            code: z.string(),
            message: z.string(),
            hint: z.string(),
            module: z.string().optional(),
            path: z.string().optional()
        })),
        step: z.string(),
        excerpt: z.array(z.string()),
        deterministic: z.boolean()
    }).nullable(),
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

export const zCancelBuildBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zCancelBuildPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zCancelBuildResponse = z.object({
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
    modules_delta: z.object({
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
    }),
    requested_by: z.string(),
    reason: z.string(),
    deploy_to: z.string().nullable(),
    release_id: z.string().nullable(),
    artifact_digest: z.string().nullable(),
    artifact_bytes: z.number().nullable(),
    logs_url: z.string(),
    error: z.object({
        problems: z.array(z.object({
            code: z.string(),
            message: z.string(),
            hint: z.string(),
            module: z.string().optional(),
            path: z.string().optional()
        })),
        step: z.string(),
        excerpt: z.array(z.string()),
        deterministic: z.boolean()
    }).nullable(),
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
    lines: z.array(z.object({
        line: z.number(),
        step: z.string(),
        stream: z.string(),
        at: z.string(),
        text: z.string()
    })),
    next_after: z.number(),
    complete: z.boolean()
});

/**
 * Default Response
 */
export const zListLeasesResponse = z.object({
    leases: z.array(z.object({
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
    }))
});

export const zTakeOverLeaseBody = z.object({
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zTakeOverLeasePath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zTakeOverLeaseResponse = z.object({
    leases: z.array(z.object({
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
    }))
});

export const zDeployBuildBody = z.object({
    environment: z.string().min(1).max(100),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
});

export const zDeployBuildPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zDeployBuildResponse = z.object({
    deployment_id: z.string(),
    release_id: z.string(),
    status: z.string(),
    environment: z.string()
});

export const zRollBackBuildBody = z.object({
    target_release: z.string().min(1).max(100).optional(),
    environment: z.string().min(1).max(100).optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zRollBackBuildPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zRollBackBuildResponse = z.object({
    deployment_id: z.string(),
    release_id: z.string(),
    status: z.string(),
    environment: z.string()
});

export const zRollBackEnvironmentBody = z.object({
    target_release: z.string().min(1).max(100).optional(),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

export const zRollBackEnvironmentPath = z.object({
    name: z.string().max(100)
});

/**
 * Default Response
 */
export const zRollBackEnvironmentResponse = z.object({
    deployment_id: z.string(),
    release_id: z.string(),
    status: z.string(),
    environment: z.string()
});

export const zGetDeploymentPath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetDeploymentResponse = z.object({
    id: z.string(),
    deployment_id: z.string(),
    status: z.enum([
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
    error: z.object({
        problems: z.array(z.object({
            code: z.string(),
            message: z.string(),
            hint: z.string(),
            module: z.string().optional(),
            path: z.string().optional()
        })),
        step: z.string(),
        excerpt: z.array(z.string()),
        deterministic: z.boolean()
    }).nullable(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string()
});

export const zListDeploymentsQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional(),
    environment: z.string().max(100).optional(),
    build_id: z.string().max(100).optional()
});

/**
 * Default Response
 */
export const zListDeploymentsResponse = z.object({
    deployments: z.array(z.object({
        id: z.string(),
        deployment_id: z.string(),
        status: z.enum([
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
        error: z.object({
            problems: z.array(z.object({
                code: z.string(),
                message: z.string(),
                hint: z.string(),
                module: z.string().optional(),
                path: z.string().optional()
            })),
            step: z.string(),
            excerpt: z.array(z.string()),
            deterministic: z.boolean()
        }).nullable(),
        started_at: z.string().nullable(),
        finished_at: z.string().nullable(),
        created_at: z.string(),
        updated_at: z.string()
    })),
    next_cursor: z.string().nullable()
});

export const zListReleasesQuery = z.object({
    limit: z.int().gte(1).lte(200).optional().default(50),
    cursor: z.string().max(200).optional(),
    environment: z.string().max(100).optional()
});

/**
 * Default Response
 */
export const zListReleasesResponse = z.object({
    releases: z.array(z.object({
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
            reasons: z.array(z.object({
                code: z.string(),
                message: z.string(),
                hint: z.string(),
                module: z.string().optional(),
                path: z.string().optional()
            }))
        }).optional()
    })),
    next_cursor: z.string().nullable()
});

export const zGetReleasePath = z.object({
    id: z.string().max(100)
});

/**
 * Default Response
 */
export const zGetReleaseResponse = z.object({
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
        reasons: z.array(z.object({
            code: z.string(),
            message: z.string(),
            hint: z.string(),
            module: z.string().optional(),
            path: z.string().optional()
        }))
    }).optional()
});

/**
 * Default Response
 */
export const zListEnvironmentsResponse = z.object({
    environments: z.array(z.object({
        name: z.string(),
        target: z.string(),
        url: z.string().nullable(),
        active_release: z.object({
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
                reasons: z.array(z.object({
                    code: z.string(),
                    message: z.string(),
                    hint: z.string(),
                    module: z.string().optional(),
                    path: z.string().optional()
                }))
            }).optional()
        }).nullable(),
        observed: z.unknown(),
        deployment: z.object({
            id: z.string(),
            deployment_id: z.string(),
            status: z.enum([
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
            error: z.object({
                problems: z.array(z.object({
                    code: z.string(),
                    message: z.string(),
                    hint: z.string(),
                    module: z.string().optional(),
                    path: z.string().optional()
                })),
                step: z.string(),
                excerpt: z.array(z.string()),
                deterministic: z.boolean()
            }).nullable(),
            started_at: z.string().nullable(),
            finished_at: z.string().nullable(),
            created_at: z.string(),
            updated_at: z.string()
        }).nullable()
    }))
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
export const zGetEnvironmentResponse = z.object({
    name: z.string(),
    target: z.string(),
    url: z.string().nullable(),
    active_release: z.object({
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
            reasons: z.array(z.object({
                code: z.string(),
                message: z.string(),
                hint: z.string(),
                module: z.string().optional(),
                path: z.string().optional()
            }))
        }).optional()
    }).nullable(),
    observed: z.unknown(),
    deployment: z.object({
        id: z.string(),
        deployment_id: z.string(),
        status: z.enum([
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
        error: z.object({
            problems: z.array(z.object({
                code: z.string(),
                message: z.string(),
                hint: z.string(),
                module: z.string().optional(),
                path: z.string().optional()
            })),
            step: z.string(),
            excerpt: z.array(z.string()),
            deterministic: z.boolean()
        }).nullable(),
        started_at: z.string().nullable(),
        finished_at: z.string().nullable(),
        created_at: z.string(),
        updated_at: z.string()
    }).nullable(),
    releases: z.array(z.object({
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
            reasons: z.array(z.object({
                code: z.string(),
                message: z.string(),
                hint: z.string(),
                module: z.string().optional(),
                path: z.string().optional()
            }))
        }).optional()
    })),
    next_cursor: z.string().nullable()
});

export const zGetManifestQuery = z.object({
    manifest_ref: z.string().min(1).max(200).optional()
});

/**
 * Default Response
 */
export const zGetManifestResponse = z.object({
    manifest_ref: z.string(),
    commit: z.string(),
    manifest_hash: z.string(),
    text: z.string(),
    app: z.string(),
    modules: z.record(z.string(), z.record(z.string(), z.unknown())),
    default_enabled: z.array(z.string())
});

export const zListCatalogQuery = z.object({
    manifest_ref: z.string().min(1).max(200).optional(),
    limit: z.int().gte(1).lte(1000).optional().default(200),
    cursor: z.string().regex(/^[a-z][a-z0-9_-]*$/).optional()
});

/**
 * Default Response
 */
export const zListCatalogResponse = z.object({
    entries: z.array(z.object({
        slug: z.string(),
        name: z.string(),
        description: z.string(),
        tags: z.array(z.string()),
        installed: z.boolean(),
        spec: z.record(z.string(), z.unknown())
    })),
    problems: z.array(z.object({
        code: z.string(),
        message: z.string(),
        hint: z.string(),
        module: z.string().optional(),
        path: z.string().optional()
    })),
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
    modules: z.array(z.object({
        slug: z.string(),
        name: z.string(),
        version: z.string(),
        kind: z.string(),
        depends_on: z.array(z.string()),
        default_enabled: z.boolean(),
        spec: z.record(z.string(), z.unknown())
    })),
    blockers: z.array(z.object({
        code: z.string(),
        message: z.string(),
        hint: z.string(),
        module: z.string().optional(),
        path: z.string().optional()
    })),
    warnings: z.array(z.object({
        code: z.string(),
        message: z.string(),
        hint: z.string(),
        module: z.string().optional(),
        path: z.string().optional()
    }))
});

export const zListEventsQuery = z.object({
    limit: z.int().gte(1).lte(1000).optional().default(100),
    cursor: z.int().gte(1).lte(9007199254740991).optional(),
    subject: z.string().max(200).optional(),
    actor: z.string().max(200).optional(),
    action: z.string().max(100).optional(),
    after: z.int().gte(0).lte(9007199254740991).optional()
});

/**
 * Default Response
 */
export const zListEventsResponse = z.object({
    events: z.array(z.object({
        id: z.number(),
        at: z.string(),
        actor: z.string(),
        action: z.string(),
        subject_type: z.string(),
        subject_id: z.string(),
        reason: z.string(),
        details: z.unknown()
    })),
    next_cursor: z.string().nullable()
});

/**
 * Default Response
 */
export const zPreviewRetentionResponse = z.object({
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

export const zRunRetentionBody = z.object({
    dry_run: z.boolean().optional().default(false),
    reason: z.string().max(1000).regex(/^[^\p{Cc}]*$/u).optional().default('')
}).nullable();

/**
 * Default Response
 */
export const zRunRetentionResponse = z.object({
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
