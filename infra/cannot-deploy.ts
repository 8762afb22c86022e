/** Something that whoever deploys has to change first: the message says what. */
export class CannotDeploy extends Error {
  override readonly name = 'CannotDeploy';
}
