import type { RecordObservations } from '../../../application/statistics/record-observations.ts';
import { COMPANY_ID, companyIdParameter } from '../company-id-parameter.ts';
import { dtoOf } from '../dto.ts';
import type { Route } from '../route.ts';
import { RecordingBody } from './observation-body.ts';
import { recordEach, RecordingResultsDto } from './recording.ts';
import { COMPANY_STATISTICS } from './series-paths.ts';

export interface ObservationUseCases {
  readonly recordObservations: Pick<RecordObservations, 'execute'>;
}

export function observationRoutes(service: ObservationUseCases): Route[] {
  return [
    {
      method: 'POST',
      path: `${COMPANY_STATISTICS}/observations`,
      operationId: 'recordObservations',
      tag: 'Observations',
      summary: 'Record observations of a company',
      description:
        'One result for each, in their order: a bad one does not spoil the others. An observation is known by its metric, unit, observedAt and source: sent again, it changes nothing, so that a request that failed may be repeated. The value that was reported last counts, whatever the order of arrival. The company need not be known yet.',
      parameters: [COMPANY_ID],
      body: {
        description: '1 to 500 observations.',
        mediaTypes: ['application/json'],
        dto: RecordingBody,
        example: EXAMPLE,
      },
      responses: {
        200: {
          description: 'What became of each observation.',
          dto: RecordingResultsDto,
          example: { results: [{ status: 'recorded' }, { status: 'recorded' }] },
        },
      },
      problems: [413, 415],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const { observations } = dtoOf(RecordingBody, request.json());
        return {
          status: 200,
          body: { results: await recordEach(service.recordObservations, companyId, observations) },
        };
      },
    },
  ];
}

const EXAMPLE = {
  observations: [
    {
      metric: 'price',
      unit: 'USD',
      observedAt: '2026-01-08T21:00:00Z',
      value: '256.26',
      source: 'nasdaq',
    },
    {
      metric: 'price',
      unit: 'USD',
      observedAt: '2026-01-09T21:00:00Z',
      value: '259.37',
      source: 'nasdaq',
      reportedAt: '2026-01-09T21:15:00Z',
    },
  ],
};
