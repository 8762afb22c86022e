import { Text, TextsByName } from '../dto.ts';

/** A request that uploads a content. */
export class UploadDto {
  static readonly title: string = 'Upload';

  @Text('How to send the content.')
  method!: string;

  @Text('Where to.', { format: 'uri' })
  url!: string;

  @TextsByName('The headers that must be sent, as they are here.')
  headers!: Record<string, string>;

  @Text('Until when.', { format: 'date-time' })
  expiresAt!: string;
}

/** A link to a content. */
export class DownloadDto {
  static readonly title: string = 'Download';

  @Text('Where the content is.', { format: 'uri' })
  url!: string;

  @Text('Until when.', { format: 'date-time' })
  expiresAt!: string;
}
