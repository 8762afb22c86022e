import companies from '../../../maps/companies.json' with { type: 'json' };
import companyfacts from '../../../maps/companyfacts.json' with { type: 'json' };
import equities from '../../../maps/equities.json' with { type: 'json' };
import gleifNames from '../../../maps/gleif-names.json' with { type: 'json' };
import observations from '../../../maps/observations.json' with { type: 'json' };
import secTickers from '../../../maps/sec-tickers.json' with { type: 'json' };
import sp500Constituents from '../../../maps/sp500-constituents.json' with { type: 'json' };
import sp500Financials from '../../../maps/sp500-financials.json' with { type: 'json' };
import ukPayGap from '../../../maps/uk-pay-gap.json' with { type: 'json' };
import type { ShippedMaps } from '../../application/profiles/ports/shipped-maps.ts';

// Named one by one, so that they are in the one file of a Lambda too.
const MAPS: Readonly<Record<string, object>> = {
  companies,
  companyfacts,
  equities,
  'gleif-names': gleifNames,
  observations,
  'sec-tickers': secTickers,
  'sp500-constituents': sp500Constituents,
  'sp500-financials': sp500Financials,
  'uk-pay-gap': ukPayGap,
};

/** The maps of the folder maps/, as they were when the program was made. */
export const SHIPPED_MAPS: ShippedMaps = {
  names: Object.keys(MAPS),
  find: (name) => (Object.hasOwn(MAPS, name) ? MAPS[name] : undefined),
};
