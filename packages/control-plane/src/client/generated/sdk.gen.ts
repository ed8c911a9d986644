// Generated from Modyard's OpenAPI description by `node scripts/write-client.ts`. Do not edit.
// @ts-nocheck

import { client } from './client.gen.ts';
import type { Client, ClientMeta, Options as Options2, RequestResult, TDataShape } from './client/index.ts';
import type { ApproveDeploymentData, ApproveDeploymentErrors, ApproveDeploymentResponses, CancelBuildData, CancelBuildErrors, CancelBuildResponses, ChangeEnvironmentSettingsData, ChangeEnvironmentSettingsErrors, ChangeEnvironmentSettingsResponses, ChangePasswordData, ChangePasswordErrors, ChangePasswordResponses, ChangePersonData, ChangePersonErrors, ChangePersonResponses, ChangeWebhookData, ChangeWebhookErrors, ChangeWebhookResponses, CheckModulesData, CheckModulesErrors, CheckModulesResponses, CompareReleasesData, CompareReleasesErrors, CompareReleasesResponses, CreateTokenData, CreateTokenErrors, CreateTokenResponses, CreateWebhookData, CreateWebhookErrors, CreateWebhookResponses, DeleteWebhookData, DeleteWebhookErrors, DeleteWebhookResponses, DeployBuildData, DeployBuildErrors, DeployBuildResponses, EndSessionData, EndSessionErrors, EndSessionResponses, FinishSingleSignOnData, FinishSingleSignOnErrors, FinishSingleSignOnResponses, GetBuildData, GetBuildErrors, GetBuildResponses, GetDeploymentData, GetDeploymentErrors, GetDeploymentResponses, GetDescriptionData, GetDescriptionErrors, GetDescriptionResponses, GetEnvironmentData, GetEnvironmentErrors, GetEnvironmentHealthData, GetEnvironmentHealthErrors, GetEnvironmentHealthResponses, GetEnvironmentResponses, GetEnvironmentSettingsData, GetEnvironmentSettingsErrors, GetEnvironmentSettingsResponses, GetHealthData, GetHealthErrors, GetHealthResponses, GetJournalVerificationData, GetJournalVerificationErrors, GetJournalVerificationResponses, GetManifestData, GetManifestErrors, GetManifestResponses, GetManifestVersionData, GetManifestVersionErrors, GetManifestVersionResponses, GetMeData, GetMeErrors, GetMeResponses, GetMetricsData, GetMetricsErrors, GetMetricsResponses, GetModuleData, GetModuleErrors, GetModuleResponses, GetPersonData, GetPersonErrors, GetPersonResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetReleaseData, GetReleaseErrors, GetReleaseResponses, GetSettingsData, GetSettingsErrors, GetSettingsResponses, GetSignInStateData, GetSignInStateErrors, GetSignInStateResponses, GetTokenData, GetTokenErrors, GetTokenResponses, GetWebhookData, GetWebhookErrors, GetWebhookResponses, GraphqlData, GraphqlErrors, GraphqlResponses, GraphqlSubscribeData, GraphqlSubscribeErrors, GraphqlSubscribeResponses, InvitePersonData, InvitePersonErrors, InvitePersonResponses, ListBuildsData, ListBuildsErrors, ListBuildsResponses, ListCatalogData, ListCatalogErrors, ListCatalogResponses, ListDeploymentsData, ListDeploymentsErrors, ListDeploymentsResponses, ListEnvironmentsData, ListEnvironmentsErrors, ListEnvironmentsResponses, ListEventsData, ListEventsErrors, ListEventsResponses, ListJournalChainData, ListJournalChainErrors, ListJournalChainResponses, ListLeasesData, ListLeasesErrors, ListLeasesResponses, ListManifestChangesData, ListManifestChangesErrors, ListManifestChangesResponses, ListModulesData, ListModulesErrors, ListModulesResponses, ListPeopleData, ListPeopleErrors, ListPeopleResponses, ListPermissionsData, ListPermissionsErrors, ListPermissionsResponses, ListReleasesData, ListReleasesErrors, ListReleasesResponses, ListSessionsData, ListSessionsErrors, ListSessionsResponses, ListTokensData, ListTokensErrors, ListTokensResponses, ListWebhookDeliveriesData, ListWebhookDeliveriesErrors, ListWebhookDeliveriesResponses, ListWebhooksData, ListWebhooksErrors, ListWebhooksResponses, LookUpModuleData, LookUpModuleErrors, LookUpModuleResponses, PlanChangeData, PlanChangeErrors, PlanChangeResponses, PreviewRetentionData, PreviewRetentionErrors, PreviewRetentionResponses, ReadBuildLogData, ReadBuildLogErrors, ReadBuildLogResponses, ReadLinkData, ReadLinkErrors, ReadLinkResponses, RejectDeploymentData, RejectDeploymentErrors, RejectDeploymentResponses, RenewPersonLinkData, RenewPersonLinkErrors, RenewPersonLinkResponses, RequestBuildData, RequestBuildErrors, RequestBuildResponses, ResendDeadWebhookDeliveriesData, ResendDeadWebhookDeliveriesErrors, ResendDeadWebhookDeliveriesResponses, ResendWebhookDeliveryData, ResendWebhookDeliveryErrors, ResendWebhookDeliveryResponses, RevokeTokenData, RevokeTokenErrors, RevokeTokenResponses, RollBackBuildData, RollBackBuildErrors, RollBackBuildResponses, RollBackEnvironmentData, RollBackEnvironmentErrors, RollBackEnvironmentResponses, RotateWebhookSecretData, RotateWebhookSecretErrors, RotateWebhookSecretResponses, RunRetentionData, RunRetentionErrors, RunRetentionResponses, SearchRegistryData, SearchRegistryErrors, SearchRegistryResponses, SetPasswordData, SetPasswordErrors, SetPasswordResponses, SetPersonGrantsData, SetPersonGrantsErrors, SetPersonGrantsResponses, SetTokenGrantsData, SetTokenGrantsErrors, SetTokenGrantsResponses, SetUpData, SetUpErrors, SetUpResponses, SignInData, SignInErrors, SignInResponses, SignOutData, SignOutErrors, SignOutResponses, StartSingleSignOnData, StartSingleSignOnErrors, StartSingleSignOnResponses, TakeOverLeaseData, TakeOverLeaseErrors, TakeOverLeaseResponses, TestWebhookData, TestWebhookErrors, TestWebhookResponses, VerifyBuildData, VerifyBuildErrors, VerifyBuildResponses, VerifyJournalData, VerifyJournalErrors, VerifyJournalResponses, WithdrawDeploymentData, WithdrawDeploymentErrors, WithdrawDeploymentResponses } from './types.gen.ts';
import { zApproveDeploymentResponse, zCancelBuildResponse, zChangeEnvironmentSettingsResponse, zChangePasswordResponse, zChangePersonResponse, zChangeWebhookResponse, zCheckModulesResponse, zCompareReleasesResponse, zCreateTokenResponse, zCreateWebhookResponse, zDeleteWebhookResponse, zDeployBuildResponse, zEndSessionResponse, zFinishSingleSignOnResponse, zGetBuildResponse, zGetDeploymentResponse, zGetEnvironmentHealthResponse, zGetEnvironmentResponse, zGetEnvironmentSettingsResponse, zGetHealthResponse, zGetJournalVerificationResponse, zGetManifestResponse, zGetManifestVersionResponse, zGetMeResponse, zGetMetricsResponse, zGetModuleResponse, zGetPersonResponse, zGetReadinessResponse, zGetReleaseResponse, zGetSettingsResponse, zGetSignInStateResponse, zGetTokenResponse, zGetWebhookResponse, zGraphqlResponse, zGraphqlSubscribeResponse, zInvitePersonResponse, zListBuildsResponse, zListCatalogResponse, zListDeploymentsResponse, zListEnvironmentsResponse, zListEventsResponse, zListJournalChainResponse, zListLeasesResponse, zListManifestChangesResponse, zListModulesResponse, zListPeopleResponse, zListPermissionsResponse, zListReleasesResponse, zListSessionsResponse, zListTokensResponse, zListWebhookDeliveriesResponse, zListWebhooksResponse, zLookUpModuleResponse, zPlanChangeResponse, zPreviewRetentionResponse, zReadBuildLogResponse, zReadLinkResponse, zRejectDeploymentResponse, zRenewPersonLinkResponse, zRequestBuildResponse, zResendDeadWebhookDeliveriesResponse, zResendWebhookDeliveryResponse, zRevokeTokenResponse, zRollBackBuildResponse, zRollBackEnvironmentResponse, zRotateWebhookSecretResponse, zRunRetentionResponse, zSearchRegistryResponse, zSetPasswordResponse, zSetPersonGrantsResponse, zSetTokenGrantsResponse, zSetUpResponse, zSignInResponse, zSignOutResponse, zStartSingleSignOnResponse, zTakeOverLeaseResponse, zTestWebhookResponse, zVerifyBuildResponse, zVerifyJournalResponse, zWithdrawDeploymentResponse } from './zod.gen.ts';

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
     *
     * Open to everybody.
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
     *
     * Open to everybody.
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
     *
     * Open to everybody.
     */
    public getDescription<ThrowOnError extends boolean = true>(options?: Options<GetDescriptionData, ThrowOnError>): RequestResult<GetDescriptionResponses, GetDescriptionErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetDescriptionResponses, GetDescriptionErrors, ThrowOnError, 'data'>({
            responseStyle: 'data',
            url: '/openapi.json',
            ...options
        });
    }
    
    /**
     * Who is signed in, and how one can sign in
     *
     * Open to everybody.
     */
    public getSignInState<ThrowOnError extends boolean = true>(options?: Options<GetSignInStateData, ThrowOnError>): RequestResult<GetSignInStateResponses, GetSignInStateErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetSignInStateResponses, GetSignInStateErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetSignInStateResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/auth/session',
            ...options
        });
    }
    
    /**
     * Sign in with e-mail address and password; the answer sets a cookie
     *
     * Open to everybody.
     */
    public signIn<ThrowOnError extends boolean = true>(options: Options<SignInData, ThrowOnError>): RequestResult<SignInResponses, SignInErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<SignInResponses, SignInErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zSignInResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/auth/sign-in',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * End the session of this browser
     *
     * Open to everybody.
     */
    public signOut<ThrowOnError extends boolean = true>(options: Options<SignOutData, ThrowOnError>): RequestResult<SignOutResponses, SignOutErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<SignOutResponses, SignOutErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zSignOutResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/auth/sign-out',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Become the first owner, by the link that the server printed
     *
     * Open to everybody.
     */
    public setUp<ThrowOnError extends boolean = true>(options: Options<SetUpData, ThrowOnError>): RequestResult<SetUpResponses, SetUpErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<SetUpResponses, SetUpErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zSetUpResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/auth/setup',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * What a one-time link is good for
     *
     * Open to everybody.
     */
    public readLink<ThrowOnError extends boolean = true>(options: Options<ReadLinkData, ThrowOnError>): RequestResult<ReadLinkResponses, ReadLinkErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<ReadLinkResponses, ReadLinkErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zReadLinkResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/auth/link',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Set a password by a one-time link, and sign in; sessions elsewhere end
     *
     * Open to everybody.
     */
    public setPassword<ThrowOnError extends boolean = true>(options: Options<SetPasswordData, ThrowOnError>): RequestResult<SetPasswordResponses, SetPasswordErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<SetPasswordResponses, SetPasswordErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zSetPasswordResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/auth/password',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Where to send the browser for single sign-on
     *
     * Open to everybody.
     */
    public startSingleSignOn<ThrowOnError extends boolean = true>(options: Options<StartSingleSignOnData, ThrowOnError>): RequestResult<StartSingleSignOnResponses, StartSingleSignOnErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<StartSingleSignOnResponses, StartSingleSignOnErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zStartSingleSignOnResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/auth/single-sign-on',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Where single sign-on sends the browser back to
     *
     * Open to everybody.
     */
    public finishSingleSignOn<ThrowOnError extends boolean = true>(options?: Options<FinishSingleSignOnData, ThrowOnError>): RequestResult<FinishSingleSignOnResponses, FinishSingleSignOnErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<FinishSingleSignOnResponses, FinishSingleSignOnErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zFinishSingleSignOnResponse.parseAsync(data),
            responseStyle: 'data',
            url: '/auth/callback/oidc',
            ...options
        });
    }
    
    /**
     * What a change would do, and whether it may be made
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public planChange<ThrowOnError extends boolean = true>(options: Options<PlanChangeData, ThrowOnError>): RequestResult<PlanChangeResponses, PlanChangeErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<PlanChangeResponses, PlanChangeErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zPlanChangeResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
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
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listBuilds<ThrowOnError extends boolean = true>(options?: Options<ListBuildsData, ThrowOnError>): RequestResult<ListBuildsResponses, ListBuildsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListBuildsResponses, ListBuildsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListBuildsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/builds',
            ...options
        });
    }
    
    /**
     * Ask for a build
     *
     * Takes the permission `build.request`: administrator, owner.
     */
    public requestBuild<ThrowOnError extends boolean = true>(options: Options<RequestBuildData, ThrowOnError>): RequestResult<RequestBuildResponses, RequestBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RequestBuildResponses, RequestBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRequestBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
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
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getBuild<ThrowOnError extends boolean = true>(options: Options<GetBuildData, ThrowOnError>): RequestResult<GetBuildResponses, GetBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetBuildResponses, GetBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/builds/{id}',
            ...options
        });
    }
    
    /**
     * Make a build again and compare
     *
     * Makes the build again, from the commit that it landed and with nothing cached, and compares the artifacts byte for byte. The answer names the build that does so; it ends in `artifact_differs` where they are not the same. Takes the permission `build.request`: administrator, owner.
     */
    public verifyBuild<ThrowOnError extends boolean = true>(options: Options<VerifyBuildData, ThrowOnError>): RequestResult<VerifyBuildResponses, VerifyBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<VerifyBuildResponses, VerifyBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zVerifyBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/builds/{id}/verify',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Cancel a build
     *
     * Takes the permission `build.cancel`: operator, administrator, owner.
     */
    public cancelBuild<ThrowOnError extends boolean = true>(options: Options<CancelBuildData, ThrowOnError>): RequestResult<CancelBuildResponses, CancelBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<CancelBuildResponses, CancelBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zCancelBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
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
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public readBuildLog<ThrowOnError extends boolean = true>(options: Options<ReadBuildLogData, ThrowOnError>): RequestResult<ReadBuildLogResponses, ReadBuildLogErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<ReadBuildLogResponses, ReadBuildLogErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zReadBuildLogResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/builds/{id}/logs',
            ...options
        });
    }
    
    /**
     * What is under way, and who holds it
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listLeases<ThrowOnError extends boolean = true>(options?: Options<ListLeasesData, ThrowOnError>): RequestResult<ListLeasesResponses, ListLeasesErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListLeasesResponses, ListLeasesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListLeasesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/leases',
            ...options
        });
    }
    
    /**
     * Take work away from its holder and give it to the next worker
     *
     * Takes the permission `lease.take_over`: administrator, owner.
     */
    public takeOverLease<ThrowOnError extends boolean = true>(options: Options<TakeOverLeaseData, ThrowOnError>): RequestResult<TakeOverLeaseResponses, TakeOverLeaseErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<TakeOverLeaseResponses, TakeOverLeaseErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zTakeOverLeaseResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
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
     *
     * Takes the permission `deployment.request` in the environment concerned: operator, administrator, owner.
     */
    public deployBuild<ThrowOnError extends boolean = true>(options: Options<DeployBuildData, ThrowOnError>): RequestResult<DeployBuildResponses, DeployBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<DeployBuildResponses, DeployBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zDeployBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
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
     *
     * Takes the permission `deployment.rollback` in the environment concerned: operator, administrator, owner.
     */
    public rollBackBuild<ThrowOnError extends boolean = true>(options: Options<RollBackBuildData, ThrowOnError>): RequestResult<RollBackBuildResponses, RollBackBuildErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RollBackBuildResponses, RollBackBuildErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRollBackBuildResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
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
     *
     * Takes the permission `deployment.rollback` in the environment concerned: operator, administrator, owner.
     */
    public rollBackEnvironment<ThrowOnError extends boolean = true>(options: Options<RollBackEnvironmentData, ThrowOnError>): RequestResult<RollBackEnvironmentResponses, RollBackEnvironmentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RollBackEnvironmentResponses, RollBackEnvironmentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRollBackEnvironmentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
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
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getDeployment<ThrowOnError extends boolean = true>(options: Options<GetDeploymentData, ThrowOnError>): RequestResult<GetDeploymentResponses, GetDeploymentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetDeploymentResponses, GetDeploymentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetDeploymentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/deployments/{id}',
            ...options
        });
    }
    
    /**
     * Deployments, newest first
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listDeployments<ThrowOnError extends boolean = true>(options?: Options<ListDeploymentsData, ThrowOnError>): RequestResult<ListDeploymentsResponses, ListDeploymentsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListDeploymentsResponses, ListDeploymentsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListDeploymentsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/deployments',
            ...options
        });
    }
    
    /**
     * Approve a deployment that waits, as a second person
     *
     * Takes the permission `deployment.approve` in the environment concerned: administrator, owner.
     */
    public approveDeployment<ThrowOnError extends boolean = true>(options: Options<ApproveDeploymentData, ThrowOnError>): RequestResult<ApproveDeploymentResponses, ApproveDeploymentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<ApproveDeploymentResponses, ApproveDeploymentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zApproveDeploymentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/deployments/{id}/approve',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Reject a deployment that waits
     *
     * Takes the permission `deployment.approve` in the environment concerned: administrator, owner.
     */
    public rejectDeployment<ThrowOnError extends boolean = true>(options: Options<RejectDeploymentData, ThrowOnError>): RequestResult<RejectDeploymentResponses, RejectDeploymentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RejectDeploymentResponses, RejectDeploymentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRejectDeploymentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/deployments/{id}/reject',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Withdraw a deployment that one asked for and that waits
     *
     * Takes the permission `deployment.request` in the environment concerned: operator, administrator, owner.
     */
    public withdrawDeployment<ThrowOnError extends boolean = true>(options: Options<WithdrawDeploymentData, ThrowOnError>): RequestResult<WithdrawDeploymentResponses, WithdrawDeploymentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<WithdrawDeploymentResponses, WithdrawDeploymentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zWithdrawDeploymentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/deployments/{id}/withdraw',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Releases, newest first
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listReleases<ThrowOnError extends boolean = true>(options?: Options<ListReleasesData, ThrowOnError>): RequestResult<ListReleasesResponses, ListReleasesErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListReleasesResponses, ListReleasesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListReleasesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/releases',
            ...options
        });
    }
    
    /**
     * One release, and whether it may be gone back to
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getRelease<ThrowOnError extends boolean = true>(options: Options<GetReleaseData, ThrowOnError>): RequestResult<GetReleaseResponses, GetReleaseErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetReleaseResponses, GetReleaseErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetReleaseResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/releases/{id}',
            ...options
        });
    }
    
    /**
     * What changed from one release to another, down to the lockfile
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public compareReleases<ThrowOnError extends boolean = true>(options: Options<CompareReleasesData, ThrowOnError>): RequestResult<CompareReleasesResponses, CompareReleasesErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<CompareReleasesResponses, CompareReleasesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zCompareReleasesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/releases/{id}/comparison/{other}',
            ...options
        });
    }
    
    /**
     * Every environment and what runs there
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listEnvironments<ThrowOnError extends boolean = true>(options?: Options<ListEnvironmentsData, ThrowOnError>): RequestResult<ListEnvironmentsResponses, ListEnvironmentsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListEnvironmentsResponses, ListEnvironmentsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListEnvironmentsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/environments',
            ...options
        });
    }
    
    /**
     * One environment with its releases, newest first
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getEnvironment<ThrowOnError extends boolean = true>(options: Options<GetEnvironmentData, ThrowOnError>): RequestResult<GetEnvironmentResponses, GetEnvironmentErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetEnvironmentResponses, GetEnvironmentErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetEnvironmentResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/environments/{name}',
            ...options
        });
    }
    
    /**
     * An environment's settings
     *
     * Takes the permission `settings.read`: administrator, owner.
     */
    public getEnvironmentSettings<ThrowOnError extends boolean = true>(options: Options<GetEnvironmentSettingsData, ThrowOnError>): RequestResult<GetEnvironmentSettingsResponses, GetEnvironmentSettingsErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetEnvironmentSettingsResponses, GetEnvironmentSettingsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetEnvironmentSettingsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/environments/{name}/settings',
            ...options
        });
    }
    
    /**
     * Change an environment's settings
     *
     * Takes the permission `settings.manage`: owner.
     */
    public changeEnvironmentSettings<ThrowOnError extends boolean = true>(options: Options<ChangeEnvironmentSettingsData, ThrowOnError>): RequestResult<ChangeEnvironmentSettingsResponses, ChangeEnvironmentSettingsErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).put<ChangeEnvironmentSettingsResponses, ChangeEnvironmentSettingsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zChangeEnvironmentSettingsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/environments/{name}/settings',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * The modules of what runs, as the application reports them now
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getEnvironmentHealth<ThrowOnError extends boolean = true>(options: Options<GetEnvironmentHealthData, ThrowOnError>): RequestResult<GetEnvironmentHealthResponses, GetEnvironmentHealthErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetEnvironmentHealthResponses, GetEnvironmentHealthErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetEnvironmentHealthResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/environments/{name}/health',
            ...options
        });
    }
    
    /**
     * modules.toml as it is
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getManifest<ThrowOnError extends boolean = true>(options?: Options<GetManifestData, ThrowOnError>): RequestResult<GetManifestResponses, GetManifestErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetManifestResponses, GetManifestErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetManifestResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/manifest',
            ...options
        });
    }
    
    /**
     * Modules that can be installed, by slug
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listCatalog<ThrowOnError extends boolean = true>(options?: Options<ListCatalogData, ThrowOnError>): RequestResult<ListCatalogResponses, ListCatalogErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListCatalogResponses, ListCatalogErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListCatalogResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/catalog',
            ...options
        });
    }
    
    /**
     * The composition: modules in dependency order
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listModules<ThrowOnError extends boolean = true>(options?: Options<ListModulesData, ThrowOnError>): RequestResult<ListModulesResponses, ListModulesErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListModulesResponses, ListModulesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListModulesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/modules',
            ...options
        });
    }
    
    /**
     * One module of the manifest or a catalog: what it says of itself, and which versions there are
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getModule<ThrowOnError extends boolean = true>(options: Options<GetModuleData, ThrowOnError>): RequestResult<GetModuleResponses, GetModuleErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetModuleResponses, GetModuleErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetModuleResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/modules/{slug}',
            ...options
        });
    }
    
    /**
     * A module that is in no catalog, by its address: what it says of itself, and how it would be installed
     *
     * Takes the permission `build.request`: administrator, owner.
     */
    public lookUpModule<ThrowOnError extends boolean = true>(options: Options<LookUpModuleData, ThrowOnError>): RequestResult<LookUpModuleResponses, LookUpModuleErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<LookUpModuleResponses, LookUpModuleErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zLookUpModuleResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/modules/look-up',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Search the registry of the host's packages, npm's or cargo's
     *
     * Takes the permission `build.request`: administrator, owner.
     */
    public searchRegistry<ThrowOnError extends boolean = true>(options: Options<SearchRegistryData, ThrowOnError>): RequestResult<SearchRegistryResponses, SearchRegistryErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<SearchRegistryResponses, SearchRegistryErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zSearchRegistryResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/registry/packages',
            ...options
        });
    }
    
    /**
     * Whether modules have newer versions and fit this host, as far as that is known now
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public checkModules<ThrowOnError extends boolean = true>(options: Options<CheckModulesData, ThrowOnError>): RequestResult<CheckModulesResponses, CheckModulesErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<CheckModulesResponses, CheckModulesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zCheckModulesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/registry/checks',
            ...options
        });
    }
    
    /**
     * Commits that changed modules.toml, newest first
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listManifestChanges<ThrowOnError extends boolean = true>(options?: Options<ListManifestChangesData, ThrowOnError>): RequestResult<ListManifestChangesResponses, ListManifestChangesErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListManifestChangesResponses, ListManifestChangesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListManifestChangesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/manifest/history',
            ...options
        });
    }
    
    /**
     * modules.toml as it was at a commit
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getManifestVersion<ThrowOnError extends boolean = true>(options: Options<GetManifestVersionData, ThrowOnError>): RequestResult<GetManifestVersionResponses, GetManifestVersionErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetManifestVersionResponses, GetManifestVersionErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetManifestVersionResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/manifest/history/{commit}',
            ...options
        });
    }
    
    /**
     * The journal, as a page or as a live stream
     *
     * As `text/event-stream`, each event has its type as its name and its number as its id: `Last-Event-ID` loses nothing. `BuildProgress` comes without an id, several times a second at most, and first for every build that runs; it is in no page. Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public listEvents<ThrowOnError extends boolean = true>(options?: Options<ListEventsData, ThrowOnError>): RequestResult<ListEventsResponses, ListEventsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListEventsResponses, ListEventsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListEventsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/events',
            ...options
        });
    }
    
    /**
     * What the journal's chain is to be compared with
     *
     * Takes the permission `people.read`: administrator, owner.
     */
    public getJournalVerification<ThrowOnError extends boolean = true>(options?: Options<GetJournalVerificationData, ThrowOnError>): RequestResult<GetJournalVerificationResponses, GetJournalVerificationErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetJournalVerificationResponses, GetJournalVerificationErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetJournalVerificationResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/journal/verification',
            ...options
        });
    }
    
    /**
     * Recompute the journal's chain, and tell what does not fit
     *
     * The server's own word, for who looks at a page of it. Who does not trust the server recomputes the chain with `modyard journal verify`. Takes the permission `people.read`: administrator, owner.
     */
    public verifyJournal<ThrowOnError extends boolean = true>(options?: Options<VerifyJournalData, ThrowOnError>): RequestResult<VerifyJournalResponses, VerifyJournalErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<VerifyJournalResponses, VerifyJournalErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zVerifyJournalResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/journal/verdict',
            ...options
        });
    }
    
    /**
     * The journal as it is chained, oldest first
     *
     * Takes the permission `people.read`: administrator, owner.
     */
    public listJournalChain<ThrowOnError extends boolean = true>(options?: Options<ListJournalChainData, ThrowOnError>): RequestResult<ListJournalChainResponses, ListJournalChainErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListJournalChainResponses, ListJournalChainErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListJournalChainResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/journal/chain',
            ...options
        });
    }
    
    /**
     * What is kept, and what would be removed now, and why
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public previewRetention<ThrowOnError extends boolean = true>(options?: Options<PreviewRetentionData, ThrowOnError>): RequestResult<PreviewRetentionResponses, PreviewRetentionErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<PreviewRetentionResponses, PreviewRetentionErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zPreviewRetentionResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/retention',
            ...options
        });
    }
    
    /**
     * Remove what is no longer needed
     *
     * Takes the permission `retention.run`: administrator, owner.
     */
    public runRetention<ThrowOnError extends boolean = true>(options: Options<RunRetentionData, ThrowOnError>): RequestResult<RunRetentionResponses, RunRetentionErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RunRetentionResponses, RunRetentionErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRunRetentionResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/retention',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Settings of the server, and the catalogs
     *
     * Takes the permission `settings.read`: administrator, owner.
     */
    public getSettings<ThrowOnError extends boolean = true>(options?: Options<GetSettingsData, ThrowOnError>): RequestResult<GetSettingsResponses, GetSettingsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetSettingsResponses, GetSettingsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetSettingsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/settings',
            ...options
        });
    }
    
    /**
     * Webhooks, the oldest first
     *
     * Takes the permission `settings.read`: administrator, owner.
     */
    public listWebhooks<ThrowOnError extends boolean = true>(options?: Options<ListWebhooksData, ThrowOnError>): RequestResult<ListWebhooksResponses, ListWebhooksErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListWebhooksResponses, ListWebhooksErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListWebhooksResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks',
            ...options
        });
    }
    
    /**
     * Make a webhook, whose secret is told once
     *
     * Takes the permission `settings.manage`: owner.
     */
    public createWebhook<ThrowOnError extends boolean = true>(options: Options<CreateWebhookData, ThrowOnError>): RequestResult<CreateWebhookResponses, CreateWebhookErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<CreateWebhookResponses, CreateWebhookErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zCreateWebhookResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Remove a webhook and what waits for it
     *
     * Takes the permission `settings.manage`: owner.
     */
    public deleteWebhook<ThrowOnError extends boolean = true>(options: Options<DeleteWebhookData, ThrowOnError>): RequestResult<DeleteWebhookResponses, DeleteWebhookErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).delete<DeleteWebhookResponses, DeleteWebhookErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zDeleteWebhookResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks/{id}',
            ...options
        });
    }
    
    /**
     * One webhook
     *
     * Takes the permission `settings.read`: administrator, owner.
     */
    public getWebhook<ThrowOnError extends boolean = true>(options: Options<GetWebhookData, ThrowOnError>): RequestResult<GetWebhookResponses, GetWebhookErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetWebhookResponses, GetWebhookErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetWebhookResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks/{id}',
            ...options
        });
    }
    
    /**
     * Change a webhook, switch it on or off
     *
     * Takes the permission `settings.manage`: owner.
     */
    public changeWebhook<ThrowOnError extends boolean = true>(options: Options<ChangeWebhookData, ThrowOnError>): RequestResult<ChangeWebhookResponses, ChangeWebhookErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).patch<ChangeWebhookResponses, ChangeWebhookErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zChangeWebhookResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks/{id}',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Give a webhook a new secret, which is told once
     *
     * Takes the permission `settings.manage`: owner.
     */
    public rotateWebhookSecret<ThrowOnError extends boolean = true>(options: Options<RotateWebhookSecretData, ThrowOnError>): RequestResult<RotateWebhookSecretResponses, RotateWebhookSecretErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RotateWebhookSecretResponses, RotateWebhookSecretErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRotateWebhookSecretResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks/{id}/rotate-secret',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Send an event `WebhookTested` now, and tell what came back
     *
     * Takes the permission `settings.manage`: owner.
     */
    public testWebhook<ThrowOnError extends boolean = true>(options: Options<TestWebhookData, ThrowOnError>): RequestResult<TestWebhookResponses, TestWebhookErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<TestWebhookResponses, TestWebhookErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zTestWebhookResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks/{id}/test',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * What was sent to a webhook, newest first
     *
     * Takes the permission `settings.read`: administrator, owner.
     */
    public listWebhookDeliveries<ThrowOnError extends boolean = true>(options: Options<ListWebhookDeliveriesData, ThrowOnError>): RequestResult<ListWebhookDeliveriesResponses, ListWebhookDeliveriesErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<ListWebhookDeliveriesResponses, ListWebhookDeliveriesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListWebhookDeliveriesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks/{id}/deliveries',
            ...options
        });
    }
    
    /**
     * Send one delivery again
     *
     * Takes the permission `settings.manage`: owner.
     */
    public resendWebhookDelivery<ThrowOnError extends boolean = true>(options: Options<ResendWebhookDeliveryData, ThrowOnError>): RequestResult<ResendWebhookDeliveryResponses, ResendWebhookDeliveryErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<ResendWebhookDeliveryResponses, ResendWebhookDeliveryErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zResendWebhookDeliveryResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks/{id}/deliveries/{delivery}/resend',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Send everything again whose last attempt failed
     *
     * Takes the permission `settings.manage`: owner.
     */
    public resendDeadWebhookDeliveries<ThrowOnError extends boolean = true>(options: Options<ResendDeadWebhookDeliveriesData, ThrowOnError>): RequestResult<ResendDeadWebhookDeliveriesResponses, ResendDeadWebhookDeliveriesErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<ResendDeadWebhookDeliveriesResponses, ResendDeadWebhookDeliveriesErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zResendDeadWebhookDeliveriesResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/webhooks/{id}/resend-dead',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Who asks, and what they may do where
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public getMe<ThrowOnError extends boolean = true>(options?: Options<GetMeData, ThrowOnError>): RequestResult<GetMeResponses, GetMeErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetMeResponses, GetMeErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetMeResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/me',
            ...options
        });
    }
    
    /**
     * Which role may do what
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public listPermissions<ThrowOnError extends boolean = true>(options?: Options<ListPermissionsData, ThrowOnError>): RequestResult<ListPermissionsResponses, ListPermissionsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListPermissionsResponses, ListPermissionsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListPermissionsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/permissions',
            ...options
        });
    }
    
    /**
     * One's own tokens, or everybody's, newest first
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public listTokens<ThrowOnError extends boolean = true>(options?: Options<ListTokensData, ThrowOnError>): RequestResult<ListTokensResponses, ListTokensErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListTokensResponses, ListTokensErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListTokensResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/tokens',
            ...options
        });
    }
    
    /**
     * Make a token, which is told once
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public createToken<ThrowOnError extends boolean = true>(options: Options<CreateTokenData, ThrowOnError>): RequestResult<CreateTokenResponses, CreateTokenErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<CreateTokenResponses, CreateTokenErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zCreateTokenResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/tokens',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Revoke a token and all that were made with it
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public revokeToken<ThrowOnError extends boolean = true>(options: Options<RevokeTokenData, ThrowOnError>): RequestResult<RevokeTokenResponses, RevokeTokenErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).delete<RevokeTokenResponses, RevokeTokenErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRevokeTokenResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/tokens/{id}',
            ...options
        });
    }
    
    /**
     * One token
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public getToken<ThrowOnError extends boolean = true>(options: Options<GetTokenData, ThrowOnError>): RequestResult<GetTokenResponses, GetTokenErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetTokenResponses, GetTokenErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetTokenResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/tokens/{id}',
            ...options
        });
    }
    
    /**
     * Say what a token may do
     *
     * Takes the permission `tokens.manage`: owner.
     */
    public setTokenGrants<ThrowOnError extends boolean = true>(options: Options<SetTokenGrantsData, ThrowOnError>): RequestResult<SetTokenGrantsResponses, SetTokenGrantsErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).put<SetTokenGrantsResponses, SetTokenGrantsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zSetTokenGrantsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/tokens/{id}/grants',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * People and what they may do, newest first
     *
     * Takes the permission `people.read`: administrator, owner.
     */
    public listPeople<ThrowOnError extends boolean = true>(options?: Options<ListPeopleData, ThrowOnError>): RequestResult<ListPeopleResponses, ListPeopleErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListPeopleResponses, ListPeopleErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListPeopleResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/people',
            ...options
        });
    }
    
    /**
     * Invite somebody: make the link by which they set a password
     *
     * Takes the permission `people.manage`: owner.
     */
    public invitePerson<ThrowOnError extends boolean = true>(options: Options<InvitePersonData, ThrowOnError>): RequestResult<InvitePersonResponses, InvitePersonErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<InvitePersonResponses, InvitePersonErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zInvitePersonResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/people',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * One person
     *
     * Takes the permission `people.read`: administrator, owner.
     */
    public getPerson<ThrowOnError extends boolean = true>(options: Options<GetPersonData, ThrowOnError>): RequestResult<GetPersonResponses, GetPersonErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GetPersonResponses, GetPersonErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetPersonResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/people/{id}',
            ...options
        });
    }
    
    /**
     * Name a person, disable or enable them; disabling ends their sessions and stops their tokens
     *
     * Takes the permission `people.manage`: owner.
     */
    public changePerson<ThrowOnError extends boolean = true>(options: Options<ChangePersonData, ThrowOnError>): RequestResult<ChangePersonResponses, ChangePersonErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).patch<ChangePersonResponses, ChangePersonErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zChangePersonResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/people/{id}',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Make a new link by which a person sets a password; earlier ones end
     *
     * Takes the permission `people.manage`: owner.
     */
    public renewPersonLink<ThrowOnError extends boolean = true>(options: Options<RenewPersonLinkData, ThrowOnError>): RequestResult<RenewPersonLinkResponses, RenewPersonLinkErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<RenewPersonLinkResponses, RenewPersonLinkErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zRenewPersonLinkResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/people/{id}/reset-link',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Where one is signed in, newest first
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public listSessions<ThrowOnError extends boolean = true>(options?: Options<ListSessionsData, ThrowOnError>): RequestResult<ListSessionsResponses, ListSessionsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<ListSessionsResponses, ListSessionsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zListSessionsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/me/sessions',
            ...options
        });
    }
    
    /**
     * Sign out elsewhere, or here
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public endSession<ThrowOnError extends boolean = true>(options: Options<EndSessionData, ThrowOnError>): RequestResult<EndSessionResponses, EndSessionErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).delete<EndSessionResponses, EndSessionErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zEndSessionResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/me/sessions/{id}',
            ...options
        });
    }
    
    /**
     * Take another password; ends the sessions elsewhere
     *
     * Takes the permission `self.manage`: viewer, operator, administrator, owner.
     */
    public changePassword<ThrowOnError extends boolean = true>(options: Options<ChangePasswordData, ThrowOnError>): RequestResult<ChangePasswordResponses, ChangePasswordErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<ChangePasswordResponses, ChangePasswordErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zChangePasswordResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/me/password',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * Say what a person may do
     *
     * Takes the permission `people.manage`: owner.
     */
    public setPersonGrants<ThrowOnError extends boolean = true>(options: Options<SetPersonGrantsData, ThrowOnError>): RequestResult<SetPersonGrantsResponses, SetPersonGrantsErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).put<SetPersonGrantsResponses, SetPersonGrantsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zSetPersonGrantsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/admin/people/{id}/grants',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
    
    /**
     * What this server measures, as Prometheus reads it
     *
     * Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public getMetrics<ThrowOnError extends boolean = true>(options?: Options<GetMetricsData, ThrowOnError>): RequestResult<GetMetricsResponses, GetMetricsErrors, ThrowOnError, 'data'> {
        return (options?.client ?? this.client).get<GetMetricsResponses, GetMetricsErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGetMetricsResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/metrics',
            ...options
        });
    }
    
    /**
     * Subscriptions in GraphQL, for browsers
     *
     * The schema is told by introspection. Subscriptions are answered as `text/event-stream`, each event with its number as its id: `Last-Event-ID` loses nothing. Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public graphqlSubscribe<ThrowOnError extends boolean = true>(options: Options<GraphqlSubscribeData, ThrowOnError>): RequestResult<GraphqlSubscribeResponses, GraphqlSubscribeErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).get<GraphqlSubscribeResponses, GraphqlSubscribeErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGraphqlSubscribeResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/graphql',
            ...options
        });
    }
    
    /**
     * Queries, mutations and subscriptions in GraphQL
     *
     * The schema is told by introspection. Subscriptions are answered as `text/event-stream`, each event with its number as its id: `Last-Event-ID` loses nothing. Takes the permission `read`: viewer, operator, administrator, owner.
     */
    public graphql<ThrowOnError extends boolean = true>(options: Options<GraphqlData, ThrowOnError>): RequestResult<GraphqlResponses, GraphqlErrors, ThrowOnError, 'data'> {
        return (options.client ?? this.client).post<GraphqlResponses, GraphqlErrors, ThrowOnError, 'data'>({
            responseValidator: async (data) => await zGraphqlResponse.parseAsync(data),
            responseStyle: 'data',
            security: [{ scheme: 'bearer', type: 'http' }, {
                    in: 'cookie',
                    name: 'modyard.session_token',
                    type: 'apiKey'
                }],
            url: '/graphql',
            ...options,
            headers: {
                'Content-Type': 'application/json',
                ...options.headers
            }
        });
    }
}
