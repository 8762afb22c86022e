import { COMPANY_ID } from '../../company-id-parameter.ts';
import type { DescribedRoute, DirectRoute, Integration } from '../../direct-route.ts';
import { DirectSummaryDto } from '../summary-representation.ts';
import { SUMMARY_EXAMPLE } from '../summary-routes.ts';
import type { SummaryTemplates } from './summary-templates.ts';

/** The summary of a company without a Lambda, as clients see it. */
export const DIRECT_SUMMARY: DescribedRoute = {
  method: 'GET',
  path: '/v1/direct/statistics/companies/{companyId}',
  access: 'statistics:read',
  operationId: 'readSummaryDirectly',
  tag: 'Companies',
  summary: 'Read what statistics knows of a company, with no code between',
  description:
    'The same body as /v1/statistics/companies/{companyId}, made by API Gateway from one Query of the table. All series come at once, by metric and unit, as far as one Query reads, which is 1 MB and 1,000 items: where moreSeries says that there are more, the other route pages through them. It takes no query parameters, and the requestId is its own.',
  parameters: [COMPANY_ID],
  responses: { 200: { description: 'The company.', dto: DirectSummaryDto, example: SUMMARY_EXAMPLE } },
  problems: [404],
};

/** The same with how API Gateway serves it. The name of the table is the stage variable `statisticsTable`. */
export function directSummaryRoute(templates: SummaryTemplates): DirectRoute {
  return { ...DIRECT_SUMMARY, integration: integrationOf(templates) };
}

function integrationOf({ request, found, refused, unavailable }: SummaryTemplates): Integration {
  return {
    type: 'aws',
    httpMethod: 'POST',
    uri: 'arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/Query',
    credentials: '${StatisticsReader.Arn}',
    passthroughBehavior: 'never',
    requestTemplates: { 'application/json': request },
    responses: {
      default: { statusCode: '200', responseTemplates: { 'application/json': found } },
      '4\\d{2}': { statusCode: '500', responseTemplates: { 'application/json': refused } },
      '5\\d{2}': { statusCode: '503', responseTemplates: { 'application/json': unavailable } },
    },
  };
}
