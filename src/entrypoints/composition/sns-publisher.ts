import { fullJitter } from '../../adapters/system/full-jitter.ts';
import { SnsCompanyEventPublisher } from '../../adapters/sns/profiles/sns-company-event-publisher.ts';
import { snsClient } from '../../adapters/sns/sns-client.ts';
import type { Log } from '../../adapters/system/json-log.ts';

/** The topic on AWS, by the environment's credentials. */
export function snsPublisher(topicArn: string, epoch: number, log: Log): SnsCompanyEventPublisher {
  return new SnsCompanyEventPublisher(snsClient(), topicArn, epoch, fullJitter, (error) =>
    log.warn('a batch of company events was not published', { error }),
  );
}
