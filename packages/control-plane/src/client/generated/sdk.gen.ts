// Generated from Modyard's OpenAPI description by `node scripts/write-client.ts`. Do not edit.
// @ts-nocheck

import { client } from './client.gen.ts';
import type { Client, ClientMeta, Options as Options2, RequestResult, TDataShape } from './client/index.ts';
import type { CancelBuildData, CancelBuildErrors, CancelBuildResponses, DeployBuildData, DeployBuildErrors, DeployBuildResponses, GetBuildData, GetBuildErrors, GetBuildResponses, GetDeploymentData, GetDeploymentErrors, GetDeploymentResponses, GetDescriptionData, GetDescriptionErrors, GetDescriptionResponses, GetEnvironmentData, GetEnvironmentErrors, GetEnvironmentResponses, GetHealthData, GetHealthErrors, GetHealthResponses, GetManifestData, GetManifestErrors, GetManifestResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetReleaseData, GetReleaseErrors, GetReleaseResponses, ListBuildsData, ListBuildsErrors, ListBuildsResponses, ListCatalogData, ListCatalogErrors, ListCatalogResponses, ListDeploymentsData, ListDeploymentsErrors, ListDeploymentsResponses, ListEnvironmentsData, ListEnvironmentsErrors, ListEnvironmentsResponses, ListEventsData, ListEventsErrors, ListEventsResponses, ListLeasesData, ListLeasesErrors, ListLeasesResponses, ListModulesData, ListModulesErrors, ListModulesResponses, ListReleasesData, ListReleasesErrors, ListReleasesResponses, PlanChangeData, PlanChangeErrors, PlanChangeResponses, PreviewRetentionData, PreviewRetentionErrors, PreviewRetentionResponses, ReadBuildLogData, ReadBuildLogErrors, ReadBuildLogResponses, RequestBuildData, RequestBuildErrors, RequestBuildResponses, RollBackBuildData, RollBackBuildErrors, RollBackBuildResponses, RollBackEnvironmentData, RollBackEnvironmentErrors, RollBackEnvironmentResponses, RunRetentionData, RunRetentionErrors, RunRetentionResponses, TakeOverLeaseData, TakeOverLeaseErrors, TakeOverLeaseResponses } from './types.gen.ts';
import { zCancelBuildResponse, zDeployBuildResponse, zGetBuildResponse, zGetDeploymentResponse, zGetEnvironmentResponse, zGetHealthResponse, zGetManifestResponse, zGetReadinessResponse, zGetReleaseResponse, zListBuildsResponse, zListCatalogResponse, zListDeploymentsResponse, zListEnvironmentsResponse, zListEventsResponse, zListLeasesResponse, zListModulesResponse, zListReleasesResponse, zPlanChangeResponse, zPreviewRetentionResponse, zReadBuildLogResponse, zRequestBuildResponse, zRollBackBuildResponse, zRollBackEnvironmentResponse, zRunRetentionResponse, zTakeOverLeaseResponse } from './zod.gen.ts';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};

class HeyApiClient {
    protected client: Client;
    
    constructor(args?: {
        client?: Client;
    }) {
        this.client = args?.client ?? client;
    }
}

class HeyApiRegistry<T> {
    private readonly defaultKey = 'default';
    
    private readonly instances: Map<string, T> = new Map();
    
    get(key?: string): T {
        const instance = this.instances.get(key ?? this.defaultKey);
        if (!instance) {
            throw new Error(`No SDK client found. Create one with "new ModyardApi()" to fix this error.`);
        }
        return instance;
    }
    
    set(value: T, key?: string): void {
        this.instances.set(key ?? this.defaultKey, value);
    }
}

export class ModyardApi extends HeyApiClient {
    public static readonly __registry: HeyApiRegistry<ModyardApi> = new HeyApiRegistry<ModyardApi>();
    
    constructor(args?: {
        client?: Client;
        key?: string;
    }) {
        super(args);
        ModyardApi.__registry.set(this, args?.key);
    }
    
