import { profilesApi } from '../composition/apis.ts';
import { cursorSecretOf, lambdaContext, lambdaProfiles } from '../composition/lambda.ts';
import { profilesApiUseCases } from '../composition/profiles-use-cases.ts';

const context = lambdaContext();
const profiles = profilesApiUseCases(lambdaProfiles(context));

/** API Gateway → profiles. */
export const { handler } = profilesApi(profiles, cursorSecretOf(context), context.log);
