/** A message that nobody can make sense of, however often it comes: its reason is for a person. */
export class Unintelligible extends Error {
  override readonly name = 'Unintelligible';
}
