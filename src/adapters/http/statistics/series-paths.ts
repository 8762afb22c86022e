export const COMPANY_STATISTICS = '/v1/statistics/companies/{companyId}';
export const SERIES = `${COMPANY_STATISTICS}/series/{metric}`;