    /**
     * Whether this process lives
     */
    public getHealth<ThrowOnError extends boolean = true>(options?: Options<GetHealthData, ThrowOnError>): RequestResult<GetHealthResponses, GetHealthErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetHealthResponses, GetHealthErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetHealthResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/healthz',
            ...options
        });
    }
    
    /**
     * Whether requests can be answered: the database is there
     */
    public getReadiness<ThrowOnError extends boolean = true>(options?: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetReadinessResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/readyz',
            ...options
        });
    }
    
    /**
     * This description
     */
    public getDescription<ThrowOnError extends boolean = true>(options?: Options<GetDescriptionData, ThrowOnError>): RequestResult<GetDescriptionResponses, GetDescriptionErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetDescriptionResponses, GetDescriptionErrors, ThrowOnError, 'data'>({
            responseStyle: 'data',
            url: '/openapi.json',
            ...options
        });
    }
    
    /**
     * What a change would do, and whether it may be made
     */
    public planChange<ThrowOnError extends boolean = true>(options: Options<PlanChangeData, ThrowOnError>): RequestResult<PlanChangeResponses, PlanChangeErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<PlanChangeResponses, PlanChangeErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zPlanChangeResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/plans',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Builds, newest first
     */
    public listBuilds<ThrowOnError extends boolean = true>(options?: Options<ListBuildsData, ThrowOnError>): RequestResult<ListBuildsResponses, ListBuildsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListBuildsResponses, ListBuildsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListBuildsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/builds',
            ...options
        });
    }
    
    /**
     * Ask for a build
     */
    public requestBuild<ThrowOnError extends boolean = true>(options: Options<RequestBuildData, ThrowOnError>): RequestResult<RequestBuildResponses, RequestBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RequestBuildResponses, RequestBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRequestBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/builds',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * One build with its steps
     */
    public getBuild<ThrowOnError extends boolean = true>(options: Options<GetBuildData, ThrowOnError>): RequestResult<GetBuildResponses, GetBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetBuildResponses, GetBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/builds/{id}',
            ...options
        });
    }
    
    /**
     * Cancel a build
     */
    public cancelBuild<ThrowOnError extends boolean = true>(options: Options<CancelBuildData, ThrowOnError>): RequestResult<CancelBuildResponses, CancelBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<CancelBuildResponses, CancelBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zCancelBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/builds/{id}/cancel',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * A build's log, as a page or as a live stream
     */
    public readBuildLog<ThrowOnError extends boolean = true>(options: Options<ReadBuildLogData, ThrowOnError>): RequestResult<ReadBuildLogResponses, ReadBuildLogErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<ReadBuildLogResponses, ReadBuildLogErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zReadBuildLogResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/builds/{id}/logs',
            ...options
        });
    }
    
    /**
     * What is under way, and who holds it
     */
    public listLeases<ThrowOnError extends boolean = true>(options?: Options<ListLeasesData, ThrowOnError>): RequestResult<ListLeasesResponses, ListLeasesErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListLeasesResponses, ListLeasesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListLeasesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/leases',
            ...options
        });
    }
    
    /**
     * Take work away from its holder and give it to the next worker
     */
    public takeOverLease<ThrowOnError extends boolean = true>(options: Options<TakeOverLeaseData, ThrowOnError>): RequestResult<TakeOverLeaseResponses, TakeOverLeaseErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<TakeOverLeaseResponses, TakeOverLeaseErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zTakeOverLeaseResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/leases/{id}/take-over',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Release a build in an environment
     */
    public deployBuild<ThrowOnError extends boolean = true>(options: Options<DeployBuildData, ThrowOnError>): RequestResult<DeployBuildResponses, DeployBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<DeployBuildResponses, DeployBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zDeployBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/builds/{id}/deploy',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Go back to an earlier release
     */
    public rollBackBuild<ThrowOnError extends boolean = true>(options: Options<RollBackBuildData, ThrowOnError>): RequestResult<RollBackBuildResponses, RollBackBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RollBackBuildResponses, RollBackBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRollBackBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/builds/{id}/rollback',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Go back to the predecessor or to a named release
     */
    public rollBackEnvironment<ThrowOnError extends boolean = true>(options: Options<RollBackEnvironmentData, ThrowOnError>): RequestResult<RollBackEnvironmentResponses, RollBackEnvironmentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RollBackEnvironmentResponses, RollBackEnvironmentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRollBackEnvironmentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/environments/{name}/rollback',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * One deployment with its steps
     */
    public getDeployment<ThrowOnError extends boolean = true>(options: Options<GetDeploymentData, ThrowOnError>): RequestResult<GetDeploymentResponses, GetDeploymentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetDeploymentResponses, GetDeploymentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetDeploymentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/deployments/{id}',
            ...options
        });
    }
    
    /**
     * Deployments, newest first
     */
    public listDeployments<ThrowOnError extends boolean = true>(options?: Options<ListDeploymentsData, ThrowOnError>): RequestResult<ListDeploymentsResponses, ListDeploymentsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListDeploymentsResponses, ListDeploymentsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListDeploymentsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/deployments',
            ...options
        });
    }
    
    /**
     * Releases, newest first
     */
    public listReleases<ThrowOnError extends boolean = true>(options?: Options<ListReleasesData, ThrowOnError>): RequestResult<ListReleasesResponses, ListReleasesErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListReleasesResponses, ListReleasesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListReleasesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/releases',
            ...options
        });
    }
    
    /**
     * One release, and whether it may be gone back to
     */
    public getRelease<ThrowOnError extends boolean = true>(options: Options<GetReleaseData, ThrowOnError>): RequestResult<GetReleaseResponses, GetReleaseErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetReleaseResponses, GetReleaseErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetReleaseResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/releases/{id}',
            ...options
        });
    }
    
    /**
     * Every environment and what runs there
     */
    public listEnvironments<ThrowOnError extends boolean = true>(options?: Options<ListEnvironmentsData, ThrowOnError>): RequestResult<ListEnvironmentsResponses, ListEnvironmentsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListEnvironmentsResponses, ListEnvironmentsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListEnvironmentsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/environments',
            ...options
        });
    }
    
    /**
     * One environment with its releases, newest first
     */
    public getEnvironment<ThrowOnError extends boolean = true>(options: Options<GetEnvironmentData, ThrowOnError>): RequestResult<GetEnvironmentResponses, GetEnvironmentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetEnvironmentResponses, GetEnvironmentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetEnvironmentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/environments/{name}',
            ...options
        });
    }
    
    /**
     * modules.toml as it is
     */
    public getManifest<ThrowOnError extends boolean = true>(options?: Options<GetManifestData, ThrowOnError>): RequestResult<GetManifestResponses, GetManifestErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetManifestResponses, GetManifestErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetManifestResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/manifest',
            ...options
        });
    }
    
    /**
     * Modules that can be installed, by slug
     */
    public listCatalog<ThrowOnError extends boolean = true>(options?: Options<ListCatalogData, ThrowOnError>): RequestResult<ListCatalogResponses, ListCatalogErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListCatalogResponses, ListCatalogErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListCatalogResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/catalog',
            ...options
        });
    }
    
    /**
     * The composition: modules in dependency order
     */
    public listModules<ThrowOnError extends boolean = true>(options?: Options<ListModulesData, ThrowOnError>): RequestResult<ListModulesResponses, ListModulesErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListModulesResponses, ListModulesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListModulesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/modules',
            ...options
        });
    }
    
    /**
     * The journal, as a page or as a live stream
     */
    public listEvents<ThrowOnError extends boolean = true>(options?: Options<ListEventsData, ThrowOnError>): RequestResult<ListEventsResponses, ListEventsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListEventsResponses, ListEventsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListEventsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/events',
            ...options
        });
    }
    
    /**
     * What is kept, and what would be removed now, and why
     */
    public previewRetention<ThrowOnError extends boolean = true>(options?: Options<PreviewRetentionData, ThrowOnError>): RequestResult<PreviewRetentionResponses, PreviewRetentionErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<PreviewRetentionResponses, PreviewRetentionErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zPreviewRetentionResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/retention',
            ...options
        });
    }
    
    /**
     * Remove what is no longer needed
     */
    public runRetention<ThrowOnError extends boolean = true>(options: Options<RunRetentionData, ThrowOnError>): RequestResult<RunRetentionResponses, RunRetentionErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RunRetentionResponses, RunRetentionErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRunRetentionResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }],
            url: '/admin/retention',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
}
