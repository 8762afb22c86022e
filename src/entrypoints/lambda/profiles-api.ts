import { profilesApi } from '../composition/apis.ts';
import { companiesOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { lambdaProfiles } from '../composition/lambda-profiles.ts';
import { lambdaApiOptions, lambdaContext } from '../composition/lambda.ts';
import { bindCompanies, profilesApiUseCases } from '../composition/profiles-use-cases.ts';

const context = lambdaContext();
const profiles = profilesApiUseCases(lambdaProfiles(context, [companiesOnDynamoDb], bindCompanies));

/** API Gateway → profiles. */
export const { handler } = profilesApi(profiles, lambdaApiOptions(context));
