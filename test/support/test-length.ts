/** What a test takes of something large: little in `npm test`, all of it in `npm run test:long`. */
export function shortOrLong<Amount>(short: Amount, long: Amount): Amount {
  return process.env.TEST_LENGTH === 'long' ? long : short;
}
